/** When a call fails with an error: more than what the error means, as far as the call's shape tells it. */
import type { SystemCallDefinition } from '../../src/abi/call-definition.ts';
import { type ErrorName, errorTable } from '../../src/abi/errors.ts';

const sentences: Partial<Record<ErrorName, string>> = {
	EAGAIN: 'Too much of it is there already, or too many calls of the process wait; later it may succeed.',
	EBADF: 'A handle among the arguments is not open in the calling process, or stands for a thing of another kind.',
	EBUSY: 'It is a mount, holds one, or is in use.',
	ECANCELED: 'The handle was closed, or the process ended, while the call waited.',
	EFBIG: 'The file, or what was to be read at once, would be larger than is allowed.',
	EILSEQ: 'A page of the volume does not match its checksum; what is damaged is never handed out.',
	EINVAL: 'An argument does not fit its type, or its value makes no sense here; the detail names it.',
	EIO: 'A device failed, or the system has a defect, which is then in its log.',
	EISDIR: 'It is a directory, and the call is for files.',
	ELOOP: 'More than 40 symbolic links were followed, or they lead round in a circle.',
	EMFILE: 'The process has as many handles as it may.',
	ENAMETOOLONG: 'A name on the path has more than 255 UTF-16 code units.',
	ENOENT: 'Nothing stands there, or a directory on the way is missing.',
	ENOSPC: 'The volume is full. Nothing of the change was made.',
	ENOTDIR: 'What stands on the way, or at the path, is no directory.',
	EPIPE: 'Nobody can read what would be written.',
	EROFS: 'The file system, or the mount through which the caller sees it, is read-only.',
	ESPIPE: 'It is no file: it has no offsets.',
	ESRCH: 'There is no such process (any more).',
	EXDEV: 'Both places must be on one file system.',
};

export function whenItFails(call: SystemCallDefinition, name: ErrorName): string {
	if (name === 'EACCES' && call.rights.length > 0)
		return 'The handle lacks a right that is named above, or the security of the file denies it to the caller.';
	if (name === 'EACCES') return 'The security of what the call is about denies it to the caller.';
	if (name === 'EPERM' && call.arguments[0]?.type === 'handle' && call.name.startsWith('at_'))
		return 'The path leads out of the directory, by `..`, a link or a `/` at its start.';
	return sentences[name] ?? errorTable[name].sentence;
}
