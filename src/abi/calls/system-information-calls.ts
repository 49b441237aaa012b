/** The system itself: itself and its volume. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

export const systemInformationCalls: readonly SystemCallDefinition[] = [
	call(96, 'system_info', 'Tells about the running system', { result: 'SystemInfo' }),
	call(97, 'volume_status', 'Tells about the system volume', { result: 'VolumeStatus' }),
	call(98, 'volume_check', 'Reads the whole volume and verifies every checksum', {
		description: 'Returns the paths whose bytes are damaged; an empty list says that all is well.',
		result: 'strings',
	}),
];
