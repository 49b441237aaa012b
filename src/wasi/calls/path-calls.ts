/** What stands below a directory: `path_*`, `fd_readdir`. */
import { openFlags } from '#abi/open-flags.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import { Descriptor, fileHandleRights } from '../descriptors.ts';
import type { Guest } from '../guest.ts';
import {
	directoryBase,
	errno,
	fdFlags,
	fileBase,
	fileType,
	lookupFlags,
	openingFlags,
	streamBase,
	WasiError,
	wasiRights,
} from '../wasi-numbers.ts';
import { newTimes, putFilestat } from './descriptor-calls.ts';

const direntSize = 24;
const listedAtOnce = 100_000;
/** By the numbers of the contract's columns. */
const entryTypes = [fileType.regularFile, fileType.directory, fileType.symbolicLink, fileType.characterDevice];

export function createPathCalls(guest: Guest) {
	const { system, memory, descriptors } = guest;
	const at = (fd: number, right: bigint): number => {
		const directory = descriptors.directory(fd);
		directory.require(right);
		return directory.handle;
	};
	const follows = (flags: number): boolean => (flags & lookupFlags.symlinkFollow) !== 0;
	return {
		path_open(
			fd: number,
			lookup: number,
			place: number,
			length: number,
			flags: number,
			base: bigint,
			inheriting: bigint,
			descriptorFlags: number,
			result: number,
		) {
			const request = { fd, lookup, flags, base, inheriting, descriptorFlags, path: memory.path(place, length) };
			memory.setU32(result, openPath(guest, request));
		},
		path_create_directory(fd: number, place: number, length: number) {
			system.atMakeDirectory(at(fd, wasiRights.pathCreateDirectory), memory.path(place, length));
		},
		path_remove_directory(fd: number, place: number, length: number) {
			system.atRemoveDirectory(at(fd, wasiRights.pathRemoveDirectory), memory.path(place, length));
		},
		path_unlink_file(fd: number, place: number, length: number) {
			system.atUnlink(at(fd, wasiRights.pathUnlinkFile), memory.path(place, length));
		},
		path_rename(fd: number, place: number, length: number, toFd: number, toPlace: number, toLength: number) {
			const from = at(fd, wasiRights.pathRenameSource);
			const to = at(toFd, wasiRights.pathRenameTarget);
			system.atRename(from, memory.path(place, length), to, memory.path(toPlace, toLength));
		},
		path_link(
			fd: number,
			flags: number,
			place: number,
			length: number,
			toFd: number,
			toPlace: number,
			toLength: number,
		) {
			const from = at(fd, wasiRights.pathLinkSource);
			const to = at(toFd, wasiRights.pathLinkTarget);
			// A name for what a link leads to is what no host promises: refused, as the reference does.
			if (follows(flags)) throw new WasiError(errno.inval);
			system.atAddName(from, memory.path(place, length), false, to, memory.path(toPlace, toLength));
		},
		path_symlink(targetPlace: number, targetLength: number, fd: number, place: number, length: number) {
			const handle = at(fd, wasiRights.pathSymlink);
			system.atMakeLink(handle, memory.path(place, length), memory.path(targetPlace, targetLength));
		},
		path_readlink(fd: number, place: number, length: number, target: number, limit: number, result: number) {
			const handle = at(fd, wasiRights.pathReadlink);
			const text = system.atReadLink(handle, memory.path(place, length));
			memory.setU32(result, memory.setTextPart(target, text, limit));
		},
		path_filestat_get(fd: number, flags: number, place: number, length: number, result: number) {
			const handle = at(fd, wasiRights.pathFilestatGet);
			putFilestat(memory, result, system.atStatus(handle, memory.path(place, length), follows(flags)));
		},
		path_filestat_set_times(
			fd: number,
			lookup: number,
			place: number,
			length: number,
			accessed: bigint,
			modified: bigint,
			flags: number,
		) {
			const handle = at(fd, wasiRights.pathFilestatSetTimes);
			const times = newTimes(guest, { accessed, modified, flags });
			system.atSetTimes(handle, memory.path(place, length), follows(lookup), times.accessed, times.modified);
		},
		fd_readdir(fd: number, place: number, length: number, cookie: bigint, result: number) {
			const descriptor = descriptors.directory(fd);
			descriptor.require(wasiRights.fdReaddir);
			memory.setU32(result, putEntries(guest, descriptor, memory.bytes(place, length >>> 0), cookie));
		},
	};
}

interface OpenRequest {
	readonly fd: number;
	readonly path: string;
	readonly lookup: number;
	readonly flags: number;
	readonly base: bigint;
	readonly inheriting: bigint;
	readonly descriptorFlags: number;
}

function openPath({ system, descriptors, keptFiles }: Guest, request: OpenRequest): number {
	const { flags, base, inheriting, descriptorFlags } = request;
	const parent = descriptors.directory(request.fd);
	parent.require(wasiRights.pathOpen);
	if ((flags & openingFlags.create) !== 0) parent.require(wasiRights.pathCreateFile);
	if ((flags & openingFlags.truncate) !== 0) parent.require(wasiRights.pathFilestatSetSize);
	// What the parent may not hand on, a child never gets.
	const allowed = parent.inheriting;
	const wantsDirectory = (flags & openingFlags.directory) !== 0;
	if (wantsDirectory && (flags & openingFlags.create) !== 0) throw new WasiError(errno.inval);
	const wanted = wantsDirectory ? directoryHandleRights(allowed) : fileHandleRights(base & allowed) | rights.adjust;
	const { handle, kind, slot } = system.atOpen(parent.handle, request.path, systemFlags(request), wanted);
	if (kind === 'directory' && (base & wasiRights.fdWrite) !== 0n) {
		system.handleClose(handle);
		throw new WasiError(errno.isdir);
	}
	const opened = kind === 'directory' && !wantsDirectory ? reopen() : handle;
	// `/dev/tty`: that it has no position is how programs know a terminal.
	const isTerminal = kind === 'device' && system.handleKind(opened) === 'terminal';
	const ownBase = kind === 'directory' ? directoryBase : base & (isTerminal ? streamBase : fileBase);
	return descriptors.add(
		new Descriptor({
			handle: opened,
			kind: isTerminal ? 'terminal' : kind === 'link' ? 'file' : kind,
			base: ownBase & allowed,
			inheriting: kind === 'directory' ? inheriting & allowed : 0n,
			flags: descriptorFlags,
			kept: slot === undefined ? undefined : keptFiles?.open(opened, slot, (wanted & rights.read) !== 0),
		}),
	);

	/** Only now it is known to be a directory, by which more is done than reading it. */
	function reopen(): number {
		system.handleClose(handle);
		const { path } = request;
		return system.atOpen(parent.handle, path, systemFlags(request), directoryHandleRights(allowed)).handle;
	}
}

function systemFlags({ lookup, flags, descriptorFlags }: OpenRequest): number {
	const when = (condition: number, flag: number): number => (condition === 0 ? 0 : flag);
	return (
		when(flags & openingFlags.create, openFlags.create) |
		when(flags & openingFlags.exclusive, openFlags.exclusive) |
		when(flags & openingFlags.truncate, openFlags.truncate) |
		when(flags & openingFlags.directory, openFlags.directory) |
		when(lookup & lookupFlags.symlinkFollow, openFlags.follow) |
		when(descriptorFlags & fdFlags.append, openFlags.append)
	);
}

/** Rights of the system for a directory that may hand on these. */
export function directoryHandleRights(inheriting: bigint): number {
	const files = fileHandleRights(inheriting);
	return (directoryRights & ~(rights.read | rights.write)) | files;
}

/** Fills `into` with entries after `cookie`; the last one may be cut off, which says that there are more. */
function putEntries({ system }: Guest, descriptor: Descriptor, into: Uint8Array<ArrayBuffer>, cookie: bigint): number {
	if (cookie === 0n || descriptor.entries === undefined) descriptor.entries = readAll();
	const { names, kinds, inodes } = descriptor.entries;
	let filled = 0;
	for (let index = Number(cookie); index < names.length && filled < into.length; index++) {
		const name = new TextEncoder().encode(names[index]);
		const entry = new Uint8Array(direntSize + name.length);
		const view = new DataView(entry.buffer);
		view.setBigUint64(0, BigInt(index + 1), true);
		view.setBigUint64(8, BigInt(inodes[index] ?? 0), true);
		view.setUint32(16, name.length, true);
		view.setUint8(20, entryTypes[kinds[index] ?? 0] ?? fileType.unknown);
		entry.set(name, direntSize);
		const part = entry.subarray(0, into.length - filled);
		into.set(part, filled);
		filled += part.length;
	}
	return filled;

	/** All of the directory at once: entries that come and go while it is read neither double nor hide others. */
	function readAll() {
		const self = system.handleStatus(descriptor.handle).inode;
		const all = { names: ['.', '..'], kinds: [1, 1], inodes: [self, self] };
		for (let cursor = '', more = true; more; more = cursor !== '') {
			const run = system.directoryRead(descriptor.handle, cursor, listedAtOnce);
			all.names.push(...run.names);
			all.kinds.push(...run.kinds);
			all.inodes.push(...run.inodes);
			cursor = run.next;
		}
		return { names: all.names, kinds: Uint8Array.from(all.kinds), inodes: Float64Array.from(all.inodes), next: '' };
	}
}
