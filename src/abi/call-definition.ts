/**
 * The form of a system call's definition, and the errors that many of them share.
 *
 * Rules of use: the calls themselves stand in `calls/`, a file for each thing they act on; `system-calls.ts` is the table.
 */
import type { ErrorName } from './errors.ts';
import type { RightName } from './rights.ts';
import type { TypeName } from './types.ts';

export interface ArgumentDefinition {
	readonly name: string;
	readonly type: TypeName;
	readonly summary: string;
}

export interface SystemCallDefinition {
	readonly number: number;
	readonly name: string;
	readonly summary: string;
	readonly description: string;
	readonly arguments: readonly ArgumentDefinition[];
	/** Type of the result; `void` for none. */
	readonly result: TypeName;
	/** Rights that the first argument, a handle, must carry. */
	readonly rights: readonly RightName[];
	readonly errors: readonly ErrorName[];
	/** The call changes stored files; its reply waits until the change is durable. */
	readonly mutates: boolean;
	readonly seeAlso: readonly string[];
}

/** Makes a definition; what is left out is empty. */
export function call(
	number: number,
	name: string,
	summary: string,
	parts: Partial<Omit<SystemCallDefinition, 'number' | 'name' | 'summary' | 'arguments'>> & {
		arguments?: Readonly<Record<string, readonly [type: TypeName, summary: string]>>;
	},
): SystemCallDefinition {
	return {
		number,
		name,
		summary,
		description: parts.description ?? summary,
		arguments: Object.entries(parts.arguments ?? {}).map(([argument, [type, text]]) => ({
			name: argument,
			type,
			summary: text,
		})),
		result: parts.result ?? 'void',
		rights: parts.rights ?? [],
		errors: parts.errors ?? [],
		mutates: parts.mutates ?? false,
		seeAlso: parts.seeAlso ?? [],
	};
}

export const walkErrors = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EACCES', 'EILSEQ', 'ELOOP'] as const;
export const changeErrors = [...walkErrors, 'EROFS', 'ENOSPC'] as const;
/** Of starting a program, wherever it stands. */
export const startErrors = [
	...walkErrors,
	'EBADF',
	'EAGAIN',
	'ESRCH',
	'ENOEXEC',
	'EMFILE',
	'EISDIR',
	'EBUSY',
	'EEXIST',
] as const;
export const handleErrors = ['EBADF', 'EACCES'] as const;
/** Of a walk from a directory's handle: EPERM says that the path leads out of it. */
export const beneathErrors = [...walkErrors, 'EBADF', 'EPERM'] as const;
export const beneathChangeErrors = [...beneathErrors, 'EROFS', 'ENOSPC'] as const;
