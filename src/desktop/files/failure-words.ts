/**
 * What a person reads when something failed: what happened and what they can do.
 *
 * Rules of use:
 * - `explainError` for one thing that failed; it never shows a code or a stack.
 * - `explainNameProblem` while a name is being typed.
 */

import type { ErrorName } from '#abi/errors.ts';
import { OsError } from '#abi/errors.ts';
import { findNameProblem, maximumNameLength } from '#base/path.ts';
import { findRefusalReason } from '#runtime/refusal-reason.ts';

const sentences: Partial<Record<ErrorName, string>> = {
	ENOSPC: 'The disk is full. Empty the Recycle Bin or delete something, then try again.',
	ENOENT: 'It is no longer there.',
	EEXIST: 'There is already a file or folder with this name.',
	EACCES: 'You do not have permission to do this.',
	EPERM: 'You do not have permission to do this.',
	EROFS: 'This place can only be read, not changed.',
	ENAMETOOLONG: `The name is too long. A name can have up to ${maximumNameLength} characters.`,
	EINVAL: 'A folder cannot be moved into itself.',
	EFBIG: 'The file is too large.',
	EILSEQ: 'The stored content is damaged: it does not match its checksum.',
	EBUSY: 'It is in use by a program.',
	ENOTEMPTY: 'A folder with this name is already there and is not empty.',
	EIO: 'The disk could not do this.',
	ECANCELED: 'This was cancelled.',
};

export function explainError(error: unknown): string {
	if (error instanceof OsError) return explainRefusal(error) ?? sentences[error.code] ?? error.message;
	if (error instanceof DOMException) return explainHostError(error);
	return error instanceof Error && error.message !== '' ? error.message : 'Something unexpected went wrong.';
}

/** Why it is not allowed, where the system said so. */
function explainRefusal(error: OsError): string | undefined {
	const reason = findRefusalReason(error);
	return reason === undefined ? undefined : `You do not have permission to do this: ${reason}.`;
}

function explainHostError(error: DOMException): string {
	switch (error.name) {
		case 'NotFoundError':
			return 'It is no longer on your computer.';
		case 'NotReadableError':
		case 'NotAllowedError':
		case 'SecurityError':
			return 'Your computer does not let the browser read it.';
		default:
			return `Your computer could not read it: ${error.message}`;
	}
}

/** Why `name` cannot be used, or `undefined` when it can. */
export function explainNameProblem(name: string): string | undefined {
	switch (findNameProblem(name)) {
		case 'empty':
			return 'Type a name.';
		case 'too-long':
			return `The name is too long. A name can have up to ${maximumNameLength} characters.`;
		case 'reserved':
			return `“${name}” has a special meaning and cannot be a name.`;
		case 'forbidden-character':
			return 'A name cannot contain the character /';
		case undefined:
			return undefined;
	}
}
