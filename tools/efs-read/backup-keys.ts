/** The private keys in a backup of keys: an age file, whose text has them as PEM blocks (RFC 7468) of PKCS #8. */
import { createPrivateKey } from 'node:crypto';
import { openAgeFile } from './age-file.ts';
import { type KeyPair, keyPairOf } from './hpke.ts';

const pemBlock = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----/g;

export function readBackup(file: Uint8Array, passphrase: string): KeyPair[] {
	const text = new TextDecoder().decode(openAgeFile(file, passphrase));
	const keys = [...text.matchAll(pemBlock)].map(([block]) => createPrivateKey(block));
	// Keys of other kinds are for files of other systems.
	const pairs = keys.filter(({ asymmetricKeyType }) => asymmetricKeyType === 'x25519').map(keyPairOf);
	if (pairs.length === 0) throw new Error('The backup holds no key that encrypted files here have.');
	return pairs;
}
