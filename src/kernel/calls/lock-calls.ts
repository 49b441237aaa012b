/** The calls about locks of files: `file_lock`, `file_unlock`, `file_locks`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { LockKind } from '#abi/structures.generated.ts';
import type { Answer, Caller } from '../caller.ts';
import type { Part } from '../file-locks.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenFile } from '../open-node.ts';

export type LockCalls = Pick<CallHandlers, 'file_lock' | 'file_unlock' | 'file_locks'>;

const noTimeout = 0xffff_ffff;

export function createLockCalls(kernel: Kernel): LockCalls {
	return {
		file_lock: (caller, handle, kind, offset, length, timeoutMs) =>
			lock(kernel, caller, { handle, kind, part: partOf(offset, length), timeoutMs }),
		file_unlock({ process }, handle, offset, length) {
			const file = process.handles.getOf(handle, OpenFile);
			const part = partOf(offset, length);
			// Whoever locks it next sees what was written here.
			kernel.leases.settle(file.fileSystem, file.inode);
			kernel.locks.unlock(file, part);
		},
		file_locks: ({ process }, handle) => kernel.locks.list(process.handles.getOf(handle, OpenFile)),
	};
}

interface LockRequest {
	readonly handle: number;
	readonly kind: LockKind;
	readonly part: Part;
	readonly timeoutMs: number;
}

function lock(kernel: Kernel, { process }: Caller, { handle, kind, part, timeoutMs }: LockRequest): Answer<void> {
	const file = process.handles.getOf(handle, OpenFile);
	process.handles.requireRights(handle, kind === 'exclusive' ? rights.write : rights.read);
	if (file.fileSystem.kindOf(file.inode) !== 'file') throw new OsError('EINVAL', 'only files can be locked');
	kernel.leases.settle(file.fileSystem, file.inode);
	if (kernel.locks.tryLock({ ...part, file, kind })) return;
	if (timeoutMs === 0) throw new OsError('EAGAIN', 'another program has locked it');
	const wait = process.handles.waitOn<void>(handle);
	const isLimited = timeoutMs !== noTimeout;
	try {
		kernel.locks.lock({ ...part, file, kind, process, wait, isLimited });
	} catch (error) {
		wait.abandon();
		throw error;
	}
	if (isLimited) wait.whenOver(kernel.clock.after(timeoutMs, () => wait.reject(new OsError('ETIMEDOUT'))));
	return wait;
}

function partOf(offset: number, length: number): Part {
	const end = length === 0 ? Number.POSITIVE_INFINITY : offset + length;
	if (length !== 0 && !Number.isSafeInteger(end)) throw new OsError('EINVAL', 'length');
	return { start: offset, end };
}
