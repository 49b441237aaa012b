/** The system log. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

export const logCalls: readonly SystemCallDefinition[] = [
	call(99, 'log_write', 'Writes an event to the log of the applications', {
		description:
			'The event is stored a moment later, together with others; a power cut may take the last second of them. Who writes too many is left out and counted.',
		arguments: { level: ['LogLevel', 'how grave'], message: ['string', 'what happened; cut at 8,192 code units'] },
		seeAlso: ['log_record', 'log_query'],
	}),
	call(100, 'log_read', 'Reads events of the system log', {
		description: 'Oldest first. Of the log of security only who may manage it is told.',
		arguments: { after: ['size', 'sequence number after which to read'], limit: ['u32', 'most events'] },
		result: 'LogEvent[]',
		seeAlso: ['log_query', 'log_wait'],
	}),
	call(170, 'log_query', 'Searches the system log', {
		description:
			'It looks through a few thousand events at a time, so a page may be empty although `next` says that there are more.',
		arguments: { query: ['LogQuery', 'which events'] },
		result: 'LogPage',
		seeAlso: ['log_wait', 'log_status'],
	}),
	call(171, 'log_wait', 'Waits for an event', {
		description: 'Replies with the number of the newest event as soon as there is one after `after`.',
		arguments: {
			after: ['size', 'sequence number'],
			timeoutMs: ['u32', 'longest wait; 4,294,967,295 for no limit'],
		},
		result: 'size',
		errors: ['ETIMEDOUT', 'ECANCELED'],
		seeAlso: ['log_query'],
	}),
	call(172, 'log_record', 'Writes an event with a code and fields', {
		description: 'As `log_write`.',
		arguments: {
			level: ['LogLevel', 'how grave'],
			code: ['string', 'what kind of event: at most 64 of `a`–`z`, `0`–`9`, `-` and `.`'],
			message: ['string', 'what happened; cut at 8,192 code units'],
			fields: ['strings', '`NAME=value` each; at most 32 of 1,024 code units'],
		},
		errors: ['EINVAL'],
		seeAlso: ['log_write'],
	}),
	call(173, 'log_clear', 'Removes all events of a log', {
		description: 'It leaves one event in the log of security, which says who did it.',
		arguments: { channel: ['LogChannel', 'the log'] },
		errors: ['EACCES', 'ENOENT', 'EIO', 'ENOSPC'],
		mutates: true,
		seeAlso: ['log_status'],
	}),
	call(174, 'log_status', 'Tells about the system log as a whole', { result: 'LogStatus', seeAlso: ['log_query'] }),
];
