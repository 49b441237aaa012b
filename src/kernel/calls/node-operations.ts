/** What can be asked and set of a file, directory, link or device, whatever led to it. */
import { OsError } from '#abi/errors.ts';
import type { NodeStatus } from '#abi/structures.generated.ts';
import type { NewTimes } from '#fs/file-system.ts';
import type { Caller } from '../caller.ts';
import type { Kernel } from '../kernel.ts';
import type { Place } from '../place.ts';

/** Most entries of a directory that one call returns. */
export const maximumEntries = 100_000;

export function statusOf(kernel: Kernel, { fileSystem, inode }: Pick<Place, 'fileSystem' | 'inode'>): NodeStatus {
	kernel.leases.settle(fileSystem, inode);
	const { kind, size, links, accessedTime, modifiedTime, changedTime } = fileSystem.stat(inode);
	const device = kernel.numberOf(fileSystem);
	return { device, inode, kind, size, links, accessedTime, modifiedTime, changedTime };
}

/** By the handle, or after asking whether the caller may. */
export function setTimes(kernel: Kernel, { changes }: Pick<Caller, 'changes'>, place: Place, times: NewTimes): void {
	const { fileSystem, inode, path, readOnly } = place;
	if (readOnly) throw new OsError('EROFS', path);
	kernel.leases.settle(fileSystem, inode);
	changes.make(fileSystem, () => fileSystem.setTimes(inode, times));
	kernel.leases.refresh(fileSystem, inode);
	changes.report('changed', path);
}
