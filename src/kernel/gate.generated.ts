// Generated from src/abi by `npm run generate`. Do not edit.

import { is } from './scalar-checks.ts';

export interface CallShape {
	readonly name: string;
	/** Name of the first argument that does not fit the contract, or `undefined`. */
	readonly findBadArgument: (values: readonly unknown[]) => string | undefined;
	/** Rights the first argument, a handle, must carry, as bits. */
	readonly rights: number;
	readonly mutates: boolean;
}

const valuesCreateMode = new Set<unknown>(['open', 'open-or-create', 'create-new', 'replace', 'append']);
const valuesSignal = new Set<unknown>(['interrupt', 'terminate', 'kill']);
const valuesLogLevel = new Set<unknown>(['debug', 'information', 'warning', 'error']);
function isSpawnOptions(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return false;
	const record = value as Record<string, unknown>;
	return is.strings(record.arguments) && is.strings(record.environment) && is.string(record.workingDirectory) && (record.standardInput === undefined || is.handle(record.standardInput)) && (record.standardOutput === undefined || is.handle(record.standardOutput)) && (record.standardError === undefined || is.handle(record.standardError));
}

export const callShapes: ReadonlyMap<number, CallShape> = new Map<number, CallShape>([
	[1, {
		name: 'process_self',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[2, {
		name: 'process_list',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[3, {
		name: 'process_spawn',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.string(values[0])) return 'program';
			if (!isSpawnOptions(values[1])) return 'options';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[4, {
		name: 'process_wait',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.pid(values[0])) return 'pid';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[5, {
		name: 'process_kill',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.pid(values[0])) return 'pid';
			if (!valuesSignal.has(values[1])) return 'signal';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[6, {
		name: 'process_exit',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.u32(values[0])) return 'code';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[7, {
		name: 'process_set_title',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.string(values[0])) return 'title';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[16, {
		name: 'handle_close',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[17, {
		name: 'handle_duplicate',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'rights';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[18, {
		name: 'stream_read',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'maximum';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[19, {
		name: 'stream_write',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.bytes(values[1])) return 'data';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[20, {
		name: 'pipe_create',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[32, {
		name: 'file_open',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!valuesCreateMode.has(values[1])) return 'mode';
			if (!is.u32(values[2])) return 'rights';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[33, {
		name: 'file_read',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.u32(values[2])) return 'length';
			return undefined;
		},
		rights: 1,
		mutates: false,
	}],
	[34, {
		name: 'file_write',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'offset';
			if (!is.bytes(values[2])) return 'data';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[35, {
		name: 'file_truncate',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.size(values[1])) return 'size';
			return undefined;
		},
		rights: 2,
		mutates: true,
	}],
	[36, {
		name: 'file_stat',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[48, {
		name: 'path_stat',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[49, {
		name: 'path_list',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.string(values[1])) return 'cursor';
			if (!is.u32(values[2])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[50, {
		name: 'path_read',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.u32(values[1])) return 'maximum';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[51, {
		name: 'path_write',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.bytes(values[1])) return 'data';
			if (!valuesCreateMode.has(values[2])) return 'mode';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[52, {
		name: 'path_make_directory',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[53, {
		name: 'path_unlink',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[54, {
		name: 'path_remove_directory',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[55, {
		name: 'path_remove_tree',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[56, {
		name: 'path_rename',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'from';
			if (!is.path(values[1])) return 'to';
			if (!is.boolean(values[2])) return 'replace';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[57, {
		name: 'path_copy',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'from';
			if (!is.path(values[1])) return 'to';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[58, {
		name: 'path_set_times',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.time(values[1])) return 'modifiedTime';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[59, {
		name: 'path_set_attributes',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.u32(values[1])) return 'attributes';
			return undefined;
		},
		rights: 0,
		mutates: true,
	}],
	[60, {
		name: 'path_search',
		findBadArgument(values) {
			if (values.length !== 3) return 'number of arguments';
			if (!is.path(values[0])) return 'root';
			if (!is.string(values[1])) return 'query';
			if (!is.u32(values[2])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[61, {
		name: 'path_usage',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[62, {
		name: 'path_resolve',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[72, {
		name: 'watch_open',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.path(values[0])) return 'path';
			if (!is.boolean(values[1])) return 'recursive';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[73, {
		name: 'watch_read',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			return undefined;
		},
		rights: 8,
		mutates: false,
	}],
	[74, {
		name: 'event_create',
		findBadArgument(values) {
			if (values.length !== 1) return 'number of arguments';
			if (!is.boolean(values[0])) return 'set';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[75, {
		name: 'event_set',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.boolean(values[1])) return 'set';
			return undefined;
		},
		rights: 16,
		mutates: false,
	}],
	[76, {
		name: 'event_wait',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.handle(values[0])) return 'handle';
			if (!is.u32(values[1])) return 'timeoutMs';
			return undefined;
		},
		rights: 8,
		mutates: false,
	}],
	[96, {
		name: 'system_info',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[97, {
		name: 'volume_status',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[98, {
		name: 'volume_check',
		findBadArgument(values) {
			if (values.length !== 0) return 'number of arguments';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[99, {
		name: 'log_write',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!valuesLogLevel.has(values[0])) return 'level';
			if (!is.string(values[1])) return 'message';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
	[100, {
		name: 'log_read',
		findBadArgument(values) {
			if (values.length !== 2) return 'number of arguments';
			if (!is.size(values[0])) return 'after';
			if (!is.u32(values[1])) return 'limit';
			return undefined;
		},
		rights: 0,
		mutates: false,
	}],
]);
