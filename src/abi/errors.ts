/**
 * The errors of the system: one list, fixed numbers, a sentence each. Numbers never change and are never reused.
 *
 * A room throws `OsError`; the gate sends its number and detail to the caller; the caller's stub throws the same
 * `OsError` again. Anything else that reaches the gate is a defect of ours and is answered with `EIO`.
 */

export const errorTable = {
	EPERM: { number: 1, sentence: 'This is not permitted.' },
	ENOENT: { number: 2, sentence: 'There is no file or folder of this name.' },
	ESRCH: { number: 3, sentence: 'There is no such process.' },
	EINTR: { number: 4, sentence: 'The call was interrupted.' },
	EIO: { number: 5, sentence: 'The system could not do this because of an internal or device error.' },
	ENXIO: { number: 6, sentence: 'There is no such device.' },
	E2BIG: { number: 7, sentence: 'It is larger than the system keeps.' },
	ENOEXEC: { number: 8, sentence: 'It is not a program that can be started.' },
	EBADF: { number: 9, sentence: 'The handle is not open.' },
	ECHILD: { number: 10, sentence: 'There is no such child process.' },
	EAGAIN: { number: 11, sentence: 'The resource is busy; try again.' },
	ENOMEM: { number: 12, sentence: 'There is not enough memory.' },
	EACCES: { number: 13, sentence: 'Access is denied.' },
	EBUSY: { number: 16, sentence: 'It is in use.' },
	EEXIST: { number: 17, sentence: 'A file or folder of this name exists already.' },
	EXDEV: { number: 18, sentence: 'The two places are on different file systems.' },
	ENOTDIR: { number: 20, sentence: 'It is not a folder.' },
	EISDIR: { number: 21, sentence: 'It is a folder.' },
	EINVAL: { number: 22, sentence: 'An argument is not valid.' },
	EMFILE: { number: 24, sentence: 'The process has too many open handles.' },
	ENOTTY: { number: 25, sentence: 'It is no terminal.' },
	EFBIG: { number: 27, sentence: 'The file would become too large.' },
	ENOSPC: { number: 28, sentence: 'The disk is full.' },
	ESPIPE: { number: 29, sentence: 'The stream has no position.' },
	EROFS: { number: 30, sentence: 'The file system is read-only.' },
	EMLINK: { number: 31, sentence: 'The file has as many names as a file can have.' },
	EPIPE: { number: 32, sentence: 'Nobody reads the other end of the pipe.' },
	EDEADLK: { number: 35, sentence: 'Programs would wait for each other for ever.' },
	ENAMETOOLONG: { number: 36, sentence: 'The name is too long.' },
	ENOSYS: { number: 38, sentence: 'There is no such system call.' },
	ENOTEMPTY: { number: 39, sentence: 'The folder is not empty.' },
	ELOOP: { number: 40, sentence: 'Links lead round in a circle.' },
	ENODATA: { number: 61, sentence: 'There is no such attribute.' },
	EPROTO: { number: 71, sentence: 'The message does not follow the protocol.' },
	EILSEQ: { number: 84, sentence: 'The stored bytes do not match their checksum.' },
	ENOTSUP: { number: 95, sentence: 'This file system cannot do that.' },
	ETIMEDOUT: { number: 110, sentence: 'The time allowed has passed.' },
	EDQUOT: { number: 122, sentence: 'There is no room left in the share that may be used here.' },
	ECANCELED: { number: 125, sentence: 'The operation was cancelled.' },
} as const;

export type ErrorName = keyof typeof errorTable;

const namesByNumber = new Map<number, ErrorName>(
	Object.entries(errorTable).map(([name, { number }]) => [number, name as ErrorName]),
);

/** The name of error `number`; `EIO` for a number that is not in the list. */
export function errorName(number: number): ErrorName {
	return namesByNumber.get(number) ?? 'EIO';
}

export class OsError extends Error {
	readonly code: ErrorName;
	/** What it happened to: a path, a handle, an argument's name. */
	readonly detail: string;

	constructor(code: ErrorName, detail = '', options?: ErrorOptions) {
		super(detail === '' ? errorTable[code].sentence : `${errorTable[code].sentence} (${detail})`, options);
		this.name = 'OsError';
		this.code = code;
		this.detail = detail;
	}

	get number(): number {
		return errorTable[this.code].number;
	}
}
