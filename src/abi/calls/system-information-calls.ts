/** The system itself: its volume and its log. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

export const systemInformationCalls: readonly SystemCallDefinition[] = [
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
