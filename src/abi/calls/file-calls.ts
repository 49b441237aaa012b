/** Open files. */
import { call, changeErrors, handleErrors, type SystemCallDefinition } from '../call-definition.ts';

export const fileCalls: readonly SystemCallDefinition[] = [
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
		errors: [...handleErrors, 'ESPIPE', 'ENOSPC', 'EROFS', 'EFBIG'],
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
	call(188, 'file_clear', 'Makes a part of a file zero and gives up its room', {
		description:
			'The size stays: what lies beyond the end is left alone. Room comes back in pieces of 65,536 bytes; a folder of the host (`vitrine run --dir`) keeps it.',
		arguments: {
			handle: ['handle', 'an open file'],
			offset: ['size', 'where the part begins'],
			length: ['size', 'bytes of it'],
		},
		rights: ['write'],
		errors: [...handleErrors, 'ESPIPE', 'EROFS', 'EINVAL', 'ENOSPC', 'ENOTSUP'],
		mutates: true,
		seeAlso: ['file_allocate', 'file_find_data'],
	}),
	call(189, 'file_find_data', 'Finds the next part of a file that is stored', {
		description:
			'What lies between such parts is a hole: it reads as zeros and takes no room. The answer has one part, from `offset` on, or none when only a hole follows.',
		arguments: { handle: ['handle', 'an open file'], offset: ['size', 'where to look from'] },
		result: 'FileRange[]',
		rights: ['read'],
		errors: [...handleErrors, 'ESPIPE', 'EILSEQ', 'ENOTSUP'],
		seeAlso: ['file_clear'],
	}),
];
