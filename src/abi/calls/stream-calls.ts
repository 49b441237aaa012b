/** Handles, streams and pipes. */
import { call, handleErrors, type SystemCallDefinition } from '../call-definition.ts';

export const streamCalls: readonly SystemCallDefinition[] = [
	call(16, 'handle_close', 'Closes a handle', {
		description:
			'It is closed whatever is answered. An error other than EBADF says that what the caller had written to a file that it keeps itself could not be stored.',
		arguments: { handle: ['handle', 'the handle'] },
		errors: ['EBADF', 'EIO', 'ENOSPC', 'EFBIG'],
	}),
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
		errors: [...handleErrors, 'EIO', 'EILSEQ', 'ECANCELED'],
		seeAlso: ['stream_write', 'pipe_create'],
	}),
	call(19, 'stream_write', 'Writes bytes to a stream', {
		description:
			'To a file: at its position, or at its end when opened for appending. To a pipe: replies when all bytes are taken.',
		arguments: { handle: ['handle', 'pipe end or file'], data: ['bytes', 'the bytes'] },
		rights: ['write'],
		errors: [...handleErrors, 'EPIPE', 'ENOSPC', 'EROFS', 'EFBIG', 'ECANCELED', 'EIO'],
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
		errors: [...handleErrors, 'ECANCELED'],
	}),
	call(159, 'stream_read_line', 'Reads the next line of a stream, and nothing behind it', {
		description:
			'As `stream_read`, but ends behind the first line feed. A result without one is a part of a line, or what stands at the end.',
		arguments: { handle: ['handle', 'pipe end, terminal or file'], maximum: ['u32', 'most bytes to return'] },
		result: 'bytes',
		rights: ['read'],
		errors: [...handleErrors, 'EIO', 'EILSEQ', 'ECANCELED'],
		seeAlso: ['stream_read'],
	}),
];
