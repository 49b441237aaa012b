/**
 * A file system that is elsewhere: every question of `FileSystem` goes there as one message and its answer comes back.
 *
 * Rules of use: `RemoteFileSystem` asks by a function that waits for the answer; `answerFileSystem` is the other end.
 *
 * | Message | Holds |
 * |---|---|
 * | both | the length of the head in 4 bytes, little-endian; the head, JSON in UTF-8; then bytes to the end |
 * | question | head `{ method, given }`, bytes of `write` |
 * | answer | head `{ value }` or `{ failure: { code, detail } }`, bytes of `read` |
 *
 * In JSON a time is `{ "ns": "…" }`, and a column of numbers a list.
 *
 * Invariants: the other end does only what the table `methods` lists. Nothing here is kept between two questions but what
 * kind of node an inode is.
 */
import { type ErrorName, OsError } from '#abi/errors.ts';
import {
	type ByteRange,
	type Entry,
	type EntryPage,
	type FileSystem,
	type Inode,
	type NameHit,
	type NewTimes,
	type NodeKind,
	type NodeStat,
	noDescriptors,
	type TreeDescriptors,
	type Usage,
} from '#fs/file-system.ts';

/** Sends a question and waits for its answer. Throws `OsError` when none comes. */
export type Ask = (question: Uint8Array<ArrayBuffer>) => Uint8Array;

const methods = [
	...['find', 'findEntry', 'findFolded', 'stat', 'list', 'create', 'createLink', 'readLink', 'link', 'unlink'],
	...['removeDirectory', 'removeTree', 'rename', 'truncate', 'findData', 'allocate', 'clear', 'copy', 'setTimes'],
	...['search', 'usage', 'retain', 'release', 'read', 'write'],
] as const;

interface Message {
	readonly head: Readonly<Record<string, unknown>>;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Answer {
	readonly value?: unknown;
	readonly failure?: { readonly code: ErrorName; readonly detail: string };
}

const nothing = new Uint8Array();

export class RemoteFileSystem implements FileSystem {
	readonly root: Inode = 1;
	readonly readOnly: boolean;
	/** The other end has made each change when it answers. */
	readonly dirty = false;
	readonly keepsDescriptors = false;
	readonly #ask: Ask;
	readonly #kinds = new Map<Inode, NodeKind>();

	constructor(ask: Ask, options: { readonly readOnly: boolean }) {
		this.#ask = ask;
		this.readOnly = options.readOnly;
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.#call<Inode | undefined>('find', directory, name);
	}

	findEntry(directory: Inode, name: string): Entry | undefined {
		return this.#call<Entry | undefined>('findEntry', directory, name);
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		return this.#call<Entry | undefined>('findFolded', directory, name);
	}

	stat(inode: Inode): NodeStat {
		const stat = this.#call<NodeStat>('stat', inode);
		this.#kinds.set(inode, stat.kind);
		return stat;
	}

	kindOf(inode: Inode): NodeKind {
		return this.#kinds.get(inode) ?? this.stat(inode).kind;
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		const page = this.#call<EntryPage>('list', directory, cursor, limit);
		return {
			...page,
			kinds: Uint8Array.from(page.kinds),
			attributes: Uint8Array.from(page.attributes),
			sizes: Float64Array.from(page.sizes),
			modifiedTimes: Float64Array.from(page.modifiedTimes),
			inodes: Float64Array.from(page.inodes),
		};
	}

	create(directory: Inode, name: string, kind: 'file' | 'directory'): Inode {
		return this.#made(this.#call<Inode>('create', directory, name, kind));
	}

	createLink(directory: Inode, name: string, target: string): Inode {
		return this.#made(this.#call<Inode>('createLink', directory, name, target));
	}

	readLink(inode: Inode): string {
		return this.#call<string>('readLink', inode);
	}

	link(inode: Inode, directory: Inode, name: string): void {
		this.#call('link', inode, directory, name);
	}

	unlink(directory: Inode, name: string): void {
		this.#call('unlink', directory, name);
	}

	removeDirectory(directory: Inode, name: string): void {
		this.#call('removeDirectory', directory, name);
	}

	removeTree(directory: Inode, name: string): Inode[] {
		return this.#call<Inode[]>('removeTree', directory, name);
	}

	rename(from: { directory: Inode; name: string }, to: { directory: Inode; name: string }, replace: boolean): void {
		this.#call('rename', from, to, replace);
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		const { bytes } = this.#exchange('read', [inode, offset, into.length], nothing);
		into.set(bytes);
		return bytes.length;
	}

	write(inode: Inode, offset: number, bytes: Uint8Array): void {
		this.#exchange('write', [inode, offset], bytes);
	}

	truncate(inode: Inode, size: number): void {
		this.#call('truncate', inode, size);
	}

	findData(inode: Inode, offset: number): ByteRange | undefined {
		return this.#call<ByteRange | undefined>('findData', inode, offset);
	}

	allocate(inode: Inode, offset: number, length: number): void {
		this.#call('allocate', inode, offset, length);
	}

	clear(inode: Inode, offset: number, length: number): void {
		this.#call('clear', inode, offset, length);
	}

	copy(inode: Inode, directory: Inode, name: string): Inode {
		return this.#made(this.#call<Inode>('copy', inode, directory, name));
	}

	setTimes(inode: Inode, times: NewTimes): void {
		this.#call('setTimes', inode, times);
	}

	setAttributes(): never {
		throw notKept();
	}

	descriptorOf(): undefined {
		return undefined;
	}

	setDescriptor(): never {
		throw notKept();
	}

	descriptorsWithin(): TreeDescriptors {
		return noDescriptors;
	}

	findExtended(): undefined {
		return undefined;
	}

	setExtended(): never {
		throw notKept();
	}

	listExtended(): string[] {
		return [];
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		return this.#call<NameHit[]>('search', directory, query, limit);
	}

	usage(inode: Inode): Usage {
		return this.#call<Usage>('usage', inode);
	}

	retain(inode: Inode): void {
		this.#call('retain', inode);
	}

	release(inode: Inode): void {
		this.#call('release', inode);
	}

	commit(): void {
		// Every change is made when its call returns.
	}

	rollback(): void {
		// Nothing can be undone there.
	}

	/** The other end may give the number of something that is gone to something new. */
	#made(inode: Inode): Inode {
		this.#kinds.delete(inode);
		return inode;
	}

	#call<T>(method: (typeof methods)[number], ...given: readonly unknown[]): T {
		return this.#exchange(method, given, nothing).value as T;
	}

	#exchange(method: string, given: readonly unknown[], bytes: Uint8Array): Answer & { bytes: Uint8Array } {
		const answer = readMessage(this.#ask(writeMessage({ method, given }, bytes)));
		const { value, failure } = answer.head as Answer;
		if (failure !== undefined) throw new OsError(failure.code, failure.detail);
		return { value, bytes: answer.bytes };
	}
}

/** Does what a question asks of `fileSystem`, and makes the answer. */
export function answerFileSystem(fileSystem: FileSystem, question: Uint8Array): Uint8Array<ArrayBuffer> {
	try {
		const { head, bytes } = readMessage(question);
		const { method, given } = head;
		const known = methods.find((name) => name === method);
		if (known === undefined || !Array.isArray(given)) throw new OsError('EINVAL', 'no such question');
		if (known === 'read') return answerRead(fileSystem, given);
		if (known === 'write') fileSystem.write(given[0], given[1], bytes);
		else return writeMessage({ value: callByName(fileSystem, known, given) }, nothing);
		return writeMessage({}, nothing);
	} catch (error) {
		const { code, detail } = error instanceof OsError ? error : new OsError('EIO', String(error));
		return writeMessage({ failure: { code, detail } }, nothing);
	}
}

/** Longest part of a file that one question may ask for. */
const longestRead = 32 << 20;

function answerRead(fileSystem: FileSystem, [inode, offset, length]: readonly unknown[]): Uint8Array<ArrayBuffer> {
	if (typeof length !== 'number' || !(length >= 0 && length <= longestRead)) throw new OsError('EINVAL', 'length');
	const into = new Uint8Array(length);
	const count = fileSystem.read(inode as Inode, offset as number, into);
	return writeMessage({}, into.subarray(0, count));
}

function callByName(fileSystem: FileSystem, method: (typeof methods)[number], given: readonly unknown[]): unknown {
	return (fileSystem[method] as (...words: readonly unknown[]) => unknown).call(fileSystem, ...given);
}

function writeMessage(head: object, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
	const text = new TextEncoder().encode(JSON.stringify(head, packValue));
	const message = new Uint8Array(4 + text.length + bytes.length);
	new DataView(message.buffer).setUint32(0, text.length, true);
	message.set(text, 4);
	message.set(bytes, 4 + text.length);
	return message;
}

/** Throws `OsError` EIO for what is no message. */
function readMessage(message: Uint8Array): Message {
	try {
		const length = new DataView(message.buffer, message.byteOffset).getUint32(0, true);
		const head: unknown = JSON.parse(new TextDecoder().decode(message.subarray(4, 4 + length)), unpackValue);
		if (typeof head !== 'object' || head === null) throw new TypeError('no object');
		return { head: head as Message['head'], bytes: message.slice(4 + length) };
	} catch (cause) {
		// biome-ignore lint/style/useErrorCause: it is passed, after the detail.
		throw new OsError('EIO', 'the answer of a drive', { cause });
	}
}

function packValue(_: string, value: unknown): unknown {
	if (typeof value === 'bigint') return { ns: String(value) };
	return ArrayBuffer.isView(value) ? [...(value as Uint8Array | Float64Array)] : value;
}

function unpackValue(_: string, value: unknown): unknown {
	const isTime = typeof value === 'object' && value !== null && 'ns' in value && typeof value.ns === 'string';
	return isTime ? BigInt(value.ns as string) : value;
}

function notKept(): OsError {
	return new OsError('ENOTSUP', 'a removable drive');
}
