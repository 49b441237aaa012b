/**
 * Opens an age file that a passphrase protects (age-encryption.org/v1, https://c2sp.org/age), with what Node brings.
 *
 * Header: `age-encryption.org/v1`, one stanza `-> scrypt SALT LOG2N` with the wrapped file key, `---` and an HMAC of all
 * before it. Body: a nonce of 16 bytes, then chunks of 64 KiB in ChaCha20-Poly1305, the last one marked in its nonce.
 */
import { createDecipheriv, createHmac, hkdfSync, scryptSync, timingSafeEqual } from 'node:crypto';

const tagLength = 16;
const chunkLength = 65_536 + tagLength;
/** scrypt with more takes minutes and gigabytes: no file of ours asks for it. */
const largestWorkFactor = 20;

export function openAgeFile(file: Uint8Array, passphrase: string): Uint8Array {
	const bytes = Buffer.from(removeArmour(file));
	const macLine = bytes.indexOf('\n---');
	const end = bytes.indexOf('\n', macLine + 1);
	if (macLine < 0 || end < 0) throw new Error('This is not an age file.');
	const header = bytes.subarray(0, macLine + '\n---'.length);
	const [version, stanza = '', ...body] = header.toString('latin1').split('\n');
	const [, kind, salt = '', workFactor = ''] = stanza.split(' ');
	if (version !== 'age-encryption.org/v1' || kind !== 'scrypt')
		throw new Error('This age file is not opened by a passphrase.');
	const cost = Number(workFactor);
	if (!Number.isInteger(cost) || cost < 1 || cost > largestWorkFactor)
		throw new Error(`The work factor ${workFactor} of this age file is out of bounds.`);
	const wrapKey = scryptSync(
		passphrase,
		Buffer.concat([Buffer.from('age-encryption.org/v1/scrypt'), Buffer.from(salt, 'base64')]),
		32,
		{ N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** cost * 2048 },
	);
	const fileKey = open(wrapKey, Buffer.alloc(12), Buffer.from(body.slice(0, -1).join(''), 'base64'));
	if (fileKey === undefined) throw new Error('This is not the passphrase of the backup.');
	const mac = createHmac('sha256', derive(fileKey, Buffer.alloc(0), 'header'))
		.update(header)
		.digest();
	const stated = Buffer.from(bytes.subarray(macLine + '\n--- '.length, end).toString('latin1'), 'base64');
	if (stated.length !== mac.length || !timingSafeEqual(stated, mac))
		throw new Error('The header of the age file was changed.');
	return openPayload(fileKey, bytes.subarray(end + 1));
}

function openPayload(fileKey: Buffer, payload: Buffer): Uint8Array {
	const key = derive(fileKey, payload.subarray(0, 16), 'payload');
	const sealed = payload.subarray(16);
	const parts: Buffer[] = [];
	for (let at = 0, number = 0; at < sealed.length || number === 0; at += chunkLength, number++) {
		const nonce = Buffer.alloc(12);
		nonce.writeUInt32BE(number, 7);
		nonce[11] = at + chunkLength >= sealed.length ? 1 : 0;
		const part = open(key, nonce, sealed.subarray(at, at + chunkLength));
		if (part === undefined) throw new Error('The content of the age file was changed.');
		parts.push(part);
	}
	return Buffer.concat(parts);
}

function derive(key: Buffer, salt: Buffer, info: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, salt, info, 32));
}

function open(key: Buffer, nonce: Buffer, sealed: Buffer): Buffer | undefined {
	const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: tagLength });
	decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
	const opened = decipher.update(sealed.subarray(0, sealed.length - tagLength));
	try {
		return Buffer.concat([opened, decipher.final()]);
	} catch {
		// Node tells a wrong tag by an error without a code.
		return undefined;
	}
}

/** The text form of an age file, as that of PEM. */
function removeArmour(file: Uint8Array): Uint8Array {
	const text = Buffer.from(file).toString('latin1').trim();
	const armour = /^-----BEGIN AGE ENCRYPTED FILE-----\r?\n([\s\S]*?)-----END AGE ENCRYPTED FILE-----$/.exec(text);
	return armour === null ? file : Buffer.from(armour[1] ?? '', 'base64');
}
