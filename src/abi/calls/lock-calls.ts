/** Advisory locks: programs that ask for them keep out of each other's way; nobody else is held up. */
import { call, handleErrors, type SystemCallDefinition } from '../call-definition.ts';

const part = {
	offset: ['size', 'where the part begins'],
	length: [
		'size',
		'bytes of it, also beyond the end of the file; 0: all from the offset on, however long the file gets',
	],
} as const;

export const lockCalls: readonly SystemCallDefinition[] = [
	call(180, 'file_lock', 'Locks a part of a file', {
		description:
			'Any number of open files may hold a shared lock on a byte, or one an exclusive one. The lock belongs to the open file, so to all handles that were duplicated from this one, and what it holds already never stands in its way: a part of it gets the new kind. It goes with `file_unlock`, when the last of those handles is closed, and when the process ends, whatever ends it. Those who wait get it in the order in which they came. A shared lock needs the right to read, an exclusive one the right to write. Closing the handle ends the wait with ECANCELED. A wait without limit that could never end, because all who could end it wait likewise, is refused with EDEADLK; between tasks of one program that is not seen.',
		arguments: {
			handle: ['handle', 'an open file'],
			kind: ['LockKind', 'shared or exclusive'],
			...part,
			timeoutMs: ['u32', 'longest wait; 0: EAGAIN at once when it cannot be had; 4,294,967,295 for no limit'],
		},
		errors: [...handleErrors, 'EAGAIN', 'ETIMEDOUT', 'ECANCELED', 'EDEADLK', 'EINVAL'],
		seeAlso: ['file_unlock', 'file_locks'],
	}),
	call(181, 'file_unlock', 'Unlocks a part of a file', {
		description: 'What others wrote before is seen by whoever locks it next. A part that is not locked stays as it is.',
		arguments: { handle: ['handle', 'an open file'], ...part },
		errors: ['EBADF', 'EINVAL'],
		seeAlso: ['file_lock'],
	}),
	call(182, 'file_locks', 'Tells which parts of a file are locked', {
		arguments: { handle: ['handle', 'an open file'] },
		result: 'FileLock[]',
		errors: ['EBADF'],
		seeAlso: ['file_lock'],
	}),
];
