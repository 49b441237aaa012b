/**
 * The system calls: the contract between programs and the kernel.
 *
 * Rules of use:
 * - This table is the source. `npm run generate` makes from it the client (`runtime/system-calls.generated.ts`),
 *   the gate's validation (`kernel/gate.generated.ts`) and the reference pages (`docs/syscalls/`).
 * - A number never changes and is never reused; a call that goes leaves a gap.
 * - `mutates: true` says that the reply is sent only after the change is on stable storage.
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

function call(
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

const walkErrors = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EACCES', 'EILSEQ', 'ELOOP'] as const;
const changeErrors = [...walkErrors, 'EROFS', 'ENOSPC'] as const;
const handleErrors = ['EBADF', 'EACCES'] as const;
/** Of a walk from a directory's handle: EPERM says that the path leads out of it. */
const beneathErrors = [...walkErrors, 'EBADF', 'EPERM'] as const;
const beneathChangeErrors = [...beneathErrors, 'EROFS', 'ENOSPC'] as const;

export const systemCalls: readonly SystemCallDefinition[] = [
	// Processes
	call(1, 'process_self', 'Tells the caller who it is', { result: 'ProcessStart', seeAlso: ['process_list'] }),
	call(2, 'process_list', 'Lists all processes', {
		result: 'ProcessInfo[]',
		seeAlso: ['process_self', 'process_kill'],
	}),
	call(3, 'process_spawn', 'Starts a program as a new process', {
		description:
			'Starts the program `program` of the system (`sh`, `notepad`, …). Handles named in `options` are duplicated into the new process; the caller keeps its own.',
		arguments: {
			program: ['string', 'name of the program'],
			options: ['SpawnOptions', 'what the new process is given'],
		},
		result: 'pid',
		errors: ['ENOENT', 'EBADF', 'EAGAIN'],
		seeAlso: ['process_wait', 'process_kill'],
	}),
	call(4, 'process_wait', 'Waits until a process has ended', {
		description:
			'Replies when the process has ended; at once when it has ended already. Its status is kept for its parent until asked for, or until 256 later processes have ended.',
		arguments: { pid: ['pid', 'the process'] },
		result: 'ExitStatus',
		errors: ['ESRCH'],
		seeAlso: ['process_spawn'],
	}),
	call(5, 'process_kill', 'Asks or forces a process to end', {
		description:
			'`interrupt` and `terminate` are delivered to the process, which may clean up or refuse; `kill` ends it at once and releases all it held.',
		arguments: { pid: ['pid', 'the process'], signal: ['Signal', 'how'] },
		errors: ['ESRCH', 'EPERM'],
		seeAlso: ['process_wait'],
	}),
	call(6, 'process_exit', 'Ends the calling process', { arguments: { code: ['u32', 'exit code, 0 to 255'] } }),
	call(7, 'process_set_title', 'Says what the process is doing', {
		arguments: { title: ['string', 'shown by Task Manager'] },
	}),

	// Handles and streams
	call(16, 'handle_close', 'Closes a handle', { arguments: { handle: ['handle', 'the handle'] }, errors: ['EBADF'] }),
	call(17, 'handle_duplicate', 'Makes a second handle with the same or fewer rights', {
		arguments: {
			handle: ['handle', 'the handle'],
			rights: ['u32', 'rights to keep; those the handle lacks are refused'],
		},
		result: 'handle',
		errors: ['EBADF', 'EACCES', 'EMFILE'],
	}),
	call(18, 'stream_read', 'Reads the next bytes of a stream', {
		description:
			'From a file: at its position, which moves on. From a pipe: waits until there is something; an empty result says that no writer is left.',
		arguments: { handle: ['handle', 'pipe end or file'], maximum: ['u32', 'most bytes to return'] },
		result: 'bytes',
		rights: ['read'],
		errors: [...handleErrors, 'EIO', 'EILSEQ'],
		seeAlso: ['stream_write', 'pipe_create'],
	}),
	call(19, 'stream_write', 'Writes bytes to a stream', {
		description:
			'To a file: at its position, or at its end when opened for appending. To a pipe: replies when all bytes are taken.',
		arguments: { handle: ['handle', 'pipe end or file'], data: ['bytes', 'the bytes'] },
		rights: ['write'],
		errors: [...handleErrors, 'EPIPE', 'ENOSPC', 'EROFS', 'EFBIG'],
		mutates: true,
		seeAlso: ['stream_read'],
	}),
	call(20, 'pipe_create', 'Makes a pipe', {
		result: 'PipeEnds',
		errors: ['EMFILE'],
		seeAlso: ['stream_read', 'stream_write'],
	}),

	call(21, 'stream_seek', 'Moves the position of a stream', {
		description: 'The next `stream_read` or `stream_write` of any handle to the same open file starts there.',
		arguments: {
			handle: ['handle', 'a file'],
			offset: ['offset', 'bytes from the origin'],
			origin: ['SeekOrigin', 'where to count from'],
		},
		result: 'size',
		errors: [...handleErrors, 'ESPIPE', 'EINVAL'],
		seeAlso: ['stream_read', 'stream_write'],
	}),
	call(22, 'stream_poll', 'Waits until one of several streams can be read or written', {
		description:
			'Files and devices are always ready. Replies with the places in `readers`, then those in `writers` counted on, that are ready; with none when the time has passed.',
		arguments: {
			readers: ['handle[]', 'streams to read from'],
			writers: ['handle[]', 'streams to write to'],
			timeoutMs: ['time', 'longest wait; negative for no limit'],
		},
		result: 'u32[]',
		errors: [...handleErrors],
	}),

	// Open files
	call(32, 'file_open', 'Opens a file', {
		arguments: {
			path: ['path', 'the file'],
			mode: ['CreateMode', 'what to do when it exists or not; `replace` empties it'],
			rights: ['u32', 'rights wanted: read, write'],
		},
		result: 'handle',
		errors: [...changeErrors, 'EEXIST', 'EISDIR', 'EMFILE'],
		mutates: true,
		seeAlso: ['file_read', 'file_write', 'handle_close'],
	}),
	call(33, 'file_read', 'Reads bytes at an offset', {
		arguments: {
			handle: ['handle', 'an open file'],
			offset: ['size', 'first byte'],
			length: ['u32', 'most bytes to return, at most 64 MiB'],
		},
		result: 'bytes',
		rights: ['read'],
		errors: [...handleErrors, 'ESPIPE', 'EILSEQ', 'EIO'],
	}),
	call(34, 'file_write', 'Writes bytes at an offset', {
		arguments: { handle: ['handle', 'an open file'], offset: ['size', 'first byte'], data: ['bytes', 'the bytes'] },
		rights: ['write'],
		errors: [...handleErrors, 'ESPIPE', 'ENOSPC', 'EROFS', 'EFBIG'],
		mutates: true,
	}),
	call(35, 'file_truncate', 'Sets the size of a file', {
		arguments: { handle: ['handle', 'an open file'], size: ['size', 'new size; new bytes are zero'] },
		rights: ['write'],
		errors: [...handleErrors, 'ENOSPC', 'EROFS', 'EFBIG'],
		mutates: true,
	}),
	call(36, 'file_stat', 'Tells what an open file is', {
		arguments: { handle: ['handle', 'an open file'] },
		result: 'Stat',
		errors: ['EBADF'],
	}),

	call(37, 'file_append', 'Writes bytes at the end of a file', {
		description:
			'Where the end is and the writing are one step: what several programs append stands one after the other.',
		arguments: { handle: ['handle', 'an open file'], data: ['bytes', 'the bytes'] },
		result: 'size',
		rights: ['write'],
		errors: [...handleErrors, 'ESPIPE', 'ENOSPC', 'EROFS', 'EFBIG'],
		mutates: true,
	}),

	call(38, 'file_fill', 'Reads pages of a file into memory that the caller shares with the kernel', {
		description: 'For files that the caller keeps itself (`OpenedNode.slot`): see `abi/file-memory.ts`.',
		arguments: {
			handle: ['handle', 'a file that is kept'],
			page: ['u32', 'the first page'],
			frames: ['u32[]', 'frames to fill, one for each page'],
		},
		result: 'size',
		rights: ['read'],
		errors: [...handleErrors, 'EINVAL', 'EILSEQ', 'EIO'],
	}),
	call(39, 'file_flush', 'Hands over what the caller has written to a file that it keeps itself', {
		description: 'Also tells what went wrong with what was handed over before.',
		arguments: { handle: ['handle', 'an open file'] },
		errors: ['EBADF', 'EIO', 'ENOSPC', 'EFBIG'],
		mutates: true,
		seeAlso: ['file_sync'],
	}),

	// Paths
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
		errors: [...changeErrors, 'EEXIST', 'EISDIR', 'EFBIG', 'EINVAL'],
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
		errors: [...changeErrors, 'EEXIST', 'EISDIR', 'EFBIG'],
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

	// Directory handles: what a program reaches by one stands below it
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
			'Flags: 1 make a file when there is none, 2 with 1 refuse what exists, 4 empty it, 8 refuse what is no directory, 16 follow a link at the end, 32 streams write at the end.',
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
		description: 'The file is lengthened with zeros when it ends before the part does; it is never shortened.',
		arguments: {
			handle: ['handle', 'an open file'],
			offset: ['size', 'where the part begins'],
			length: ['size', 'bytes of it'],
		},
		rights: ['write'],
		errors: [...handleErrors, 'ESPIPE', 'ENOSPC', 'EROFS', 'EFBIG', 'EINVAL'],
		mutates: true,
	}),

	// Watches and events
	call(72, 'watch_open', 'Watches a directory for changes', {
		arguments: { path: ['path', 'the directory'], recursive: ['boolean', 'everything below it too'] },
		result: 'handle',
		errors: [...walkErrors, 'EMFILE'],
		seeAlso: ['watch_read', 'handle_close'],
	}),
	call(73, 'watch_read', 'Waits for changes', {
		description:
			'Replies with all changes since the last call, waiting when there are none. Closing the handle ends the wait with ECANCELED.',
		arguments: { handle: ['handle', 'a watch'] },
		result: 'Change[]',
		rights: ['wait'],
		errors: [...handleErrors, 'ECANCELED'],
	}),
	call(74, 'event_create', 'Makes an event object', {
		arguments: { set: ['boolean', 'whether it is set from the start'] },
		result: 'handle',
		errors: ['EMFILE'],
		seeAlso: ['event_set', 'event_wait'],
	}),
	call(75, 'event_set', 'Sets or resets an event', {
		arguments: { handle: ['handle', 'an event'], set: ['boolean', 'true wakes all who wait; it stays set'] },
		rights: ['signal'],
		errors: [...handleErrors],
	}),
	call(76, 'event_wait', 'Waits until an event is set', {
		arguments: { handle: ['handle', 'an event'], timeoutMs: ['u32', 'longest wait; 4,294,967,295 for no limit'] },
		rights: ['wait'],
		errors: [...handleErrors, 'ETIMEDOUT', 'ECANCELED'],
	}),

	// The system
	call(96, 'system_info', 'Tells about the running system', { result: 'SystemInfo' }),
	call(97, 'volume_status', 'Tells about the system volume', { result: 'VolumeStatus' }),
	call(98, 'volume_check', 'Reads the whole volume and verifies every checksum', {
		description: 'Returns the paths whose bytes are damaged; an empty list says that all is well.',
		result: 'strings',
	}),
	call(99, 'log_write', 'Writes an event to the system log', {
		arguments: { level: ['LogLevel', 'how grave'], message: ['string', 'what happened'] },
	}),
	call(100, 'log_read', 'Reads events of the system log', {
		arguments: { after: ['size', 'sequence number after which to read'], limit: ['u32', 'most events'] },
		result: 'LogEvent[]',
	}),
];
