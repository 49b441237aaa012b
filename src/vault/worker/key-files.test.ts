import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { suite, test } from 'node:test';
import * as pkijs from 'pkijs';
import { OsError } from '#abi/errors.ts';
import { readAgeFile } from './age-file.ts';
import { exportPublicKey } from './hpke.ts';
import { type ExportableKey, readKeyText, writeKeyText } from './key-file.ts';
import { makeKeyPair } from './key-rings.ts';
import { readP12File, writeP12File } from './p12-file.ts';

const rounds = 400;
const longestMs = 5000;

/** Made by `openssl pkcs12 -export` (3.0): a key of P-256, and its certificate in an encrypted part. The passphrase: phrase. */
const madeByOpenssl = [
	'MIID/AIBAzCCA7IGCSqGSIb3DQEHAaCCA6MEggOfMIIDmzCCAlIGCSqGSIb3DQEHBqCCAkMwggI/AgEAMIICOAYJKoZIhvcNAQcBMFcG',
	'CSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAg3dye/cxOc+gICCAAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEGBQBadj45OV',
	'Golu98W32n2AggHQAdtNKcF8OEqF2XOEPsgZ7A/4DtnmZiPbd/TuH/woUmA+Ro8yUZOco+IeBJHtvAcARGUh6ere2iG2GRaNnuyUlR3Y',
	'rugbhduVEKRf0g9kWtj3rSdLSmXBnFbGEdBBRlKqeoClbn6Rhzeg89ZcVsoPB8r+D7JEMRCUFW2Q2gVT3HuEZ34pgX3zCZqCdv+VhVVd',
	'FAWUBadUfAK0eIy56R6wi2ZFfBG5fnUNsJXe1bKqImrBCoPH5cSbQA0R73pVNHja2rjqmoRSJXcQBbasgjcy0fGcfp49GCrSeXpQ8urS',
	'LbF7zRzP9TQXAr5kGLnsFFph5ROHSGhPWlG0eeYbmfpcmgUM9VOVKf23hJ1ab/gbcUmxoa1ydPfMnRtGxooM+aNHpEOY5sgH3g+0G9hb',
	'xUZ3M+lAcIXwVTWKhzKl0bXzqEho775AF31FfwKHAg8cRl1fxpelCO75y751TqPoNQhEP1QSOJctHjS8CxcfejrK8tvEJqboNNgDm3mt',
	'RR/ZFP++ahUcVXSyPxMzl0ubOg7RsXrzaUfsvFXk8gNklVa0eq2h2DgJcZkELP+S872jfBUiQvlEmuQ2QiRsKuIOBZ19ciwSlptlYICI',
	'qAQ0yJxTX4AwggFBBgkqhkiG9w0BBwGgggEyBIIBLjCCASowggEmBgsqhkiG9w0BDAoBAqCB7zCB7DBXBgkqhkiG9w0BBQ0wSjApBgkq',
	'hkiG9w0BBQwwHAQISapqqtaH5qUCAggAMAwGCCqGSIb3DQIJBQAwHQYJYIZIAWUDBAEqBBCUCoaklgEDMz+XRh5EKkpOBIGQhrAyue0i',
	'kMdFIuf7pkikP5XUUFYIRn2xlTxJXownHjRTWAxix1BhhYg0aF40FH9gQtM5E6VupWCl5hC2AaDdGyz446ram1Nyf3DjTjXWdNSfpH/M',
	'+ji8ItQliR75VmoiMrbBvQ84PctRLvbb5owrCSBvo3Cj2LkgqxmXmvMDRKpNTsvG1gXmtJ94rZm5ergCMSUwIwYJKoZIhvcNAQkVMRYE',
	'FBnBY5kZrp7oYaz9SszbUbwwzCZgMEEwMTANBglghkgBZQMEAgEFAAQgmjKfSrnf8+kyBA+IhYiiZDy3nSXBATsg2mBUZxA5868ECPIy',
	'VTInJ2rDAgIIAA==',
].join('');

async function makeP256Pair(): Promise<ExportableKey> {
	const algorithm = { name: 'ECDH', namedCurve: 'P-256' };
	const pair = (await crypto.subtle.generateKey(algorithm, true, ['deriveBits'])) as CryptoKeyPair;
	return { privateKey: pair.privateKey, publicKey: await exportPublicKey(pair.publicKey) };
}

/** With one iteration in the place of 600,000, so that a thousand can be tried. What it seals cannot be opened any more. */
function makeCheap(file: Uint8Array): Uint8Array {
	const bytes = Buffer.from(file);
	const count = Buffer.from('02030927c0', 'hex');
	for (let at = bytes.indexOf(count); at >= 0; at = bytes.indexOf(count)) bytes.set([2, 3, 0, 0, 1], at);
	return new Uint8Array(bytes);
}

/** Without the HMAC over the whole. */
function withoutCode(bytes: Uint8Array): Uint8Array {
	const file = pkijs.PFX.fromBER(Uint8Array.from(bytes).buffer);
	delete file.macData;
	return new Uint8Array(file.toSchema().toBER(false));
}

function mutate(file: Uint8Array): Uint8Array {
	const bytes = file.slice(0, randomInt(4) === 0 ? randomInt(file.length) : file.length);
	for (let count = randomInt(6); count > 0 && bytes.length > 0; count--)
		bytes[randomInt(bytes.length)] = randomInt(256);
	return bytes;
}

/** Whatever stands in a file: it is opened, it is not the right passphrase, or it is refused in words. */
async function demandAnswer(file: Uint8Array, read: (file: Uint8Array) => Promise<unknown>): Promise<void> {
	const began = performance.now();
	const error = await read(file).then(
		() => undefined,
		(reason: unknown) => reason,
	);
	assert.ok(error === undefined || error instanceof OsError, `${error} for ${Buffer.from(file).toString('hex')}`);
	assert.ok(performance.now() - began < longestMs, 'it took too long');
}

suite('Files of keys', () => {
	test('carry both kinds of key pairs', async () => {
		const keys = [await makeKeyPair(), await makeP256Pair()];
		const text = await writeKeyText('Anna\nBert', keys);
		assert.match(text, /^Of: Anna Bert$/m);
		const opened = await readKeyText(text);
		const inP12 = await readP12File(await writeP12File(keys, 'phrase', 'Anna'), 'phrase');
		for (const [index, { publicKey }] of keys.entries()) {
			assert.deepEqual(opened[index]?.publicKey, publicKey);
			assert.deepEqual(inP12?.[index]?.publicKey, publicKey);
		}
	});

	test('with other keys are refused in words', async () => {
		const rsa = { name: 'RSA-OAEP', hash: 'SHA-256', modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1) };
		const { privateKey } = await crypto.subtle.generateKey(rsa, true, ['decrypt']);
		const pem = Buffer.from(await crypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
		const text = `-----BEGIN PRIVATE KEY-----\n${pem}\n-----END PRIVATE KEY-----\n`;
		await assert.rejects(readKeyText(text), { code: 'ENOTSUP' });
		await assert.rejects(readKeyText('no key'), { code: 'EILSEQ' });
	});

	test('of OpenSSL are opened', async () => {
		const keys = await readP12File(Uint8Array.from(Buffer.from(madeByOpenssl, 'base64')), 'phrase');
		assert.deepEqual(
			keys?.map(({ publicKey }) => publicKey.length),
			[65],
		);
	});

	test('that ask for endless work are refused before any', async () => {
		const file = Buffer.from(await writeP12File([await makeKeyPair()], 'phrase', 'Anna'));
		const count = Buffer.from('02030927c0', 'hex');
		file.set([2, 3, 0x7f, 0xff, 0xff], file.lastIndexOf(count));
		await assert.rejects(readP12File(new Uint8Array(file), 'phrase'), { code: 'EILSEQ' });
	});

	test('that ask for much work many times over are refused as well', async () => {
		const pair = await makeKeyPair();
		const file = Buffer.from(await writeP12File(Array(5).fill(pair), 'phrase', 'Anna'));
		const count = Buffer.from('02030927c0', 'hex');
		const last = file.lastIndexOf(count);
		// 8,388,607 for each key; the code over the file, which comes last, would not agree.
		for (let at = file.indexOf(count); at >= 0 && at < last; at = file.indexOf(count, at + 1))
			file.set([2, 3, 0x7f, 0xff, 0xff], at);
		await assert.rejects(readP12File(withoutCode(file), 'phrase'), { code: 'EILSEQ' });
	});

	test(`${rounds} damaged or hostile ones fail in words, soon`, async () => {
		const whole = makeCheap(await writeP12File([await makeKeyPair()], 'phrase', 'Anna'));
		for (let round = 0; round < rounds; round++) {
			const file = mutate(whole);
			const other = new Uint8Array(randomBytes(randomInt(2000)));
			for (const bytes of [file, other]) await demandAnswer(bytes, (given) => readP12File(given, 'phrase'));
			await demandAnswer(other, (given) => readAgeFile(given, 'phrase'));
			await demandAnswer(other, (given) => readKeyText(Buffer.from(given).toString('latin1')));
		}
	});
});
