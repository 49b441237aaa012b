/**
 * The one place where the kernel asks whether a process may do something, and hears why not.
 *
 * Rules of use:
 * - A handler that was given a path asks `require` with what it is about to do, before it does anything. One that was given
 *   the handle of an open file asks nobody: the handle's rights were decided when it was opened.
 * - Names are made and taken away by `requireMaking`, `requireRemoving` and `requireRemovingTree`; the descriptor of what is
 *   made comes from `inherit`. What is done to a process: `requireControl`.
 *
 * Invariants:
 * - A decision is `checkAccess` of `security`; nothing here allows on its own. A file system that keeps no descriptors is
 *   open to whoever it was given; an inode without one, where they are kept, is the system's alone.
 * - What was allowed is kept by token and descriptor, both of which never change, so that asking again costs two look-ups.
 *   What is refused or audited is decided each time.
 * - Whoever wants the bytes of an encrypted file needs an open key for it besides, whatever its list allows.
 */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { directoryName } from '#base/path.ts';
import type { Log } from '#base/ports.ts';
import type { FileEncryption } from '#efs/file-encryption.ts';
import type { DescriptorText, FileSystem } from '#fs/file-system.ts';
import { type AccessDecision, checkAccess } from '#security/access-check.ts';
import { describeRights, type Subject } from '#security/access-rights.ts';
import { inheritDescriptor } from '#security/inheritance.ts';
import { formatDescriptor, parseDescriptor, type SecurityDescriptor } from '#security/security-descriptor.ts';
import { findWellKnownName, type Sid, sids } from '#security/sid.ts';
import { decideControl, type Token } from '#security/token.ts';
import type { Place, Slot } from './place.ts';
import type { Process } from './process.ts';
import { isSecret } from './system-files.ts';

/** What can have a descriptor. */
export type Secured = Pick<Place, 'fileSystem' | 'inode' | 'path'>;
type Asking = Pick<Process, 'token' | 'label'>;

export interface AskOptions {
	/** The program backs up or restores, and says so. */
	readonly isBackup?: boolean;
	/** An encrypted file is read as it is stored: no key is needed. */
	readonly isRaw?: boolean;
}

/** The file system whose files can be encrypted, and what knows about that. */
export interface EncryptedFiles {
	readonly fileSystem: FileSystem;
	readonly encryption: Pick<FileEncryption, 'requireKeys'>;
}

const contentAccess = accessRights.readData | accessRights.writeData | accessRights.appendData;
const keptDescriptors = 4096;
/** Of an inode that has none where descriptors are kept. */
const closedText = `O:${sids.system}G:${sids.system}D:(A;OICI;0x1f01ff;;;${sids.system})(A;OICI;0x1f01ff;;;${sids.administrators})`;

export class AccessMonitor {
	readonly #log: Log;
	readonly #accountName: (sid: Sid) => string | undefined;
	readonly #encrypted: EncryptedFiles | undefined;
	readonly #parsed = new Map<DescriptorText, SecurityDescriptor>();
	readonly #allowed = new WeakMap<Token, Map<DescriptorText, number>>();
	readonly #inherited = new Map<string, DescriptorText>();

	constructor(log: Log, accountName: (sid: Sid) => string | undefined, encrypted?: EncryptedFiles) {
		this.#log = log;
		this.#accountName = accountName;
		this.#encrypted = encrypted;
	}

	/** EACCES, with the folder or file and the reason in words, unless the process may do all of `desired` there. */
	require(process: Asking, node: Secured, desired: number, options?: AskOptions): void {
		if (!this.#isKnown(process.token, node, desired)) {
			if (isSecret(node.path) && process.token.user !== sids.system)
				throw new OsError('EACCES', `${node.path}: it is for the system alone`);
			const decision = this.#ask(process, node, desired, options);
			if (!decision.allowed) throw new OsError('EACCES', `${node.path ?? 'it'}: ${decision.reason}`);
		}
		if ((desired & contentAccess) === 0 || options?.isRaw === true || node.fileSystem !== this.#encrypted?.fileSystem)
			return;
		this.#requireKeys(this.#encrypted.encryption, process.token, node);
	}

	/** As `require`, without the error. */
	allows(process: Asking, node: Secured, desired: number): boolean {
		return this.#isKnown(process.token, node, desired) || this.#ask(process, node, desired).allowed;
	}

	/** Why `desired` is not allowed, or `undefined` when it is. */
	findRefusal(process: Asking, node: Secured, desired: number): string | undefined {
		if (this.#isKnown(process.token, node, desired)) return undefined;
		const { allowed, reason } = this.#ask(process, node, desired);
		return allowed ? undefined : reason;
	}

	/** EPERM, with the reason, unless `process` may end, stop or look into `target`. */
	requireControl(process: Asking, target: Asking): void {
		const decision = decideControl(process.token, target.token);
		if (!decision.allowed) throw new OsError('EPERM', `${target.label}: ${decision.reason}`);
	}

	/** That something new may get a name here. */
	requireMaking(process: Asking, slot: Slot, kind: 'file' | 'directory'): void {
		const right = kind === 'directory' ? accessRights.appendData : accessRights.writeData;
		this.require(process, folderOf(slot), right);
	}

	/** That the name may go, by a right to what has it or to the folder. */
	requireRemoving(process: Asking, slot: Slot): void {
		const node = nodeOf(slot);
		if (node === undefined || this.allows(process, folderOf(slot), accessRights.deleteChild)) return;
		this.require(process, node, accessRights.delete);
	}

	/** That a folder may go with all that is in it: each of its folders lets go of what it holds, or each thing lets itself go. */
	requireRemovingTree(process: Asking, slot: Slot): void {
		this.requireRemoving(process, slot);
		const node = nodeOf(slot);
		if (node === undefined || slot.fileSystem.kindOf(node.inode) !== 'directory') return;
		const { directories, others } = slot.fileSystem.descriptorsWithin(node.inode);
		const emptying = accessRights.deleteChild | accessRights.readData;
		if ([...directories].every((text) => this.#allowsText(process.token, text, emptying))) return;
		const kept = [...directories, ...others].find(
			(text) => !this.#allowsText(process.token, text, accessRights.delete),
		);
		if (kept === undefined && !directories.has(undefined) && !others.has(undefined)) return;
		const { reason } = checkAccess(process.token, this.#parse(kept), this.#question(accessRights.delete, 'file'));
		throw new OsError('EACCES', `${node.path ?? 'it'}: something in it: ${reason}`);
	}

	/** Whether every folder at and below `node` can be listed and passed through, so that nothing there need be hidden. */
	seesAll(process: Asking, { fileSystem, inode }: Secured): boolean {
		const looking = accessRights.readData | accessRights.execute;
		const { directories } = fileSystem.descriptorsWithin(inode);
		return [...directories].every((text) => this.#allowsText(process.token, text, looking));
	}

	/** The descriptor of something that `process` makes in a folder; `undefined` where none are kept. */
	inherit(process: Asking, slot: Slot, kind: Subject): DescriptorText | undefined {
		const { fileSystem, directory } = slot;
		if (!fileSystem.keepsDescriptors) return undefined;
		const parent = fileSystem.descriptorOf(directory) ?? closedText;
		const owner = process.token.user;
		const key = `${kind} ${owner} ${parent}`;
		let text = this.#inherited.get(key);
		if (text === undefined) {
			text = formatDescriptor(inheritDescriptor(this.#parse(parent), kind, { owner, group: sids.users }));
			if (this.#inherited.size >= keptDescriptors) this.#inherited.clear();
			this.#inherited.set(key, text);
		}
		return text;
	}

	/** The descriptor that counts for `node`; `undefined` where none are kept. */
	descriptorOf({ fileSystem, inode }: Secured): SecurityDescriptor | undefined {
		return fileSystem.keepsDescriptors ? this.#parse(fileSystem.descriptorOf(inode)) : undefined;
	}

	/** What a person calls the owner of a SID; the SID itself when nobody knows. */
	nameOf(sid: Sid): string {
		return this.#accountName(sid) ?? findWellKnownName(sid) ?? sid;
	}

	/** Writes an event about security down. */
	note(level: 'information' | 'warning', message: string): void {
		this.#log.write(level, 'security', message);
	}

	/** The refusal names people as they are called, and not by their SIDs. */
	#requireKeys(encryption: EncryptedFiles['encryption'], { user }: Token, { inode, path }: Secured): void {
		try {
			encryption.requireKeys(inode, user);
		} catch (error) {
			if (!(error instanceof OsError) || error.code !== 'EACCES') throw error;
			const reason = error.detail.replaceAll(/S-1-[\d-]+/g, (sid) => this.nameOf(sid));
			throw refusal(`${path ?? 'it'}: ${reason}`, error);
		}
	}

	#isKnown(token: Token, { fileSystem, inode }: Secured, desired: number): boolean {
		if (!fileSystem.keepsDescriptors) return true;
		const text = fileSystem.descriptorOf(inode) ?? closedText;
		return ((this.#allowed.get(token)?.get(text) ?? 0) & desired) === desired && desired !== 0;
	}

	#ask(process: Asking, node: Secured, desired: number, options?: AskOptions): AccessDecision {
		const { token } = process;
		const text = node.fileSystem.descriptorOf(node.inode) ?? closedText;
		const descriptor = this.#parse(text);
		const subject = node.fileSystem.kindOf(node.inode) === 'directory' ? 'directory' : 'file';
		const decision = checkAccess(token, descriptor, { ...this.#question(desired, subject), ...options });
		if (decision.audited.length > 0) this.#audit(process, node, { desired, subject, decision });
		if (decision.allowed && descriptor.sacl.length === 0 && options?.isBackup !== true)
			this.#remember(token, text, desired);
		return decision;
	}

	#allowsText(token: Token, text: DescriptorText | undefined, desired: number): boolean {
		return checkAccess(token, this.#parse(text), { desired }).allowed;
	}

	#question(desired: number, subject: Subject) {
		return { desired, subject, nameOf: (sid: Sid) => this.nameOf(sid) };
	}

	#audit(
		{ token, label }: Asking,
		{ path }: Secured,
		{ desired, subject, decision }: { desired: number; subject: Subject; decision: AccessDecision },
	): void {
		const { allowed, reason } = decision;
		const what = `${describeRights(desired, subject)} of ${path ?? 'a file without a name'}`;
		const who = `${label}, for ${this.nameOf(token.user)}`;
		this.note(allowed ? 'information' : 'warning', `${who}: ${what} was ${allowed ? 'allowed' : 'refused'}: ${reason}`);
	}

	#remember(token: Token, text: DescriptorText, allowed: number): void {
		let known = this.#allowed.get(token);
		if (known === undefined) {
			known = new Map();
			this.#allowed.set(token, known);
		}
		if (known.size >= keptDescriptors) known.clear();
		known.set(text, (known.get(text) ?? 0) | allowed);
	}

	/** A text that cannot be read is as none: it opens nothing. */
	#parse(text: DescriptorText | undefined): SecurityDescriptor {
		const source = text ?? closedText;
		let descriptor = this.#parsed.get(source);
		if (descriptor === undefined) {
			descriptor = parseStored(source);
			if (this.#parsed.size >= keptDescriptors) this.#parsed.clear();
			this.#parsed.set(source, descriptor);
		}
		return descriptor;
	}
}

function refusal(detail: string, cause: OsError): OsError {
	return new OsError('EACCES', detail, { cause });
}

function parseStored(text: DescriptorText): SecurityDescriptor {
	try {
		return parseDescriptor(text);
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		return parseDescriptor(closedText);
	}
}

function folderOf({ fileSystem, directory, path }: Slot): Secured {
	return { fileSystem, inode: directory, path: path === undefined ? undefined : directoryName(path) };
}

function nodeOf({ fileSystem, inode, path }: Slot): Secured | undefined {
	return inode === undefined ? undefined : { fileSystem, inode, path };
}
