/**
 * What the calls do to encrypted files: begin and go on with a change, share, revoke, bring up to date.
 *
 * Rules of use: every method asks for access first. A file's bytes belong to whoever has a key and the right to read them;
 * who may read but has no key hears who could help.
 *
 * Invariants:
 * - Nothing is encrypted for a person who has proved no way back.
 * - Files of the system are never encrypted: they must be readable before anybody has logged on. Nor are the folders in
 *   which everybody has a home and a recycle bin: who has no key yet could make nothing there.
 */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { EncryptionChange, EncryptionInfo, EncryptionProgress, KeyHolder } from '#abi/structures.generated.ts';
import { recycleBins, systemFolder, usersFolder } from '#base/known-folders.ts';
import { isWithin } from '#base/path.ts';
import type { Recipient } from '#efs/encryption-keys.ts';
import type { Conversion, ConversionKind, EncryptionState, FileEncryption } from '#efs/file-encryption.ts';
import { keyIdentifier } from '#efs/key-identifier.ts';
import type { Sid } from '#security/sid.ts';
import type { Caller } from '../caller.ts';
import type { Kernel } from '../kernel.ts';
import type { Place } from '../place.ts';
import type { PersonKeys } from './person-keys.ts';
import type { RecoveryAgents } from './recovery-agents.ts';

/** Bytes that one step of a change converts: some tens of milliseconds. */
const stepBytes = 4 << 20;
const foldersForAll: ReadonlySet<string> = new Set(['/', usersFolder, recycleBins]);
const content = accessRights.readData | accessRights.writeData;

const changesOf: Readonly<Record<ConversionKind, EncryptionChange>> = {
	encrypting: 'encrypt',
	decrypting: 'decrypt',
	renewing: 'renew',
};

export interface FileChangesParts {
	readonly kernel: Kernel;
	readonly encryption: FileEncryption;
	readonly keys: PersonKeys;
	readonly agents: RecoveryAgents;
}

export class FileChanges {
	readonly #kernel: Kernel;
	readonly #encryption: FileEncryption;
	readonly #keys: PersonKeys;
	readonly #agents: RecoveryAgents;

	constructor({ kernel, encryption, keys, agents }: FileChangesParts) {
		this.#kernel = kernel;
		this.#encryption = encryption;
		this.#keys = keys;
		this.#agents = agents;
	}

	describe(caller: Caller, path: string): EncryptionInfo {
		const place = this.#kernel.find(caller, path);
		this.#kernel.access.require(caller.process, place, accessRights.readAttributes);
		const { inode } = place;
		if (!this.#isHere(place)) return notEncrypted(false);
		if (place.fileSystem.kindOf(inode) === 'directory')
			return { ...notEncrypted(true), encrypted: this.#encryption.isEncrypted(inode) };
		const state = this.#encryption.encryptionOf(inode);
		if (state === undefined) return notEncrypted(true);
		const { user } = caller.process.token;
		return {
			encrypted: true,
			supported: true,
			mayOpen: this.#opens(user, state),
			holders: state.recipients.map((recipient) => this.#nameHolder(recipient)),
			unfinished: state.conversion === undefined ? undefined : progressOf(state.conversion),
			outdated: this.#isOutdated(user, state),
		};
	}

	begin(caller: Caller, path: string, change: EncryptionChange): EncryptionProgress {
		const place = this.#findToChange(caller, path);
		const { fileSystem, inode } = place;
		if (change !== 'decrypt') this.#requireAllowed(caller, place);
		if (fileSystem.kindOf(inode) === 'directory') return this.#markFolder(caller, place, change);
		const state = this.#encryption.encryptionOf(inode);
		if (state?.conversion !== undefined) return continued(state.conversion, change);
		const isDone = change === 'renew' ? false : (state !== undefined) === (change === 'encrypt');
		if (isDone) return finished(change, fileSystem.stat(inode).size);
		if (state === undefined && change === 'renew') throw new OsError('EINVAL', 'the file is not encrypted');
		this.#change(caller, place, () => {
			if (change !== 'decrypt') fileSystem.versions?.purge(inode);
			this.#begin(inode, caller.process.token.user, change);
		});
		return (
			progressOf(this.#encryption.encryptionOf(inode)?.conversion) ?? finished(change, fileSystem.stat(inode).size)
		);
	}

	/** Goes on; the answer says whether it was the last step. */
	continue(caller: Caller, path: string): EncryptionProgress {
		const place = this.#findToChange(caller, path);
		const { fileSystem, inode } = place;
		const before = this.#encryption.encryptionOf(inode)?.conversion;
		const size = fileSystem.stat(inode).size;
		if (before === undefined) return finished(this.#encryption.isEncrypted(inode) ? 'encrypt' : 'decrypt', size);
		const left = this.#change(caller, place, () => this.#convert(place, before.kind));
		return left === undefined ? finished(changesOf[before.kind], size) : progressOf(left);
	}

	cancel(caller: Caller, path: string): EncryptionProgress {
		const place = this.#findToChange(caller, path);
		const { inode } = place;
		if (this.#encryption.encryptionOf(inode)?.conversion === undefined)
			throw new OsError('EINVAL', 'no change of encryption is unfinished');
		this.#change(caller, place, () => this.#encryption.cancelConversion(inode));
		return this.continue(caller, path);
	}

	share(caller: Caller, path: string, account: Sid): void {
		const place = this.#findToChange(caller, path);
		const owner = this.#keys.people().find(({ sid }) => sid === account);
		if (owner === undefined)
			throw new OsError('EINVAL', `${this.#kernel.access.nameOf(account)} has no key: it is made at the first logon`);
		const recipient: Recipient = { kind: 'user', publicKey: owner.publicKey, name: owner.sid };
		this.#requireEncrypted(place);
		this.#change(caller, place, () => this.#encryption.share(place.inode, caller.process.token.user, [recipient]));
	}

	revoke(caller: Caller, path: string, key: string): void {
		const place = this.#findToChange(caller, path);
		const state = this.#requireEncrypted(place);
		const holder = state.recipients.find(({ publicKey }) => keyIdentifier(publicKey) === key);
		if (holder === undefined) throw new OsError('EINVAL', 'nobody with this key can open the file');
		if (holder.kind === 'agent' && this.#agents.list().some((agent) => agent.key === key))
			throw new OsError('EINVAL', `${holder.name} is a recovery agent by policy`);
		if (state.recipients.length === 1) throw new OsError('EINVAL', 'nobody could open the file any more');
		const { user } = caller.process.token;
		this.#change(caller, place, () => this.#encryption.revoke(place.inode, user, [holder.publicKey]));
	}

	update(caller: Caller, path: string): boolean {
		const place = this.#findToChange(caller, path);
		this.#requireEncrypted(place);
		const { user } = caller.process.token;
		const { added, removed } = this.#change(caller, place, () => this.#encryption.update(place.inode, user));
		return added + removed > 0;
	}

	/** EINVAL of what is not encrypted. */
	readRaw(
		caller: Caller,
		path: string,
		{ offset, length }: { offset: number; length: number },
	): Uint8Array<ArrayBuffer> {
		const place = this.#kernel.find(caller, path);
		this.#kernel.access.require(caller.process, place, accessRights.readData, { isRaw: true });
		this.#requireEncrypted(place);
		const bytes = new Uint8Array(
			Math.max(0, Math.min(length, stepBytes, this.#encryption.rawSize(place.inode) - offset)),
		);
		const count = this.#encryption.readRaw(place.inode, offset, bytes);
		return count === bytes.length ? bytes : bytes.slice(0, count);
	}

	restoreRaw(caller: Caller, path: string): void {
		const place = this.#findToChange(caller, path);
		if (place.fileSystem.kindOf(place.inode) !== 'file') throw new OsError('EINVAL', 'it is no file');
		this.#requireAllowedPlace(place);
		this.#change(caller, place, () => this.#encryption.restoreRaw(place.inode));
	}

	/** What the file held before must not be kept: neither in clear, nor for who could open it until now. */
	#convert({ fileSystem, inode }: Place, kind: ConversionKind): Conversion | undefined {
		const left = this.#encryption.convert(inode, stepBytes);
		if (left === undefined && kind !== 'decrypting') fileSystem.versions?.purge(inode);
		return left;
	}

	#begin(inode: number, user: Sid, change: EncryptionChange): void {
		if (change === 'decrypt') this.#encryption.beginDecryption(inode, user);
		else if (change === 'encrypt') this.#encryption.beginEncryption(inode, this.#recipientsFor(user));
		else this.#encryption.beginRenewal(inode, user, this.#encryption.encryptionOf(inode)?.recipients ?? []);
	}

	#markFolder(caller: Caller, place: Place, change: EncryptionChange): EncryptionProgress {
		if (change === 'renew') throw new OsError('EINVAL', 'a folder has no key');
		// Who may only make files in it does not decide what those of others are.
		this.#kernel.access.require(caller.process, place, accessRights.writeAttributes);
		const encrypts = change === 'encrypt';
		if (this.#encryption.isEncrypted(place.inode) !== encrypts)
			this.#change(caller, place, () => this.#encryption.setFolderEncryption(place.inode, encrypts));
		return finished(change, 0);
	}

	/** Requires the right to the bytes, and so a key. ENOTSUP where nothing can be encrypted. */
	#findToChange(caller: Caller, path: string): Place {
		const place = this.#kernel.find(caller, path);
		if (!this.#isHere(place)) throw new OsError('ENOTSUP', place.path);
		this.#kernel.access.require(caller.process, place, content);
		if (place.readOnly) throw new OsError('EROFS', place.path);
		this.#kernel.leases.settle(place.fileSystem, place.inode);
		return place;
	}

	#isHere({ fileSystem }: Place): boolean {
		return fileSystem === this.#kernel.volume;
	}

	#requireAllowed(caller: Caller, place: Place): void {
		this.#requireAllowedPlace(place);
		if (this.#keys.recipientOf(caller.process.token.user) === undefined)
			throw new OsError(
				'EPERM',
				'before anything is encrypted, make a recovery code or a backup of your keys, and prove that you kept it',
			);
	}

	#requireAllowedPlace({ path }: Place): void {
		if (path !== undefined && (isWithin(path, systemFolder) || foldersForAll.has(path)))
			throw new OsError('EPERM', `${path} belongs to the system`);
	}

	#requireEncrypted({ inode, path }: Place): EncryptionState {
		const state = this.#encryption.encryptionOf(inode);
		if (state === undefined) throw new OsError('EINVAL', `${path ?? 'the file'} is not encrypted`);
		return state;
	}

	#recipientsFor(user: Sid): Recipient[] {
		return [...[this.#keys.recipientOf(user) ?? []].flat(), ...this.#keys.agents()];
	}

	#change<T>({ changes }: Caller, { fileSystem, path }: Place, change: () => T): T {
		const result = changes.make(fileSystem, change);
		changes.report('changed', path);
		return result;
	}

	#opens(user: Sid, { recipients }: EncryptionState): boolean {
		const open = new Set(this.#keys.unlockedKeysOf(user).map(({ publicKey }) => keyIdentifier(publicKey)));
		return recipients.some(({ publicKey }) => open.has(keyIdentifier(publicKey)));
	}

	#isOutdated(user: Sid, state: EncryptionState): boolean {
		const present = new Set(state.recipients.map(({ publicKey }) => keyIdentifier(publicKey)));
		const agents = this.#agents.list().map(({ key }) => key);
		if (agents.some((key) => !present.has(key))) return true;
		if (state.recipients.some(({ kind, publicKey }) => kind === 'agent' && !agents.includes(keyIdentifier(publicKey))))
			return true;
		const [newest] = this.#keys.unlockedKeysOf(user);
		return newest !== undefined && this.#opens(user, state) && !present.has(keyIdentifier(newest.publicKey));
	}

	#nameHolder({ kind, publicKey, name }: Recipient): KeyHolder {
		const key = keyIdentifier(publicKey);
		if (kind === 'agent') return { kind: 'agent', key, name };
		// What stands in the file is not authenticated for who has no key: the accounts of this computer say whose a key is.
		const owner = this.#keys.people().find((person) => keyIdentifier(person.publicKey) === key);
		const sid = owner?.sid ?? name;
		const known = this.#kernel.access.nameOf(sid);
		return { kind: 'person', key, name: known === sid && owner === undefined ? '' : known, sid };
	}
}

function notEncrypted(supported: boolean): EncryptionInfo {
	return { encrypted: false, supported, mayOpen: true, holders: [], outdated: false };
}

function finished(change: EncryptionChange, size: number): EncryptionProgress {
	return { change, doneBytes: size, totalBytes: size, finished: true };
}

function continued(conversion: Conversion, change: EncryptionChange): EncryptionProgress {
	if (changesOf[conversion.kind] !== change)
		throw new OsError('EBUSY', 'another change of encryption of this file is unfinished');
	return progressOf(conversion);
}

function progressOf(conversion: Conversion): EncryptionProgress;
function progressOf(conversion: Conversion | undefined): EncryptionProgress | undefined;
function progressOf(conversion: Conversion | undefined): EncryptionProgress | undefined {
	if (conversion === undefined) return undefined;
	const { kind, doneBytes, totalBytes } = conversion;
	return { change: changesOf[kind], doneBytes, totalBytes, finished: false };
}
