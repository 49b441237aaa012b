/** Watches and events. */
import { call, handleErrors, type SystemCallDefinition, walkErrors } from '../call-definition.ts';

export const watchCalls: readonly SystemCallDefinition[] = [
	call(72, 'watch_open', 'Watches a directory for changes', {
		arguments: { path: ['path', 'the directory'], recursive: ['boolean', 'everything below it too'] },
		result: 'handle',
		errors: [...walkErrors, 'EMFILE'],
		seeAlso: ['watch_read', 'handle_close'],
	}),
	call(183, 'directory_watch', 'Watches the directory of a handle for changes', {
		description:
			'As `watch_open`, but the paths that are told count from the directory, and an empty one is the directory itself. It stays on the directory when that is moved.',
		arguments: { handle: ['handle', 'a directory'], recursive: ['boolean', 'everything below it too'] },
		result: 'handle',
		rights: ['list'],
		errors: [...handleErrors, 'ENOTDIR', 'ENOTSUP', 'EMFILE'],
		seeAlso: ['watch_open', 'watch_read'],
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
];
