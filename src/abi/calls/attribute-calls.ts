/** Extended attributes: small values that programs keep with a file or directory, by path and by handle. */
import { call, changeErrors, handleErrors, type SystemCallDefinition, walkErrors } from '../call-definition.ts';

const names =
	'Names begin with `user.`; those that begin with `system.` are the system’s and can be neither read nor set (EPERM), and there are no others (ENOTSUP). A name has at most 255 UTF-16 code units, a value at most 65,536 bytes, a file or directory at most 128 attributes (E2BIG). Every name of a file shows the same attributes; a copy has them too. A link at the end of a path is followed.';

const name = ['string', '`user.` and what the program calls it'] as const;
const value = ['bytes', 'its value; it may be empty'] as const;
const nameErrors = ['EPERM', 'ENOTSUP', 'ENAMETOOLONG', 'EINVAL'] as const;

export const attributeCalls: readonly SystemCallDefinition[] = [
	call(184, 'path_get_extended_attribute', 'Tells the value of an extended attribute', {
		description: names,
		arguments: { path: ['path', 'the file or directory'], name },
		result: 'bytes',
		errors: [...walkErrors, ...nameErrors, 'ENODATA'],
		seeAlso: ['path_set_extended_attribute', 'handle_get_extended_attribute'],
	}),
	call(185, 'path_set_extended_attribute', 'Sets an extended attribute', {
		description: names,
		arguments: { path: ['path', 'the file or directory'], name, value },
		errors: [...changeErrors, ...nameErrors, 'E2BIG'],
		mutates: true,
		seeAlso: ['path_remove_extended_attribute'],
	}),
	call(186, 'path_list_extended_attributes', 'Lists the names of the extended attributes of programs', {
		arguments: { path: ['path', 'the file or directory'] },
		result: 'strings',
		errors: [...walkErrors],
	}),
	call(187, 'path_remove_extended_attribute', 'Removes an extended attribute', {
		description: names,
		arguments: { path: ['path', 'the file or directory'], name },
		errors: [...changeErrors, ...nameErrors, 'ENODATA'],
		mutates: true,
	}),
	call(190, 'handle_get_extended_attribute', 'Tells the value of an extended attribute of what is open', {
		description: names,
		arguments: { handle: ['handle', 'an open file or directory'], name },
		result: 'bytes',
		errors: [...handleErrors, ...nameErrors, 'ENODATA', 'EILSEQ'],
		seeAlso: ['path_get_extended_attribute'],
	}),
	call(191, 'handle_set_extended_attribute', 'Sets an extended attribute of what is open', {
		description: names,
		arguments: { handle: ['handle', 'an open file or directory'], name, value },
		rights: ['adjust'],
		errors: [...handleErrors, ...nameErrors, 'E2BIG', 'EROFS', 'ENOSPC'],
		mutates: true,
	}),
	call(192, 'handle_list_extended_attributes', 'Lists the names of the extended attributes of what is open', {
		arguments: { handle: ['handle', 'an open file or directory'] },
		result: 'strings',
		errors: [...handleErrors, 'EILSEQ'],
	}),
	call(193, 'handle_remove_extended_attribute', 'Removes an extended attribute of what is open', {
		description: names,
		arguments: { handle: ['handle', 'an open file or directory'], name },
		rights: ['adjust'],
		errors: [...handleErrors, ...nameErrors, 'ENODATA', 'EROFS'],
		mutates: true,
	}),
];
