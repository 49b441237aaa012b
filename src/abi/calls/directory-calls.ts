/** Directory handles: what a program reaches by one stands below it. */
import {
	beneathChangeErrors,
	beneathErrors,
	call,
	handleErrors,
	type SystemCallDefinition,
	walkErrors,
} from '../call-definition.ts';

export const directoryCalls: readonly SystemCallDefinition[] = [
	call(112, 'directory_open', 'Opens a directory', {
		description: 'By its handle a program reaches what stands below it (`at_open` and its kin), and nothing else.',
		arguments: {
			path: ['path', 'the directory'],
			rights: ['u32', 'rights wanted, for it and all below it'],
		},
		result: 'handle',
		errors: [...walkErrors, 'EMFILE', 'EINVAL', 'EROFS'],
		seeAlso: ['at_open', 'directory_read', 'handle_close'],
	}),
	call(113, 'directory_read', 'Reads entries of an open directory', {
		arguments: {
			handle: ['handle', 'an open directory'],
			cursor: ['string', '`next` of the run before; empty for the first'],
			limit: ['u32', 'most entries to return, at most 100,000'],
		},
		result: 'DirectoryEntries',
		rights: ['list'],
		errors: [...handleErrors, 'EINVAL'],
	}),
	call(114, 'at_open', 'Opens what stands below a directory', {
		description:
			'Flags: 1 make a file when there is none, 2 with 1 refuse what exists, 4 empty it, 8 refuse what is no directory, 16 follow a link at the end, 32 streams write at the end, 64 back up or restore: the privileges for that count too.',
		arguments: {
			directory: ['handle', 'an open directory'],
			path: ['path', 'relative to it'],
			flags: ['u32', 'bits'],
			rights: ['u32', 'rights wanted; those the directory’s handle lacks are refused'],
		},
		result: 'OpenedNode',
		rights: ['walk'],
		errors: [...beneathChangeErrors, 'EEXIST', 'EISDIR', 'EMFILE', 'EINVAL'],
		mutates: true,
		seeAlso: ['directory_open', 'file_read', 'file_write', 'handle_close'],
	}),
	call(115, 'at_status', 'Tells what stands below a directory', {
		arguments: {
			directory: ['handle', 'an open directory'],
			path: ['path', 'relative to it'],
			follow: ['boolean', 'whether a link at the end is followed'],
		},
		result: 'NodeStatus',
		rights: ['walk'],
		errors: [...beneathErrors],
		seeAlso: ['handle_status'],
	}),
	call(116, 'at_make_directory', 'Makes a directory below a directory', {
		arguments: { directory: ['handle', 'an open directory'], path: ['path', 'relative to it; its parent must exist'] },
		rights: ['create'],
		errors: [...beneathChangeErrors, 'EEXIST'],
		mutates: true,
	}),
	call(117, 'at_make_link', 'Makes a symbolic link below a directory', {
		arguments: {
			directory: ['handle', 'an open directory'],
			path: ['path', 'of the link, relative to the directory'],
			target: ['path', 'where it leads, seen from the folder it stands in'],
		},
		rights: ['create'],
		errors: [...beneathChangeErrors, 'EEXIST'],
		mutates: true,
		seeAlso: ['at_read_link'],
	}),
	call(118, 'at_read_link', 'Tells where a symbolic link leads', {
		arguments: { directory: ['handle', 'an open directory'], path: ['path', 'of the link, relative to the directory'] },
		result: 'string',
		rights: ['walk'],
		errors: [...beneathErrors, 'EINVAL'],
	}),
	call(119, 'at_add_name', 'Gives a file a second name', {
		description:
			'A hard link: both names stand for the same file. `follow` follows a symbolic link at the end of `path`.',
		arguments: {
			directory: ['handle', 'an open directory'],
			path: ['path', 'of the file, relative to the directory'],
			follow: ['boolean', 'whether a link at the end is followed'],
			toDirectory: ['handle', 'an open directory, with the right `create`'],
			toPath: ['path', 'the new name, relative to `toDirectory`'],
		},
		rights: ['walk'],
		errors: [...beneathChangeErrors, 'EEXIST', 'EXDEV'],
		mutates: true,
	}),
	call(120, 'at_unlink', 'Removes the name of a file or link below a directory', {
		description: 'The content goes when no name and no handle is left.',
		arguments: { directory: ['handle', 'an open directory'], path: ['path', 'relative to it'] },
		rights: ['remove'],
		errors: [...beneathChangeErrors, 'EISDIR', 'EBUSY'],
		mutates: true,
	}),
	call(121, 'at_remove_directory', 'Removes an empty directory below a directory', {
		arguments: { directory: ['handle', 'an open directory'], path: ['path', 'relative to it'] },
		rights: ['remove'],
		errors: [...beneathChangeErrors, 'ENOTEMPTY', 'EBUSY', 'EINVAL'],
		mutates: true,
	}),
	call(122, 'at_rename', 'Moves what stands below a directory', {
		description: 'As `path_rename` with `replace`.',
		arguments: {
			directory: ['handle', 'an open directory'],
			path: ['path', 'what to move, relative to it'],
			toDirectory: ['handle', 'an open directory, with the right `create`'],
			toPath: ['path', 'its new path, relative to `toDirectory`'],
		},
		rights: ['remove'],
		errors: [...beneathChangeErrors, 'EEXIST', 'EISDIR', 'ENOTEMPTY', 'EINVAL', 'EXDEV', 'EBUSY'],
		mutates: true,
	}),
	call(123, 'at_set_times', 'Sets the times of what stands below a directory', {
		arguments: {
			directory: ['handle', 'an open directory'],
			path: ['path', 'relative to it'],
			follow: ['boolean', 'whether a link at the end is followed'],
			accessedTime: ['ns?', 'new time of access; absent: it stays'],
			modifiedTime: ['ns?', 'new time of change; absent: it stays'],
		},
		rights: ['adjust'],
		errors: [...beneathChangeErrors],
		mutates: true,
	}),
	call(124, 'handle_status', 'Tells what a handle points to', {
		arguments: { handle: ['handle', 'an open file or directory'] },
		result: 'NodeStatus',
		errors: ['EBADF'],
	}),
	call(125, 'handle_kind', 'Tells what sort of thing a handle points to', {
		arguments: { handle: ['handle', 'a handle'] },
		result: 'ObjectKind',
		errors: ['EBADF'],
	}),
	call(126, 'handle_set_times', 'Sets the times of an open file or directory', {
		arguments: {
			handle: ['handle', 'an open file or directory'],
			accessedTime: ['ns?', 'new time of access; absent: it stays'],
			modifiedTime: ['ns?', 'new time of change; absent: it stays'],
		},
		rights: ['adjust'],
		errors: [...handleErrors, 'EROFS'],
		mutates: true,
	}),
	call(127, 'file_sync', 'Waits until all that was written to a file is durable', {
		arguments: { handle: ['handle', 'an open file or directory'] },
		errors: ['EBADF', 'EIO', 'ENOSPC'],
		mutates: true,
	}),
	call(128, 'file_allocate', 'Makes sure that a part of a file has room', {
		description:
			'Holes in the part are stored as zeros, and the file is lengthened when it ends before the part does; it is never shortened. More than 64 MiB in one call is ENOTSUP: a program can go on without.',
		arguments: {
			handle: ['handle', 'an open file'],
			offset: ['size', 'where the part begins'],
			length: ['size', 'bytes of it'],
		},
		rights: ['write'],
		errors: [...handleErrors, 'ESPIPE', 'ENOSPC', 'EROFS', 'EFBIG', 'EINVAL', 'ENOTSUP'],
		mutates: true,
	}),
];
