/**
 * Key pairs in a file for `age` (age-encryption.org/v1), sealed by a passphrase: scrypt with work factor 2^18.
 *
 * The cryptography of age is that of the library: its bytes are in JavaScript for a moment, in this Worker.
 */
import { Decrypter, Encrypter } from 'age-encryption';
import { withSecret } from './bytes.ts';
import { type ExportableKey, readKeyText, writeKeyText } from './key-file.ts';

const magic = 'age-encryption.org/v1\n';

export function isAgeFile(file: Uint8Array): boolean {
	return [...magic].every((character, index) => file[index] === character.charCodeAt(0));
}

export async function writeAgeFile(
	keys: readonly ExportableKey[],
	passphrase: string,
	label: string,
): Promise<Uint8Array> {
	const encrypter = new Encrypter();
	encrypter.setPassphrase(passphrase);
	return encrypter.encrypt(await writeKeyText(label, keys));
}

/** `undefined`: the passphrase is not the right one, or the file was changed. */
export async function readAgeFile(file: Uint8Array, passphrase: string): Promise<ExportableKey[] | undefined> {
	const decrypter = new Decrypter();
	decrypter.addPassphrase(passphrase);
	const plain = await decrypter.decrypt(file).catch(() => undefined);
	if (plain === undefined) return undefined;
	return withSecret(new Uint8Array(plain), (bytes) => {
		plain.fill(0);
		return readKeyText(new TextDecoder().decode(bytes));
	});
}
