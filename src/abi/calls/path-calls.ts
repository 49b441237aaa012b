/** Paths: each call walks one, and none is left open. */
import { call, changeErrors, type SystemCallDefinition, walkErrors } from '../call-definition.ts';

export const pathCalls: readonly SystemCallDefinition[] = [
	call(48, 'path_stat', 'Tells what stands at a path', {
		arguments: { path: ['path', 'the path'] },
		result: 'Stat',
		errors: [...walkErrors],
	}),
	call(49, 'path_list', 'Lists a directory, a page at a time', {
		arguments: {
			path: ['path', 'the directory'],
			cursor: ['string', '`next` of the page before; empty for the first'],
			limit: ['u32', 'most entries to return, at most 100,000'],
		},
		result: 'DirectoryPage',
		errors: [...walkErrors],
	}),
	call(50, 'path_read', 'Reads a whole file', {
		arguments: { path: ['path', 'the file'], maximum: ['u32', 'refuse a larger one with EFBIG'] },
		result: 'bytes',
		errors: [...walkErrors, 'EISDIR', 'EFBIG'],
		seeAlso: ['path_write', 'file_open'],
	}),
	call(51, 'path_write', 'Writes a whole file in one step', {
		description: 'The file has its old content or all of the new one, never a mixture, whatever happens.',
		arguments: {
			path: ['path', 'the file'],
			data: ['bytes', 'its new content'],
			mode: [
				'CreateMode',
				'`create-new` refuses an existing file; `open` requires one; `append` is EINVAL; the others make or replace',
			],
		},
		errors: [...changeErrors, 'EEXIST', 'EISDIR', 'EFBIG', 'EINVAL', 'EBUSY'],
		mutates: true,
		seeAlso: ['path_read'],
	}),
	call(52, 'path_make_directory', 'Makes a directory', {
		arguments: { path: ['path', 'the new directory; its parent must exist'] },
		errors: [...changeErrors, 'EEXIST'],
		mutates: true,
	}),
	call(53, 'path_unlink', 'Removes a file’s name', {
		description: 'The content goes when no name and no handle is left.',
		arguments: { path: ['path', 'the file'] },
		errors: [...changeErrors, 'EISDIR', 'EBUSY'],
		mutates: true,
		seeAlso: ['path_remove_tree'],
	}),
	call(54, 'path_remove_directory', 'Removes an empty directory', {
		arguments: { path: ['path', 'the directory'] },
		errors: [...changeErrors, 'ENOTEMPTY', 'EBUSY'],
		mutates: true,
	}),
	call(55, 'path_remove_tree', 'Removes a file or a directory with all that is in it, in one step', {
		arguments: { path: ['path', 'what to remove'] },
		errors: [...changeErrors, 'EBUSY'],
		mutates: true,
	}),
	call(56, 'path_rename', 'Moves a file or directory to another name or place', {
		description:
			'One step: it is at the old or at the new path, never at both or neither. With `replace`, an existing file or empty directory at `to` is replaced.',
		arguments: {
			from: ['path', 'what to move'],
			to: ['path', 'its new path'],
			replace: ['boolean', 'replace what is there'],
		},
		errors: [...changeErrors, 'EEXIST', 'EISDIR', 'ENOTEMPTY', 'EINVAL', 'EXDEV', 'EBUSY'],
		mutates: true,
	}),
	call(57, 'path_copy', 'Copies one file without its bytes passing through the caller', {
		arguments: { from: ['path', 'the file'], to: ['path', 'the new file; must not exist'] },
		errors: [...changeErrors, 'EEXIST', 'EISDIR', 'EFBIG', 'EBUSY'],
		mutates: true,
	}),
	call(58, 'path_set_times', 'Sets the modification time', {
		arguments: { path: ['path', 'the file or directory'], modifiedTime: ['time', 'new time'] },
		errors: [...changeErrors],
		mutates: true,
	}),
	call(59, 'path_set_attributes', 'Sets the attribute bits', {
		arguments: { path: ['path', 'the file or directory'], attributes: ['u32', 'bits as in `Stat`'] },
		errors: [...changeErrors],
		mutates: true,
	}),
	call(60, 'path_search', 'Finds files and directories by a part of their name', {
		description: 'Case is ignored. Names that start with the query come first, then by path.',
		arguments: { root: ['path', 'where to look'], query: ['string', 'part of a name'], limit: ['u32', 'most hits'] },
		result: 'SearchHit[]',
		errors: [...walkErrors],
	}),
	call(61, 'path_usage', 'Counts files, directories and bytes below a path', {
		arguments: { path: ['path', 'where to count'] },
		result: 'TreeUsage',
		errors: [...walkErrors],
	}),
	call(62, 'path_resolve', 'Finds the real spelling of a path, ignoring case', {
		description:
			'Each name that does not exist as spelled is looked up without regard to case; the first in order of names wins.',
		arguments: { path: ['path', 'the path'] },
		result: 'string',
		errors: [...walkErrors],
	}),
	call(194, 'path_stat_link', 'Tells what stands at a path, a link at its end itself', {
		description: 'As `path_stat`, but a symbolic link at the end is not followed: what it points to need not exist.',
		arguments: { path: ['path', 'the path'] },
		result: 'Stat',
		errors: [...walkErrors],
		seeAlso: ['path_stat', 'path_read_link'],
	}),
	call(195, 'path_read_link', 'Tells where a symbolic link points', {
		arguments: { path: ['path', 'the link'] },
		result: 'string',
		errors: [...walkErrors, 'EINVAL'],
		seeAlso: ['path_make_link'],
	}),
	call(196, 'path_make_link', 'Makes a symbolic link', {
		description:
			'The target is kept as it is and looked for when the link is followed, from the folder that the link stands in. An absolute one is followed by those only who may walk from the root.',
		arguments: { path: ['path', 'the new link'], target: ['path', 'where it points; it need not exist'] },
		errors: [...changeErrors, 'EEXIST'],
		mutates: true,
		seeAlso: ['path_read_link', 'at_make_link'],
	}),
];
