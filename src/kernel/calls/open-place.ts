/**
 * Opening what stands at a place, for the calls by path and those by a directory's handle.
 *
 * Invariant: what a handle can do was allowed to the process when it was opened. A change of who may do what is for those who
 * open afterwards; by the handle of a directory, names are made and removed only after asking again.
 */
import { accessRights } from '#abi/access.ts';
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import type { OpenedNode } from '#abi/structures.generated.ts';
import type { Caller } from '../caller.ts';
import type { Kernel } from '../kernel.ts';
import type { OpenNode } from '../open-node.ts';
import type { Place } from '../place.ts';
import type { Process } from '../process.ts';

const fileRights = rights.read | rights.write | rights.adjust;

export interface OpenOptions {
	/** Rights wanted, which the caller may have: its handle's, or any. */
	readonly rights: number;
	/** The content goes. */
	readonly empty: boolean;
	readonly append: boolean;
	/** The caller has just made it: then it may do with this handle what it asked for, whatever was inherited. */
	readonly isNew?: boolean;
	/** The caller backs up or restores. */
	readonly isBackup?: boolean;
}

/** Opens a file, device or directory. EISDIR, EACCES, EROFS as the rights ask. */
export function openPlace(kernel: Kernel, caller: Caller, place: Place, options: OpenOptions): OpenedNode {
	const { handles } = caller.process;
	handles.requireRoom();
	const kind = place.fileSystem.kindOf(place.inode);
	if (kind === 'link') throw new OsError('ELOOP', place.path);
	if (kind === 'directory') {
		if (options.empty || options.append) throw new OsError('EISDIR', place.path);
		const given = decideRights(kernel, caller, place, { ...options, rights: options.rights & directoryRights });
		const handle = give(caller, kernel.openNodes.openDirectory(place), given);
		return { handle, kind, slot: undefined };
	}
	if (kernel.isTerminalDevice(place))
		return { handle: openTerminal(caller.process, options.rights), kind, slot: undefined };
	const given = decideRights(kernel, caller, place, { ...options, rights: options.rights & fileRights });
	if ((options.rights & rights.write) !== 0) {
		requireWritable(place);
		kernel.versions.expectChange(place);
	}
	if (options.empty) emptyFile(kernel, caller, place);
	caller.changes.dependOn(place.fileSystem);
	const file = kernel.openNodes.openFile(place, options.append);
	kernel.leases.open(file, options.rights);
	const handle = give(caller, file, given);
	const { leaseMemory } = caller.process;
	const slot = leaseMemory === undefined ? undefined : kernel.leases.grant(file, options.rights, leaseMemory);
	return { handle, kind, slot };
}

interface GivenRights {
	readonly rights: number;
	/** Why some that were wanted are not among them. */
	readonly lacking: string | undefined;
}

/** What must be allowed for a right of a handle; EACCES without it. */
const required = {
	file: [
		[rights.read, accessRights.readData],
		[rights.write, accessRights.writeData | accessRights.appendData],
	],
	directory: [[rights.list, accessRights.readData]],
} as const;

/** What is left out of the handle when it is not allowed: programs ask for it whether they need it or not. */
const optional = {
	file: [[rights.adjust, accessRights.writeAttributes]],
	directory: [
		[rights.walk, accessRights.execute],
		[rights.adjust, accessRights.writeAttributes],
	],
} as const;

function decideRights(kernel: Kernel, { process }: Caller, place: Place, options: OpenOptions): GivenRights {
	const { rights: wanted, empty, isNew, isBackup = false } = options;
	if (isNew === true) return { rights: wanted, lacking: undefined };
	const kind = place.fileSystem.kindOf(place.inode) === 'directory' ? 'directory' : 'file';
	let needed: number = empty ? accessRights.writeData : 0;
	for (const [right, access] of required[kind]) if ((wanted & right) !== 0) needed |= access;
	if (needed !== 0) kernel.access.require(process, place, needed, { isBackup });
	let given = wanted;
	let lacking: string | undefined;
	for (const [right, access] of optional[kind]) {
		if ((wanted & right) === 0) continue;
		const refusal = kernel.access.findRefusal(process, place, access);
		if (refusal === undefined) continue;
		given &= ~right;
		lacking = `${place.path ?? 'it'}: ${refusal}`;
	}
	return { rights: given, lacking };
}

function give({ process, changes }: Caller, node: OpenNode, { rights: given, lacking }: GivenRights): number {
	const handle = process.handles.add(node, given, lacking);
	changes.whenLost(() => process.handles.closeIfOpen(handle));
	return handle;
}

/** The terminal of a process; ENXIO when it has none. */
export function openTerminal({ handles, terminal }: Process, wanted: number): number {
	if (terminal === undefined) throw new OsError('ENXIO', '/dev/tty');
	return handles.add(terminal.end, wanted & (rights.read | rights.write));
}

/** EROFS, EACCES unless the content may be changed. */
export function requireWritable({ fileSystem, inode, path, readOnly }: Place): void {
	if (readOnly) throw new OsError('EROFS', path);
	if ((fileSystem.stat(inode).attributes & attributeBits.readOnly) !== 0) throw new OsError('EACCES', path);
}

function emptyFile(kernel: Kernel, { changes }: Caller, place: Place): void {
	const { fileSystem, inode, path } = place;
	requireWritable(place);
	kernel.leases.revoke(fileSystem, inode);
	if (fileSystem.stat(inode).size === 0) return;
	changes.make(fileSystem, () => fileSystem.truncate(inode, 0));
	changes.report('changed', path);
}
