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
 * - An inode number stands for a path; a rename by this file system takes the paths below along.
 */
import * as host from 'node:fs';
import path from 'node:path';
import { type ErrorName, errorTable, OsError } from '#abi/errors.ts';
import { foldName, isWithin } from '#base/path.ts';
import {
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

export class HostFileSystem implements FileSystem {
	readonly readOnly: boolean;
	readonly root: Inode = 1;
	readonly dirty = false;
	/** The host itself decides what may be done. */
	readonly keepsDescriptors = false;
	readonly #paths = new Map<Inode, string>();
	readonly #inodes = new Map<string, Inode>();
	/** Open files of the host, by inode: those that are retained. */
	readonly #files = new Map<Inode, { descriptor: number; retained: number }>();
	#next = 1;

	constructor(directory: string, options: { readonly readOnly: boolean }) {
		this.readOnly = options.readOnly;
		this.#inodeOf(path.resolve(directory));
	}

	find(directory: Inode, name: string): Inode | undefined {
		const at = path.join(this.#path(directory), name);
		return host.lstatSync(at, { throwIfNoEntry: false }) === undefined ? undefined : this.#inodeOf(at);
	}

	findFolded(directory: Inode, name: string): { name: string; inode: Inode } | undefined {
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
		const stats = names.map((name) => this.stat(this.#inodeOf(path.join(this.#path(directory), name))));
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
		const at = path.join(this.#path(directory), name);
		attempt(() => {
			if (kind === 'directory') host.mkdirSync(at);
			else host.closeSync(host.openSync(at, 'wx'));
		});
		return this.#inodeOf(at);
	}

	createLink(directory: Inode, name: string, target: string): Inode {
		const at = path.join(this.#path(directory), name);
		attempt(() => host.symlinkSync(target, at));
		return this.#inodeOf(at);
	}

	readLink(inode: Inode): string {
		return attempt(() => host.readlinkSync(this.#path(inode)));
	}

	link(inode: Inode, directory: Inode, name: string): void {
		attempt(() => host.linkSync(this.#path(inode), path.join(this.#path(directory), name)));
	}

	unlink(directory: Inode, name: string): void {
		const at = path.join(this.#path(directory), name);
		if (host.lstatSync(at, { throwIfNoEntry: false })?.isDirectory()) throw new OsError('EISDIR', name);
		attempt(() => host.unlinkSync(at));
		this.#forget(at);
	}

	removeDirectory(directory: Inode, name: string): void {
		const at = path.join(this.#path(directory), name);
		attempt(() => host.rmdirSync(at));
		this.#forget(at);
	}

	removeTree(directory: Inode, name: string): Inode[] {
		const at = path.join(this.#path(directory), name);
		attempt(() => host.rmSync(at, { recursive: true }));
		const removed = [...this.#inodes].filter(([below]) => isWithin(below, at)).map(([, inode]) => inode);
		this.#forget(at);
		return removed;
	}

	rename(from: { directory: Inode; name: string }, to: { directory: Inode; name: string }, replace: boolean): void {
		const source = path.join(this.#path(from.directory), from.name);
		const target = path.join(this.#path(to.directory), to.name);
		const existing = host.lstatSync(target, { throwIfNoEntry: false });
		if (existing !== undefined && !replace) throw new OsError('EEXIST', to.name);
		attempt(() => host.renameSync(source, target));
		this.#forget(target);
		for (const [at, inode] of [...this.#inodes]) {
			if (!isWithin(at, source)) continue;
			this.#inodes.delete(at);
			const moved = target + at.slice(source.length);
			this.#inodes.set(moved, inode);
			this.#paths.set(inode, moved);
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
		const at = path.join(this.#path(directory), name);
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

	search(directory: Inode, query: string, limit: number): NameHit[] {
		const folded = foldName(query);
		const hits: NameHit[] = [];
		for (const { names, stat } of this.#walk(directory, [])) {
			if (!foldName(names.at(-1) ?? '').includes(folded)) continue;
			const { kind, size, modifiedTime } = stat;
			hits.push({ names, kind, size, modifiedTime: Number(modifiedTime / 1000n) / 1000 });
			if (hits.length === limit) break;
		}
		return hits;
	}

	usage(inode: Inode): Usage {
		const usage: Usage = { files: 0, directories: 0, bytes: 0 };
		const count = ({ kind, size }: NodeStat): void => {
			if (kind === 'directory') usage.directories++;
			else usage.files++;
			usage.bytes += size;
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
	}

	commit(): void {
		// Every change is made when its call returns.
	}

	rollback(): void {
		// Nothing can be undone on the host.
	}

	#inodeOf(at: string): Inode {
		const known = this.#inodes.get(at);
		if (known !== undefined) return known;
		const inode = this.#next++;
		this.#inodes.set(at, inode);
		this.#paths.set(inode, at);
		return inode;
	}

	#path(inode: Inode): string {
		const at = this.#paths.get(inode);
		if (at === undefined) throw new OsError('ENOENT', `inode ${inode}`);
		return at;
	}

	/** An open file keeps its path for those who look at it, until it is released. */
	#forget(removed: string): void {
		for (const [at, inode] of [...this.#inodes]) {
			if (!isWithin(at, removed)) continue;
			this.#inodes.delete(at);
			if (!this.#files.has(inode)) this.#paths.delete(inode);
		}
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
		const descriptor = this.#open(inode);
		try {
			return attempt(() => use(descriptor));
		} finally {
			host.closeSync(descriptor);
		}
	}

	*#walk(directory: Inode, names: readonly string[]): Generator<{ names: string[]; stat: NodeStat }> {
		for (const name of this.#names(directory)) {
			const inode = this.#inodeOf(path.join(this.#path(directory), name));
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
		const known = code in errorTable ? (code as ErrorName) : code === 'EMLINK' ? 'EINVAL' : 'EIO';
		// biome-ignore lint/style/useErrorCause: it is passed, after the detail.
		throw new OsError(known, error instanceof Error ? error.message : String(error), { cause: error });
	}
}
