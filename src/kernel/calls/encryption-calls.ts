/** The calls about encrypted files: `encryption_*`. */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { EncryptionInfo, EncryptionKeys, EncryptionProgress, KeyHolder } from '#abi/structures.generated.ts';
import { keyIdentifier } from '#efs/key-identifier.ts';
import type { Caller } from '../caller.ts';
import type { Changes } from '../change-groups.ts';
import { FileChanges } from '../encryption/file-changes.ts';
import type { PersonKeys } from '../encryption/person-keys.ts';
import { RecoveryAgents } from '../encryption/recovery-agents.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { requireWholeSight } from '../sessions/session-access.ts';

export type EncryptionCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `encryption_${string}`>>;

const shortestPassphrase = 8;
const longestPassphrase = 1024;
const largestBackup = 1 << 20;

export function createEncryptionCalls(kernel: Kernel): EncryptionCalls {
	const agents = new RecoveryAgents(kernel);
	return { ...createFileCalls(kernel, agents), ...createAgentCalls(kernel, agents), ...createKeyCalls(kernel, agents) };
}

type FileCalls =
	| 'encryption_read'
	| 'encryption_begin'
	| 'encryption_continue'
	| 'encryption_cancel'
	| 'encryption_share'
	| 'encryption_revoke'
	| 'encryption_update'
	| 'encryption_raw_read'
	| 'encryption_raw_restore';

function createFileCalls(kernel: Kernel, agents: RecoveryAgents): Pick<EncryptionCalls, FileCalls> {
	const { encryption, personKeys } = kernel;
	const files =
		encryption === undefined || personKeys === undefined
			? undefined
			: new FileChanges({ kernel, encryption, keys: personKeys, agents });
	const filesFor = (caller: Caller, path: string): FileChanges => {
		if (files !== undefined) return files;
		kernel.find(caller, path);
		throw unsupported();
	};
	return {
		encryption_read: (caller, path) => files?.describe(caller, path) ?? describePlain(kernel, caller, path),
		encryption_begin: (caller, path, change) => filesFor(caller, path).begin(caller, path, change),
		encryption_continue(caller, path) {
			const progress = filesFor(caller, path).continue(caller, path);
			return progress.finished && progress.change !== 'decrypt' ? eraseOld(kernel, caller, progress) : progress;
		},
		encryption_cancel: (caller, path) => filesFor(caller, path).cancel(caller, path),
		encryption_share: (caller, path, account) => filesFor(caller, path).share(caller, path, account),
		encryption_revoke: (caller, path, key) => filesFor(caller, path).revoke(caller, path, key),
		encryption_update: (caller, path) => filesFor(caller, path).update(caller, path),
		encryption_raw_read: (caller, path, offset, length) =>
			filesFor(caller, path).readRaw(caller, path, { offset, length }),
		encryption_raw_restore: (caller, path) => filesFor(caller, path).restoreRaw(caller, path),
	};
}

type AgentCalls = 'encryption_agents' | 'encryption_add_agent' | 'encryption_remove_agent' | 'encryption_people';

function createAgentCalls(kernel: Kernel, agents: RecoveryAgents): Pick<EncryptionCalls, AgentCalls> {
	const requireSupport = (): RecoveryAgents => {
		keysOf(kernel);
		return agents;
	};
	return {
		encryption_people: () =>
			keysOf(kernel)
				.people()
				.map(({ sid, publicKey }): KeyHolder => {
					return { kind: 'person', key: keyIdentifier(publicKey), name: kernel.access.nameOf(sid), sid };
				}),
		encryption_agents: () => requireSupport().list(),
		encryption_add_agent: (caller, name, publicKey) => requireSupport().add(caller, name, publicKey),
		encryption_remove_agent: (caller, key) => requireSupport().remove(caller, key),
	};
}

function createKeyCalls(kernel: Kernel, agents: RecoveryAgents): Omit<EncryptionCalls, FileCalls | AgentCalls> {
	return {
		encryption_keys: ({ process }) => describeKeys(keysOf(kernel).statusOf(process.token.user), agents),
		encryption_make_agent: (_, passphrase) => keysOf(kernel).makeAgent(readNewPassphrase(passphrase)),
		async encryption_backup_key(_, backup, passphrase) {
			const opened = await openBackup(kernel, backup, passphrase);
			opened.close();
			const [newest] = opened.publicKeys;
			if (newest === undefined) throw new OsError('EINVAL', 'the backup has no key');
			return newest.slice();
		},
		async encryption_backup({ process }, format, passphrase) {
			requireWholeSight(process);
			const { user } = process.token;
			await kernel.credentials.ensureKeys(user);
			const bytes = await keysOf(kernel).backUp(user, format, readNewPassphrase(passphrase));
			note(kernel, user, 'made a backup of their keys');
			return bytes;
		},
		async encryption_confirm_backup({ process }, backup, passphrase) {
			const { user } = process.token;
			const { key } = keysOf(kernel).statusOf(user);
			const opened = await openBackup(kernel, backup, passphrase);
			opened.close();
			if (!opened.publicKeys.some((publicKey) => keyIdentifier(publicKey) === key))
				throw new OsError('EINVAL', 'this backup does not hold your key for new files');
			await kernel.groups.run((changes) => {
				if (keysOf(kernel).statusOf(user).key !== key) throw new OsError('EBUSY', 'your keys were changed meanwhile');
				keysOf(kernel).noteBackup(user, changes);
			});
		},
		encryption_restore({ process }, backup, passphrase, keep) {
			requireWholeSight(process);
			return restoreKeys(kernel, process.token.user, { backup, passphrase, keep });
		},
	};
}

interface Restoring {
	readonly backup: Uint8Array;
	readonly passphrase: Uint8Array;
	readonly keep: boolean;
}

async function restoreKeys(kernel: Kernel, user: string, { backup, passphrase, keep }: Restoring): Promise<string[]> {
	const keys = keysOf(kernel);
	await kernel.credentials.ensureKeys(user);
	const status = keys.statusOf(user);
	if (!status.loaded) throw new OsError('EACCES', 'your own keys are not at hand');
	const known = new Set([status.key, ...status.older]);
	const opened = await openBackup(kernel, backup, passphrase);
	const found = opened.publicKeys.map(keyIdentifier).filter((key) => !known.has(key));
	if (found.length === 0) {
		opened.close();
		return [];
	}
	let isLent = false;
	try {
		if (keep) await kernel.groups.run(await keys.adopt(user, opened));
		// Its person may have logged off meanwhile: then it throws.
		else keys.lend(user, opened);
		isLent = !keep;
	} finally {
		if (!isLent) opened.close();
	}
	const what = keep ? 'took keys of a backup in' : 'opened keys of a backup until logging off';
	note(kernel, user, `${what}: ${found.join(', ')}`);
	return found;
}

function describePlain(kernel: Kernel, caller: Caller, path: string): EncryptionInfo {
	kernel.access.require(caller.process, kernel.find(caller, path), accessRights.readAttributes);
	return { encrypted: false, supported: false, mayOpen: true, holders: [], outdated: false };
}

function describeKeys(status: EncryptionKeys, agents: RecoveryAgents): EncryptionKeys {
	const others = status.recovery.filter((way) => way !== 'agent');
	return { ...status, recovery: agents.list().length > 0 ? [...others, 'agent'] : others };
}

/** When the file is stored as it is now, erases what it was before, wherever the volume still has it. */
async function eraseOld(
	kernel: Kernel,
	{ changes }: Caller,
	progress: EncryptionProgress,
): Promise<EncryptionProgress> {
	await settle(kernel, changes);
	kernel.groups.commitAll();
	try {
		await kernel.volume.eraseFreed();
	} catch (error) {
		// The file is encrypted, and stored so. The volume erases the rest when it can.
		kernel.log.write('warning', 'encryption', `What a file was before it was encrypted is not erased yet: ${error}`);
	}
	return progress;
}

function settle(kernel: Kernel, changes: Changes): Promise<void> {
	return new Promise((resolve, reject) => kernel.groups.settle(changes, { succeed: resolve, fail: reject }));
}

function keysOf({ personKeys }: Kernel): PersonKeys {
	if (personKeys === undefined) throw unsupported();
	return personKeys;
}

function unsupported(): OsError {
	return new OsError('ENOTSUP', 'files cannot be encrypted here');
}

function openBackup(kernel: Kernel, backup: Uint8Array, passphrase: Uint8Array) {
	if (backup.length > largestBackup) throw new OsError('EINVAL', 'this is no backup of keys');
	return keysOf(kernel).openBackup(backup, readPassphrase(passphrase));
}

function readPassphrase(bytes: Uint8Array): string {
	if (bytes.length > longestPassphrase) throw new OsError('EINVAL', 'the passphrase is too long');
	const text = new TextDecoder().decode(bytes);
	if (text.includes('\ufffd')) throw new OsError('EINVAL', 'the passphrase is no text');
	return text;
}

function readNewPassphrase(bytes: Uint8Array): string {
	if (bytes.length < shortestPassphrase)
		throw new OsError('EINVAL', `a passphrase has at least ${shortestPassphrase} characters`);
	return readPassphrase(bytes);
}

function note({ access }: Kernel, user: string, what: string): void {
	access.note('information', `${access.nameOf(user)} ${what}`);
}
