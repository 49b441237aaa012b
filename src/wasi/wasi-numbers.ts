/** Numbers of WASI preview 1 (`wasi_snapshot_preview1.witx`), as the guest knows them. */
import type { ErrorName } from '#abi/errors.ts';

export const success = 0;

export const errno = {
	toobig: 1,
	acces: 2,
	again: 6,
	badf: 8,
	busy: 10,
	canceled: 11,
	child: 12,
	deadlk: 16,
	dquot: 19,
	exist: 20,
	fault: 21,
	fbig: 22,
	ilseq: 25,
	intr: 27,
	inval: 28,
	io: 29,
	isdir: 31,
	loop: 32,
	mfile: 33,
	mlink: 34,
	nametoolong: 37,
	noent: 44,
	nomem: 48,
	nospc: 51,
	noexec: 45,
	nosys: 52,
	notdir: 54,
	notempty: 55,
	notsock: 57,
	notsup: 58,
	overflow: 61,
	perm: 63,
	pipe: 64,
	proto: 65,
	rofs: 69,
	notty: 59,
	nxio: 60,
	spipe: 70,
	srch: 71,
	timedout: 73,
	xdev: 75,
	notcapable: 76,
} as const;

/** What each error of the system is to a guest. */
export const errnoOf: Readonly<Record<ErrorName, number>> = {
	EPERM: errno.perm,
	ENOENT: errno.noent,
	ESRCH: errno.srch,
	EINTR: errno.intr,
	EIO: errno.io,
	E2BIG: errno.toobig,
	ENOEXEC: errno.noexec,
	EBADF: errno.badf,
	ECHILD: errno.child,
	EAGAIN: errno.again,
	ENOMEM: errno.nomem,
	EACCES: errno.acces,
	EBUSY: errno.busy,
	EEXIST: errno.exist,
	EXDEV: errno.xdev,
	ENOTDIR: errno.notdir,
	EISDIR: errno.isdir,
	ENXIO: errno.nxio,
	ENOTTY: errno.notty,
	EINVAL: errno.inval,
	EMFILE: errno.mfile,
	EFBIG: errno.fbig,
	ENOSPC: errno.nospc,
	ESPIPE: errno.spipe,
	EROFS: errno.rofs,
	EMLINK: errno.mlink,
	EPIPE: errno.pipe,
	EDEADLK: errno.deadlk,
	ENAMETOOLONG: errno.nametoolong,
	ENOSYS: errno.nosys,
	ENOTEMPTY: errno.notempty,
	ELOOP: errno.loop,
	ENODATA: errno.noent,
	EPROTO: errno.proto,
	EILSEQ: errno.io,
	ENOTSUP: errno.notsup,
	ETIMEDOUT: errno.timedout,
	EDQUOT: errno.dquot,
	ECANCELED: errno.canceled,
};

/** An error that only WASI knows, or that WASI names more closely than the system does. */
export class WasiError extends Error {
	readonly errno: number;

	constructor(number: number, options?: ErrorOptions) {
		super(`WASI error ${number}`, options);
		this.name = 'WasiError';
		this.errno = number;
	}
}

export const fileType = { unknown: 0, characterDevice: 2, directory: 3, regularFile: 4, symbolicLink: 7 } as const;

export const fdFlags = { append: 1, dsync: 2, nonblock: 4, rsync: 8, sync: 16 } as const;
export const openingFlags = { create: 1, directory: 2, exclusive: 4, truncate: 8 } as const;
export const lookupFlags = { symlinkFollow: 1 } as const;
export const timeFlags = { accessed: 1, accessedNow: 2, modified: 4, modifiedNow: 8 } as const;
export const whence = { set: 0, current: 1, end: 2 } as const;
export const clockId = { realtime: 0, monotonic: 1, processCpu: 2, threadCpu: 3 } as const;
export const eventType = { clock: 0, fdRead: 1, fdWrite: 2 } as const;
export const subscriptionAbsolute = 1;
export const advice = { highest: 5 } as const;

const right = (place: number): bigint => 1n << BigInt(place);

export const wasiRights = {
	fdDatasync: right(0),
	fdRead: right(1),
	fdSeek: right(2),
	fdFdstatSetFlags: right(3),
	fdSync: right(4),
	fdTell: right(5),
	fdWrite: right(6),
	fdAdvise: right(7),
	fdAllocate: right(8),
	pathCreateDirectory: right(9),
	pathCreateFile: right(10),
	pathLinkSource: right(11),
	pathLinkTarget: right(12),
	pathOpen: right(13),
	fdReaddir: right(14),
	pathReadlink: right(15),
	pathRenameSource: right(16),
	pathRenameTarget: right(17),
	pathFilestatGet: right(18),
	pathFilestatSetSize: right(19),
	pathFilestatSetTimes: right(20),
	fdFilestatGet: right(21),
	fdFilestatSetSize: right(22),
	fdFilestatSetTimes: right(23),
	pathSymlink: right(24),
	pathRemoveDirectory: right(25),
	pathUnlinkFile: right(26),
	pollFdReadwrite: right(27),
	sockShutdown: right(28),
	sockAccept: right(29),
} as const;

const all = (...names: readonly (keyof typeof wasiRights)[]): bigint =>
	names.reduce((sum, name) => sum | wasiRights[name], 0n);

/** What can be done with a directory. */
export const directoryBase = all(
	'fdFdstatSetFlags',
	'fdSync',
	'fdAdvise',
	'pathCreateDirectory',
	'pathCreateFile',
	'pathLinkSource',
	'pathLinkTarget',
	'pathOpen',
	'fdReaddir',
	'pathReadlink',
	'pathRenameSource',
	'pathRenameTarget',
	'pathFilestatGet',
	'pathFilestatSetSize',
	'pathFilestatSetTimes',
	'fdFilestatGet',
	'fdFilestatSetTimes',
	'pathSymlink',
	'pathRemoveDirectory',
	'pathUnlinkFile',
	'pollFdReadwrite',
);

/** What can be done with a file. */
export const fileBase = all(
	'fdDatasync',
	'fdRead',
	'fdSeek',
	'fdFdstatSetFlags',
	'fdSync',
	'fdTell',
	'fdWrite',
	'fdAdvise',
	'fdAllocate',
	'fdFilestatGet',
	'fdFilestatSetSize',
	'fdFilestatSetTimes',
	'pollFdReadwrite',
);

export const streamBase = all('fdRead', 'fdWrite', 'fdFdstatSetFlags', 'fdFilestatGet', 'pollFdReadwrite');
