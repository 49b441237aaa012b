/** The keys of people for tests of the desktop: everybody who was added has one, and a way back that the test sets. */

import { OsError } from '#abi/errors.ts';
import type { EncryptionKeys, RecoveryPath } from '#abi/structures.generated.ts';
import { keyIdentifier } from '#efs/key-identifier.ts';
import type { KeyOwner, OpenedBackup, PersonKeys } from '#kernel/encryption/person-keys.ts';
import { ReferenceKeys } from '../efs/reference-keys.ts';

export class TestPersonKeys extends ReferenceKeys implements PersonKeys {
	recovery: RecoveryPath[] = ['code'];
	readonly #owners: KeyOwner[] = [];

	addPerson(sid: string): void {
		this.#owners.push({ sid, publicKey: this.add(sid).recipient.publicKey });
	}

	people(): readonly KeyOwner[] {
		return this.#owners;
	}

	statusOf(user: string): EncryptionKeys {
		const owner = this.#owners.find(({ sid }) => sid === user);
		const key = owner === undefined ? '' : keyIdentifier(owner.publicKey);
		return { key, loaded: key !== '', older: [], recovery: this.recovery };
	}

	backUp(): Promise<Uint8Array<ArrayBuffer>> {
		return Promise.reject(new OsError('ENOTSUP', 'no vault'));
	}

	openBackup(): Promise<OpenedBackup> {
		return Promise.reject(new OsError('ENOTSUP', 'no vault'));
	}

	noteBackup(): void {
		throw new OsError('ENOTSUP', 'no vault');
	}

	lend(): void {
		throw new OsError('ENOTSUP', 'no vault');
	}

	adopt(): Promise<() => void> {
		return Promise.reject(new OsError('ENOTSUP', 'no vault'));
	}

	makeAgent(): Promise<Uint8Array<ArrayBuffer>> {
		return Promise.reject(new OsError('ENOTSUP', 'no vault'));
	}
}
