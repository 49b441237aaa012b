/** An encrypting volume for tests, with people whose keys a test opens and closes. */

import { EncryptingVolume } from '#efs/encrypting-volume.ts';
import type { EncryptionKeys } from '#efs/encryption-keys.ts';
import type { FileCipher } from '#efs/file-cipher.ts';
import { VolumeEncryption } from '#efs/volume-encryption.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { sids } from '#security/sid.ts';
import { SeededRandom } from '../crash/test-volume.ts';
import { ReferenceCipher } from './reference-cipher.ts';
import { ReferenceKeys } from './reference-keys.ts';

export const ann = 'S-1-5-21-1-2-3-1000';
export const ben = 'S-1-5-21-1-2-3-1001';

export interface People<Cipher extends FileCipher = FileCipher, Keys extends EncryptionKeys = ReferenceKeys> {
	readonly cipher: Cipher;
	readonly keys: Keys;
}

export interface EncryptedTestVolume<
	Cipher extends FileCipher = ReferenceCipher,
	Keys extends EncryptionKeys = ReferenceKeys,
> extends People<Cipher, Keys> {
	readonly volume: EncryptingVolume;
	readonly encryption: VolumeEncryption;
}

/** What a person or the system makes in a folder that encrypts can be opened by Ann, Ben or the system. */
export function makePeople(): People<ReferenceCipher> {
	const cipher = new ReferenceCipher();
	const keys = new ReferenceKeys(cipher);
	for (const sid of [sids.system, ann, ben]) keys.add(sid);
	return { cipher, keys };
}

export function encryptVolume<Cipher extends FileCipher, Keys extends EncryptionKeys>(
	inner: SystemVolume,
	people: People<Cipher, Keys>,
	seed = 9,
): EncryptedTestVolume<Cipher, Keys> {
	const volume = new EncryptingVolume({ volume: inner, ...people, random: new SeededRandom(seed) });
	return { volume, encryption: new VolumeEncryption(volume), ...people };
}

/** A descriptor whose owner is this person. */
export function ownedBy(sid: string): string {
	return `O:${sid}G:${sids.users}D:(A;;0x1f01ff;;;${sid})`;
}
