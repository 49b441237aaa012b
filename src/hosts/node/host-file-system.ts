/**
 * A directory of the host as a file system: what `npx vitrine run --dir` gives a program.
 *
 * Rules of use: as `FileSystem` says, but for its promise of one commit: the host has made each change when the call
 * returns, and nothing can be undone. `dirty` is therefore always false.
 *
 * Invariants:
 * - Only names below the directory are asked for, one at a time, and the host never follows a link for us: a link is
 *   walked by the kernel, which holds it below what the program was given. Somebody who changes the directory on the host
 *   at the same time can still put a link in the way between two looks.
 * - An inode number stands for an inode of the host, for as long as it is known by a path or is open. Its paths are looked
 *   at again whenever they are used; a rename by this file system takes the paths below along.
 */
import * as host from 'node:fs';
import path from 'node:path';
import { type ErrorName, errorTable, OsError } from '#abi/errors.ts';
import { foldName, isWithin } from '#base/path.ts';
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
	nodeKinds,
	type TreeDescriptors,
	type Usage,
} from '#fs/file-system.ts';

const zeroStep = 1 << 20;
/** Of `st_blocks`. */
const blockSize = 512;

export class HostFileSystem implements FileSystem {
	readonly readOnly: boolean;
	readonly root: Inode = 1;
	readonly dirty = false;
	/** The host itself decides what may be done. */
	readonly keepsDescriptors = false;
	/** Where an inode was seen, the last place last. */
	readonly #paths = new Map<Inode, Set<string>>();
	readonly #inodes = new Map<string, Inode>();
	/** What the host calls an inode: its device and number there. */
	readonly #keys = new Map<Inode, string>();
	/** Open files of the host, by inode: those that are retained. */
	readonly #files = new Map<Inode, { descriptor: number; retained: number }>();
	#next = 1;

	constructor(directory: string, options: { readonly readOnly: boolean }) {
		this.readOnly = options.readOnly;
		this.#inodeOf(path.resolve(directory));
	}

	/** Whether something retains a file: the host then has it open. */
	get hasOpenFiles(): boolean {
		return this.#files.size > 0;
	}

	find(directory: Inode, name: string): Inode | undefined {
		const at = this.#below(directory, name);
		const stat = lookAt(at);
		return stat === undefined ? undefined : this.#note(at, stat);
	}

	findEntry(directory: Inode, name: string): Entry | undefined {
		const inode = this.find(directory, name);
		return inode === undefined ? undefined : { name, inode };
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		const exact = this.find(directory, name);
		if (exact !== undefined) return { name, inode: exact };
		const folded = foldName(name);
		const found = this.#names(directory).find((candidate) => foldName(candidate) === folded);
		return found === undefined
			? undefined
			: { name: found, inode: this.#inodeOf(path.join(this.#path(directory), found)) };
	}

	stat(inode: Inode): NodeStat {
		const stat = this.#lookAt(inode);
		return {
			inode,
			kind: kindOf(stat),
			size: stat.isDirectory() ? 0 : Number(stat.size),
			links: Number(stat.nlink),
			attributes: 0,
			accessedTime: stat.atimeNs,
			modifiedTime: stat.mtimeNs,
			changedTime: stat.ctimeNs,
			createdTime: stat.birthtimeNs,
		};
	}

	kindOf(inode: Inode): NodeKind {
		return kindOf(this.#lookAt(inode));
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		const after = this.#names(directory).filter((name) => cursor === '' || name > cursor);
		const names = after.slice(0, limit);
		const stats = names.map((name) => this.stat(this.#inodeOf(this.#below(directory, name))));
		return {
			names,
			kinds: Uint8Array.from(stats, ({ kind }) => nodeKinds.indexOf(kind)),
			attributes: new Uint8Array(names.length),
			sizes: Float64Array.from(stats, ({ size }) => size),
			modifiedTimes: Float64Array.from(stats, ({ modifiedTime }) => Number(modifiedTime / 1000n) / 1000),
			inodes: Float64Array.from(stats, ({ inode }) => inode),
			next: after.length > names.length ? (names.at(-1) ?? '') : '',
		};
	}

	create(directory: Inode, name: string, kind: 'file' | 'directory'): Inode {
		const at = this.#below(directory, name);
		attempt(() => {
			if (kind === 'directory') host.mkdirSync(at);
			else host.closeSync(host.openSync(at, 'wx'));
		});
		return this.#inodeOf(at);
	}

	createLink(directory: Inode, name: string, target: string): Inode {
		const at = this.#below(directory, name);
		attempt(() => host.symlinkSync(target, at));
		return this.#inodeOf(at);
	}

	readLink(inode: Inode): string {
		return attempt(() => host.readlinkSync(this.#path(inode)));
	}

	link(inode: Inode, directory: Inode, name: string): void {
		if (this.kindOf(inode) === 'directory') throw new OsError('EISDIR', name);
		const at = this.#below(directory, name);
		attempt(() => host.linkSync(this.#path(inode), at));
		this.#inodeOf(at);
	}

	unlink(directory: Inode, name: string): void {
		const at = this.#below(directory, name);
		if (host.lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) throw new OsError('EISDIR', name);
		attempt(() => host.unlinkSync(at));
		this.#forget(at);
	}

	removeDirectory(directory: Inode, name: string): void {
		const at = this.#below(directory, name);
		attempt(() => host.rmdirSync(at));
		this.#forget(at);
	}

	removeTree(directory: Inode, name: string): Inode[] {
		const at = this.#below(directory, name);
		const top = this.#inodeOf(at);
		const below = this.kindOf(top) === 'directory' ? [...this.#walk(top, [])].map(({ stat }) => stat.inode) : [];
		attempt(() => host.rmSync(at, { recursive: true }));
		this.#forget(at);
		return [top, ...below];
	}

	rename(from: { directory: Inode; name: string }, to: { directory: Inode; name: string }, replace: boolean): void {
		const source = this.#below(from.directory, from.name);
		const target = this.#below(to.directory, to.name);
		const existing = host.lstatSync(target, { throwIfNoEntry: false });
		if (existing !== undefined && !replace) throw new OsError('EEXIST', to.name);
		attempt(() => host.renameSync(source, target));
		this.#forget(target);
		for (const places of this.#paths.values()) {
			for (const at of [...places]) {
				if (!isWithin(at, source)) continue;
				places.delete(at);
				places.add(target + at.slice(source.length));
			}
		}
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		return this.#withFile(inode, (descriptor) => {
			let done = 0;
			for (let count = -1; count !== 0 && done < into.length; done += count)
				count = host.readSync(descriptor, into, done, into.length - done, offset + done);
			return done;
		});
	}

	write(inode: Inode, offset: number, bytes: Uint8Array): void {
		this.#withFile(inode, (descriptor) => {
			for (let done = 0; done < bytes.length; )
				done += host.writeSync(descriptor, bytes, done, bytes.length - done, offset + done);
		});
	}

	truncate(inode: Inode, size: number): void {
		this.#withFile(inode, (descriptor) => host.ftruncateSync(descriptor, size));
	}

	copy(inode: Inode, directory: Inode, name: string): Inode {
		const at = this.#below(directory, name);
		attempt(() => host.copyFileSync(this.#path(inode), at, host.constants.COPYFILE_EXCL));
		return this.#inodeOf(at);
	}

	setTimes(inode: Inode, { accessed, modified }: NewTimes): void {
		const { accessedTime, modifiedTime } = this.stat(inode);
		const seconds = (time: bigint): number => Number(time) / 1e9;
		attempt(() =>
			host.lutimesSync(this.#path(inode), seconds(accessed ?? accessedTime), seconds(modified ?? modifiedTime)),
		);
	}

	setAttributes(): void {
		throw new OsError('ENOTSUP', 'a folder of the host');
	}

	descriptorOf(): undefined {
		return undefined;
	}

	setDescriptor(): void {
		throw new OsError('ENOTSUP', 'a folder of the host');
	}

	descriptorsWithin(): TreeDescriptors {
		return noDescriptors;
	}

	/** The host does not tell where the holes are. */
	findData(inode: Inode, offset: number): ByteRange | undefined {
		const { size } = this.stat(inode);
		return offset < size ? { start: offset, end: size } : undefined;
	}

	/** Only the size is sure: the host has no call for more that Node knows. */
	allocate(inode: Inode, offset: number, length: number): void {
		if (this.stat(inode).size < offset + length) this.truncate(inode, offset + length);
	}

	/** Without giving up the room, which Node has no call for either. */
	clear(inode: Inode, offset: number, length: number): void {
		const end = Math.min(this.stat(inode).size, offset + length);
		const zeros = new Uint8Array(Math.min(zeroStep, Math.max(0, end - offset)));
		for (let at = offset; at < end; at += zeros.length) this.write(inode, at, zeros.subarray(0, end - at));
	}

	findExtended(): undefined {
		return undefined;
	}

	listExtended(): string[] {
		return [];
	}

	setExtended(): never {
		throw new OsError('ENOTSUP', 'a folder of the host');
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		const folded = foldName(query);
		const hits: NameHit[] = [];
		const prefix = path.relative(this.#path(this.root), this.#path(directory)).split(path.sep).filter(Boolean);
		for (const { names, stat } of this.#walk(directory, [])) {
			if (!foldName(names.at(-1) ?? '').includes(folded)) continue;
			const { kind, size, modifiedTime } = stat;
			const hit = { names: [...prefix, ...names], kind, size, modifiedTime: Number(modifiedTime / 1000n) / 1000 };
			hits.push(hit);
		}
		const rank = ({ names }: NameHit): number => (foldName(names.at(-1) ?? '').startsWith(folded) ? 0 : 1);
		return hits
			.sort((one, other) => rank(one) - rank(other) || (one.names.join('/') < other.names.join('/') ? -1 : 1))
			.slice(0, limit);
	}

	usage(inode: Inode): Usage {
		const usage: Usage = { files: 0, directories: 0, bytes: 0, storedBytes: 0 };
		const count = ({ inode: counted, kind, size }: NodeStat): void => {
			if (kind === 'directory') usage.directories++;
			else usage.files++;
			usage.bytes += size;
			if (kind === 'file') usage.storedBytes += Number(this.#lookAt(counted).blocks) * blockSize;
		};
		const top = this.stat(inode);
		count(top);
		if (top.kind === 'directory') for (const { stat } of this.#walk(inode, [])) count(stat);
		return usage;
	}

	retain(inode: Inode): void {
		const file = this.#files.get(inode);
		if (file !== undefined) file.retained++;
		else if (this.kindOf(inode) === 'file') this.#files.set(inode, { descriptor: this.#open(inode), retained: 1 });
	}

	release(inode: Inode): void {
		const file = this.#files.get(inode);
		if (file === undefined || --file.retained > 0) return;
		host.closeSync(file.descriptor);
		this.#files.delete(inode);
		if (this.#paths.get(inode)?.size === 0) this.#forgetInode(inode);
	}

	commit(): void {
		// Every change is made when its call returns.
	}

	rollback(): void {
		// Nothing can be undone on the host.
	}

	#inodeOf(at: string): Inode {
		return this.#note(
			at,
			attempt(() => host.lstatSync(at, { bigint: true })),
		);
	}

	/** The number of what stands at a path. */
	#note(at: string, stat: host.BigIntStats): Inode {
		const key = keyOf(stat);
		const inode = this.#inodes.get(key) ?? this.#next++;
		this.#inodes.set(key, inode);
		this.#keys.set(inode, key);
		const places = this.#paths.get(inode) ?? new Set();
		this.#paths.set(inode, places.add(at));
		return inode;
	}

	/** A path at which the inode still is. */
	#path(inode: Inode): string {
		const places = this.#paths.get(inode);
		for (const at of places ?? []) {
			const stat = lookAt(at);
			if (stat !== undefined && keyOf(stat) === this.#keys.get(inode)) return at;
			places?.delete(at);
		}
		throw new OsError('ENOENT', `inode ${inode}`);
	}

	/** The path of a name in what is a directory itself: the host would follow a link. */
	#below(directory: Inode, name: string): string {
		const at = this.#path(directory);
		if (!this.#lookAt(directory).isDirectory()) throw new OsError('ENOTDIR');
		return path.join(at, name);
	}

	#forget(removed: string): void {
		for (const [inode, places] of [...this.#paths]) {
			for (const at of [...places]) if (isWithin(at, removed)) places.delete(at);
			if (places.size === 0 && !this.#files.has(inode)) this.#forgetInode(inode);
		}
	}

	/** The host may use the number for another file from now on. */
	#forgetInode(inode: Inode): void {
		this.#inodes.delete(this.#keys.get(inode) ?? '');
		this.#keys.delete(inode);
		this.#paths.delete(inode);
	}

	#names(directory: Inode): string[] {
		return attempt(() => host.readdirSync(this.#path(directory))).sort();
	}

	#lookAt(inode: Inode): host.BigIntStats {
		const file = this.#files.get(inode);
		return attempt(() =>
			file === undefined
				? host.lstatSync(this.#path(inode), { bigint: true })
				: host.fstatSync(file.descriptor, { bigint: true }),
		);
	}

	#open(inode: Inode): number {
		const { O_RDWR, O_RDONLY, O_NOFOLLOW } = host.constants;
		return attempt(() => host.openSync(this.#path(inode), (this.readOnly ? O_RDONLY : O_RDWR) | O_NOFOLLOW));
	}

	#withFile<T>(inode: Inode, use: (descriptor: number) => T): T {
		const file = this.#files.get(inode);
		if (file !== undefined) return attempt(() => use(file.descriptor));
		if (this.kindOf(inode) === 'link') throw new OsError('EINVAL', 'a link has no content');
		const descriptor = this.#open(inode);
		try {
			return attempt(() => use(descriptor));
		} finally {
			host.closeSync(descriptor);
		}
	}

	*#walk(directory: Inode, names: readonly string[]): Generator<{ names: string[]; stat: NodeStat }> {
		for (const name of this.#names(directory)) {
			const inode = this.#inodeOf(this.#below(directory, name));
			const stat = this.stat(inode);
			yield { names: [...names, name], stat };
			if (stat.kind === 'directory') yield* this.#walk(inode, [...names, name]);
		}
	}
}

function kindOf(stat: host.BigIntStats): NodeKind {
	if (stat.isDirectory()) return 'directory';
	if (stat.isSymbolicLink()) return 'link';
	return stat.isFile() ? 'file' : 'device';
}

/** An error of the host as one of ours. */
function attempt<T>(action: () => T): T {
	try {
		return action();
	} catch (error) {
		if (error instanceof OsError) throw error;
		const code = (error as NodeJS.ErrnoException).code ?? '';
		const known = code in errorTable ? (code as ErrorName) : 'EIO';
		// biome-ignore lint/style/useErrorCause: it is passed, after the detail.
		throw new OsError(known, error instanceof Error ? error.message : String(error), { cause: error });
	}
}

function lookAt(at: string): host.BigIntStats | undefined {
	return attempt(() => host.lstatSync(at, { bigint: true, throwIfNoEntry: false }));
}

function keyOf({ dev, ino }: host.BigIntStats): string {
	return `${dev}:${ino}`;
}
