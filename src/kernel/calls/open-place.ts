/** Opening what stands at a place, for the calls by path and those by a directory's handle. */
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
}

/** Opens a file, device or directory. EISDIR, EACCES, EROFS as the rights ask. */
export function openPlace(kernel: Kernel, caller: Caller, place: Place, options: OpenOptions): OpenedNode {
	const { handles } = caller.process;
	handles.requireRoom();
	const kind = place.fileSystem.kindOf(place.inode);
	if (kind === 'link') throw new OsError('ELOOP', place.path);
	if (kind === 'directory') {
		if (options.empty || options.append) throw new OsError('EISDIR', place.path);
		const handle = give(caller, kernel.openNodes.openDirectory(place), options.rights & directoryRights);
		return { handle, kind, slot: undefined };
	}
	if (kernel.isTerminalDevice(place))
		return { handle: openTerminal(caller.process, options.rights), kind, slot: undefined };
	if ((options.rights & rights.write) !== 0) requireWritable(place);
	if (options.empty) emptyFile(kernel, caller, place);
	caller.changes.dependOn(place.fileSystem);
	const file = kernel.openNodes.openFile(place, options.append);
	kernel.leases.open(file, options.rights);
	const handle = give(caller, file, options.rights & fileRights);
	const { leaseMemory } = caller.process;
	const slot = leaseMemory === undefined ? undefined : kernel.leases.grant(file, options.rights, leaseMemory);
	return { handle, kind, slot };
}

function give({ process, changes }: Caller, node: OpenNode, wanted: number): number {
	const handle = process.handles.add(node, wanted);
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
