/** Names of key pairs: what files and slots say of whom they are for. */
import { keyNameBytes } from '#vault/key-vault.ts';
import { copy } from './bytes.ts';

/** The first 16 bytes of SHA-256 of the public key. */
export async function keyName(publicKey: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await crypto.subtle.digest('SHA-256', copy(publicKey)), 0, keyNameBytes).slice();
}
