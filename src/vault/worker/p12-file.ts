/**
 * Key pairs in a PKCS #12 file (RFC 7292), for tools that want certificates.
 *
 * What is written: each key in a shrouded bag, PBES2 with AES-256-CBC and PBKDF2-HMAC-SHA-256; its certificate, signed by
 * a key that is thrown away, for a key of X25519 cannot sign; HMAC-SHA-256 over all of it. Both derivations of a key from
 * the passphrase take `iterations`: the cheaper one would be the one to guess at.
 *
 * What is read: files with PBES2, ours or others'. Older ciphers (RC2, Triple DES) are no part of WebCrypto: ENOTSUP.
 *
 * Rules of use: parsed in the vault's Worker, and its sizes and counts are bounded before it computes.
 */
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { OsError } from '#abi/errors.ts';
import { copy, randomBytes, utf8, withSecret } from './bytes.ts';
import { type ExportableKey, importPrivateKey, maximumKeys } from './key-file.ts';
import { keyName } from './key-name.ts';
import { refusal } from './refusal.ts';

const iterations = 600_000;
/** The key of the code over the file is derived in JavaScript, a million rounds in some seconds; that of a bag by the engine. */
const mostMacIterations = 1_000_000;
const mostIterations = 10_000_000;
/** Of all bags and sealed parts together: as many as the most keys of a file of ours. */
const mostTogether = maximumKeys * iterations;
const shroudedKey = '1.2.840.113549.1.12.10.1.2';
const certificateBag = '1.2.840.113549.1.12.10.1.3';
const friendlyName = '1.2.840.113549.1.9.20';
const localKeyId = '1.2.840.113549.1.9.21';
const commonName = '2.5.4.3';
const pbes2 = '1.2.840.113549.1.5.13';
const generalizedTime = 1;
/** What stands for a certificate without an end (RFC 5280, 4.1.2.5). */
const noExpiry = new Date('9999-12-31T23:59:59Z');

const engine = new pkijs.CryptoEngine({ name: 'vault', crypto });

export async function writeP12File(
	keys: readonly ExportableKey[],
	passphrase: string,
	label: string,
): Promise<Uint8Array> {
	const password = copy(utf8(passphrase)).buffer;
	const bags = await Promise.all(keys.map((key) => makeBags(key, password, label)));
	const contents = [
		new pkijs.SafeContents({ safeBags: bags.map(({ key }) => key) }),
		new pkijs.SafeContents({ safeBags: bags.map(({ certificate }) => certificate) }),
	];
	const safe = new pkijs.AuthenticatedSafe({
		parsedValue: { safeContents: contents.map((value) => ({ privacyMode: 0, value })) },
	});
	await safe.makeInternalValues({ safeContents: contents.map(() => ({})) }, engine);
	const file = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe: safe } });
	const mac = { password, iterations, pbkdf2HashAlgorithm: { name: 'SHA-256' }, hmacHashAlgorithm: 'SHA-256' };
	await file.makeInternalValues(mac, engine);
	return new Uint8Array(file.toSchema().toBER(false));
}

/** `undefined`: the passphrase is not the right one, or the file was changed. EILSEQ: it is no such file. */
export async function readP12File(bytes: Uint8Array, passphrase: string): Promise<ExportableKey[] | undefined> {
	const password = copy(utf8(passphrase)).buffer;
	const file = parseFile(bytes);
	if (!(await isWhole(file, password))) return undefined;
	const keys: ExportableKey[] = [];
	const bags = (await bagsOf(file, password)).slice(0, maximumKeys);
	requireBearableSeals(bags.map(({ encryptionAlgorithm }) => encryptionAlgorithm));
	for (const bag of bags) {
		const key = await openBag(bag, password);
		if (key === undefined) return undefined;
		keys.push(key);
	}
	if (keys.length === 0) throw new OsError('EILSEQ', 'there is no key in the file');
	return keys;
}

function parseFile(bytes: Uint8Array): pkijs.PFX {
	try {
		const file = pkijs.PFX.fromBER(copy(bytes).buffer);
		requireBearable(file.macData?.iterations ?? 1, mostMacIterations);
		return file;
	} catch (error) {
		if (error instanceof OsError) throw error;
		throw refusal('EILSEQ', 'it is no file of keys that is known here (.age or .p12)', error);
	}
}

function isWhole(file: pkijs.PFX, password: ArrayBuffer): Promise<boolean> {
	return file.parseInternalValues({ password, checkIntegrity: file.macData !== undefined }, engine).then(
		() => true,
		() => false,
	);
}

async function bagsOf(file: pkijs.PFX, password: ArrayBuffer): Promise<pkijs.PKCS8ShroudedKeyBag[]> {
	const safe = file.parsedValue?.authenticatedSafe;
	if (safe === undefined) throw new OsError('EILSEQ', 'there is no key in the file');
	requireBearableSeals(safe.safeContents.flatMap(sealOfPart));
	try {
		await safe.parseInternalValues({ safeContents: safe.safeContents.map(() => ({ password })) }, engine);
	} catch (error) {
		throw refusal('ENOTSUP', 'the file is sealed by a method that is not known here; save it with AES-256', error);
	}
	const contents: readonly { value: pkijs.SafeContents }[] = safe.parsedValue.safeContents;
	return contents
		.flatMap(({ value }) => value.safeBags)
		.map(({ bagValue }) => bagValue)
		.filter((bag) => bag instanceof pkijs.PKCS8ShroudedKeyBag);
}

/** `undefined`: the passphrase is not the right one. */
async function openBag(bag: pkijs.PKCS8ShroudedKeyBag, password: ArrayBuffer): Promise<ExportableKey | undefined> {
	const sealed = new pkijs.EncryptedContentInfo({
		contentEncryptionAlgorithm: bag.encryptionAlgorithm,
		encryptedContent: bag.encryptedData,
	});
	const plain = await engine
		.decryptEncryptedContentInfo({ password, encryptedContentInfo: sealed })
		.catch(() => undefined);
	return plain && withSecret(plain, importPrivateKey);
}

/** How a part of the file with many bags is sealed. */
function sealOfPart({ contentType, content }: pkijs.ContentInfo): pkijs.AlgorithmIdentifier[] {
	if (contentType !== pkijs.ContentInfo.ENCRYPTED_DATA) return [];
	try {
		// Of a copy: what has been read as a schema once cannot be read again.
		const { encryptedContentInfo } = pkijs.EncryptedData.fromBER(content.toBER(false));
		return [encryptedContentInfo.contentEncryptionAlgorithm];
	} catch (error) {
		throw refusal('EILSEQ', 'a part of the file is damaged', error);
	}
}

/** ENOTSUP for one that is not PBES2; EILSEQ when opening them would take long, each or all together. */
function requireBearableSeals(seals: readonly pkijs.AlgorithmIdentifier[]): void {
	let together = 0;
	for (const { algorithmId, algorithmParams } of seals) {
		if (algorithmId !== pbes2)
			throw new OsError('ENOTSUP', 'it is sealed by an old method; save the file again with AES-256');
		const { keyDerivationFunc } = new pkijs.PBES2Params({ schema: algorithmParams });
		const count = new pkijs.PBKDF2Params({ schema: keyDerivationFunc.algorithmParams }).iterationCount;
		requireBearable(count, mostIterations);
		together += count;
	}
	requireBearable(Math.max(1, together), mostTogether);
}

function requireBearable(count: number, most: number): void {
	if (count < 1 || count > most)
		throw new OsError('EILSEQ', 'the file asks for more work than any passphrase is worth');
}

async function makeBags(
	key: ExportableKey,
	password: ArrayBuffer,
	label: string,
): Promise<{ readonly key: pkijs.SafeBag; readonly certificate: pkijs.SafeBag }> {
	const name = await keyName(key.publicKey);
	const bagAttributes = [
		new pkijs.Attribute({ type: friendlyName, values: [new asn1js.BmpString({ value: label })] }),
		new pkijs.Attribute({ type: localKeyId, values: [new asn1js.OctetString({ valueHex: name.buffer })] }),
	];
	const pkcs8 = await withSecret(await crypto.subtle.exportKey('pkcs8', key.privateKey), (bytes) =>
		pkijs.PrivateKeyInfo.fromBER(copy(bytes).buffer),
	);
	const shrouded = new pkijs.PKCS8ShroudedKeyBag({ parsedValue: pkcs8 });
	await shrouded.makeInternalValues(
		{
			password,
			// The library makes the initialisation vector itself.
			contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256, iv: new Uint8Array() },
			hmacHashAlgorithm: 'SHA-256',
			iterationCount: iterations,
		},
		engine,
	);
	const certificate = new pkijs.CertBag({ parsedValue: await makeCertificate(key.publicKey, label) });
	return {
		key: new pkijs.SafeBag({ bagId: shroudedKey, bagValue: shrouded, bagAttributes }),
		certificate: new pkijs.SafeBag({ bagId: certificateBag, bagValue: certificate, bagAttributes }),
	};
}

async function makeCertificate(publicKey: Uint8Array<ArrayBuffer>, label: string): Promise<pkijs.Certificate> {
	const algorithm = publicKey.length === 32 ? { name: 'X25519' } : { name: 'ECDH', namedCurve: 'P-256' };
	const imported = await crypto.subtle.importKey('raw', publicKey, algorithm, true, []);
	const spki = await crypto.subtle.exportKey('spki', imported);
	const certificate = new pkijs.Certificate();
	certificate.version = 2;
	certificate.serialNumber = new asn1js.Integer({ valueHex: Uint8Array.of(1, ...randomBytes(15)).buffer });
	for (const name of [certificate.subject, certificate.issuer])
		name.typesAndValues.push(
			new pkijs.AttributeTypeAndValue({ type: commonName, value: new asn1js.Utf8String({ value: label }) }),
		);
	certificate.notBefore = new pkijs.Time({ value: new Date() });
	certificate.notAfter = new pkijs.Time({ type: generalizedTime, value: noExpiry });
	certificate.subjectPublicKeyInfo = pkijs.PublicKeyInfo.fromBER(spki);
	const signing = { name: 'ECDSA', namedCurve: 'P-256' };
	const signer = (await crypto.subtle.generateKey(signing, false, ['sign', 'verify'])) as CryptoKeyPair;
	await certificate.sign(signer.privateKey, 'SHA-256', engine);
	return certificate;
}
