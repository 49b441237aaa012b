/**
 * The small type language of the contract, and the structures that cross the gate.
 *
 * A structure crosses as a plain object with exactly these fields; an optional field may be absent. Byte arrays
 * are `Uint8Array` over memory that is not shared. Times are milliseconds since 1970-01-01T00:00Z; sizes and
 * offsets are bytes, whole numbers below 2^53.
 */

import { accountEnums, accountStructs } from './account-types.ts';
import { encryptionEnums, encryptionStructs } from './encryption-types.ts';
import { pcApplianceStructs } from './pc-appliance-types.ts';
import { pcDiskEnums, pcDiskStructs } from './pc-disk-types.ts';
import { pcDriveStructs } from './pc-drive-types.ts';
import { pcEnums, pcStructs } from './pc-types.ts';
import { pcUpdateEnums, pcUpdateStructs } from './pc-update-types.ts';
import { processEnums, processStructs } from './process-types.ts';
import { securityEnums, securityStructs } from './security-types.ts';
import { versionEnums, versionStructs } from './version-types.ts';
import { volumeEnums, volumeStructs } from './volume-types.ts';

/** A scalar, a structure's name, an array of one (`T[]`), or an optional one (`T?`). */
export type TypeName = string;

export const scalarTypes = {
	boolean: 'true or false',
	u32: 'a whole number from 0 to 4,294,967,295',
	size: 'a count or offset in bytes, a whole number from 0 to 2^53 - 1',
	time: 'milliseconds since 1970-01-01T00:00Z, a finite number',
	real: 'a finite number',
	offset: 'a number of bytes to either side, a whole number between -2^53 and 2^53',
	ns: 'nanoseconds since 1970-01-01T00:00Z, a bigint from 0 to 2^63 - 1',
	string: 'Unicode text of at most 1,048,576 UTF-16 code units',
	path: 'an absolute path, or one relative to the working directory of the process, of at most 32,767 code units',
	bytes: 'a Uint8Array of at most 67,108,864 bytes, not over shared memory',
	handle: 'a handle of the calling process',
	pid: 'a process identifier',
	// Columns of a directory page: one typed array a field, so that 100,000 entries cost three transfers.
	u8column: 'a Uint8Array, one element an entry',
	f64column: 'a Float64Array, one element an entry',
	strings: 'an array of strings',
} as const;

export type ScalarType = keyof typeof scalarTypes;

export interface EnumDefinition {
	readonly summary: string;
	readonly values: readonly string[];
}

export const enums = {
	NodeKind: {
		summary: 'What a directory entry is; `link` is a symbolic link.',
		values: ['file', 'directory', 'link', 'device'],
	},
	ObjectKind: {
		summary: 'What a handle points to.',
		values: ['file', 'directory', 'device', 'pipe', 'terminal', 'watch', 'event'],
	},
	CreateMode: {
		summary:
			'What to do about a file that exists: require it, open it or make it, insist on a new one, empty it, or open or make it so that streams write at its end (`file_open` only).',
		values: ['open', 'open-or-create', 'create-new', 'replace', 'append'],
	},
	LockKind: {
		summary: 'How much a lock keeps out: `shared` every exclusive one, `exclusive` every other.',
		values: ['shared', 'exclusive'],
	},
	SeekOrigin: { summary: 'Where an offset is counted from.', values: ['start', 'position', 'end'] },
	ChangeKind: {
		summary: 'What happened to a watched path; `overflow` means that changes were dropped: read the folder again.',
		values: ['created', 'changed', 'removed', 'overflow'],
	},
	SettingType: {
		summary: 'What a setting holds; an integer lies between -2^53 and 2^53.',
		values: ['boolean', 'integer', 'real', 'string', 'strings', 'bytes'],
	},
	SettingSource: {
		summary: 'Where the value that holds comes from; each goes before those named before it.',
		values: ['default', 'machine', 'user', 'user-policy', 'machine-policy'],
	},
	SettingScope: {
		summary: 'Whether each user may have a value of a setting, or the machine has one.',
		values: ['machine', 'user'],
	},
	...processEnums,
	...securityEnums,
	...encryptionEnums,
	...volumeEnums,
	...versionEnums,
	...accountEnums,
	...pcDiskEnums,
	...pcEnums,
	...pcUpdateEnums,
	ServiceState: {
		summary:
			'Where a service is in its life; `waiting` for its next start after a failure, `failed` when there will be none.',
		values: ['stopped', 'starting', 'running', 'stopping', 'waiting', 'failed'],
	},
	ServiceStart: {
		summary: 'When a service starts: with the system, some time after it, when asked, or not at all.',
		values: ['automatic', 'delayed', 'manual', 'disabled'],
	},
	LogChannel: {
		summary:
			'Which log an event stands in. Each has room of its own, so that one that is flooded pushes nothing out of another.',
		values: ['system', 'security', 'application'],
	},
	LogLevel: {
		summary: 'How grave an event is; `debug` is not stored.',
		values: ['debug', 'information', 'warning', 'error'],
	},
} as const satisfies Record<string, EnumDefinition>;

export interface StructDefinition {
	readonly summary: string;
	readonly fields: Readonly<Record<string, { readonly type: TypeName; readonly summary: string }>>;
}

export const structs = {
	Stat: {
		summary: 'What the system knows of a file or directory.',
		fields: {
			inode: { type: 'size', summary: 'number of the inode, unique in its file system' },
			kind: { type: 'NodeKind', summary: 'file or directory' },
			size: { type: 'size', summary: 'bytes of content; 0 for a directory' },
			links: { type: 'u32', summary: 'names that point to it' },
			attributes: {
				type: 'u32',
				summary:
					'bits: 1 read-only, 2 hidden, 4 system; of a directory, 8: names in it are found, and are taken, whatever their case',
			},
			modifiedTime: { type: 'time', summary: 'last change of the content' },
			changedTime: { type: 'time', summary: 'last change of the inode' },
			createdTime: { type: 'time', summary: 'creation' },
		},
	},
	DirectoryPage: {
		summary: 'A run of directory entries in the order of their names, in columns of equal length.',
		fields: {
			names: { type: 'strings', summary: 'names' },
			kinds: { type: 'u8column', summary: '0 file, 1 directory, 2 symbolic link, 3 device' },
			attributes: { type: 'u8column', summary: 'attribute bits as in `Stat`' },
			sizes: { type: 'f64column', summary: 'bytes of content' },
			modifiedTimes: { type: 'f64column', summary: 'last change of the content' },
			inodes: { type: 'f64column', summary: 'inode numbers' },
			next: { type: 'string', summary: 'cursor of the next page; empty at the end' },
		},
	},
	NodeStatus: {
		summary: 'What the system knows of what stands at a path, with its times to the nanosecond.',
		fields: {
			device: { type: 'size', summary: 'number of the file system, unique while the system runs' },
			inode: { type: 'size', summary: 'number of the inode, unique in its file system' },
			kind: { type: 'NodeKind', summary: 'file, directory, symbolic link or device' },
			size: { type: 'size', summary: 'bytes of content; of a link, of its target in UTF-8' },
			links: { type: 'u32', summary: 'names that point to it' },
			accessedTime: { type: 'ns', summary: 'last time it was said to be read' },
			modifiedTime: { type: 'ns', summary: 'last change of the content' },
			changedTime: { type: 'ns', summary: 'last change of the inode' },
		},
	},
	OpenedNode: {
		summary: 'What `at_open` has opened.',
		fields: {
			handle: { type: 'handle', summary: 'the new handle' },
			kind: { type: 'NodeKind', summary: 'file, directory or device' },
			slot: { type: 'u32?', summary: 'where the caller may keep pages of the file; absent: nowhere' },
		},
	},
	DirectoryEntries: {
		summary: 'A run of directory entries in the order of their names, in columns of equal length.',
		fields: {
			names: { type: 'strings', summary: 'names' },
			kinds: { type: 'u8column', summary: '0 file, 1 directory, 2 symbolic link, 3 device' },
			inodes: { type: 'f64column', summary: 'inode numbers' },
			next: { type: 'string', summary: 'cursor of the next run; empty at the end' },
		},
	},
	FileLock: {
		summary: 'A locked part of a file.',
		fields: {
			kind: { type: 'LockKind', summary: 'shared or exclusive' },
			offset: { type: 'size', summary: 'where it begins' },
			length: { type: 'size', summary: 'bytes of it; 0: all from the offset on' },
			own: { type: 'boolean', summary: 'held by the open file that was asked by' },
		},
	},
	FileRange: {
		summary: 'A part of a file.',
		fields: {
			offset: { type: 'size', summary: 'where it begins' },
			length: { type: 'size', summary: 'bytes of it' },
		},
	},
	SearchHit: {
		summary: 'A file or directory whose name holds what was searched.',
		fields: {
			path: { type: 'string', summary: 'absolute path' },
			kind: { type: 'NodeKind', summary: 'file or directory' },
			size: { type: 'size', summary: 'bytes of content' },
			modifiedTime: { type: 'time', summary: 'last change of the content' },
		},
	},
	TreeUsage: {
		summary: 'What stands below a path, itself included.',
		fields: {
			files: { type: 'size', summary: 'files' },
			directories: { type: 'size', summary: 'directories' },
			bytes: { type: 'size', summary: 'bytes of content of all files' },
			storedBytes: {
				type: 'size',
				summary: 'bytes that the content takes; holes take none, and a file with several names counts once',
			},
		},
	},
	Change: {
		summary: 'One change below a watched directory.',
		fields: {
			kind: { type: 'ChangeKind', summary: 'what happened' },
			path: {
				type: 'string',
				summary: 'absolute path of what it happened to; of a `directory_watch`, from the directory on',
			},
			rename: {
				type: 'size?',
				summary:
					'the same number in the `removed` and the `created` of one rename; one of them alone: it came from or went to where nobody watches',
			},
		},
	},
	PipeEnds: {
		summary: 'The two ends of a pipe.',
		fields: {
			read: { type: 'handle', summary: 'end to read from' },
			write: { type: 'handle', summary: 'end to write to' },
		},
	},
	TerminalSize: {
		summary: 'How much a terminal shows.',
		fields: {
			rows: { type: 'u32', summary: 'lines' },
			columns: { type: 'u32', summary: 'characters a line' },
		},
	},
	TerminalMode: {
		summary: 'What a terminal does between the keys and the program that reads them (POSIX, chapter 11).',
		fields: {
			canonical: { type: 'boolean', summary: 'lines are edited here, and a program gets whole ones' },
			echo: { type: 'boolean', summary: 'what is typed is shown' },
			signals: { type: 'boolean', summary: 'Ctrl+C, Ctrl+\\ and Ctrl+Z are signals and not bytes' },
			outputNewlines: { type: 'boolean', summary: 'a line feed of a program starts a new line at its left end' },
		},
	},
	TerminalEnds: {
		summary: 'The two ends of a terminal.',
		fields: {
			controller: { type: 'handle', summary: 'where somebody types and looks' },
			terminal: { type: 'handle', summary: 'what programs read and write' },
		},
	},
	SystemInfo: {
		summary: 'The running system.',
		fields: {
			version: { type: 'string', summary: 'version of Vitrine' },
			host: { type: 'string', summary: '`web` or `node`' },
			startedTime: { type: 'time', summary: 'when the kernel started' },
		},
	},
	VolumeStatus: {
		summary: 'The system volume.',
		fields: {
			identifier: { type: 'string', summary: 'volume identifier, hexadecimal' },
			usedBytes: { type: 'size', summary: 'bytes its files take on the host' },
			contentBytes: { type: 'size', summary: 'bytes of content of all files' },
			reserveBytes: { type: 'size', summary: 'bytes kept so that a full disk can still delete' },
			files: { type: 'size', summary: 'files and directories' },
			health: { type: 'string', summary: '`good`, or a sentence that says what is damaged' },
		},
	},
	SettingValue: {
		summary: 'A value with its type: exactly the field that belongs to the type is there.',
		fields: {
			type: { type: 'SettingType', summary: 'what it is' },
			boolean: { type: 'boolean?', summary: 'of a boolean' },
			number: { type: 'real?', summary: 'of an integer or a real' },
			text: { type: 'string?', summary: 'of a string' },
			list: { type: 'strings?', summary: 'of strings' },
			bytes: { type: 'bytes?', summary: 'of bytes' },
		},
	},
	Setting: {
		summary: 'A value of the settings store.',
		fields: {
			key: { type: 'string', summary: 'the key that was asked for or found' },
			value: { type: 'SettingValue', summary: 'its value' },
			source: { type: 'SettingSource', summary: 'where it comes from' },
		},
	},
	SettingChange: {
		summary: 'One change of a transaction.',
		fields: {
			key: { type: 'string', summary: 'a key below `/machine`, `/user/SID` or `/policy`' },
			value: { type: 'SettingValue?', summary: 'the new value; absent: the value is removed' },
		},
	},
	SettingDefinition: {
		summary: 'What a part of the system says of a setting of its own.',
		fields: {
			name: { type: 'string', summary: 'the key without its hive, such as `desktop/appearance/theme`' },
			title: { type: 'string', summary: 'what a person calls it' },
			summary: { type: 'string', summary: 'what it does, in a sentence' },
			scope: { type: 'SettingScope', summary: 'whether each user may have a value' },
			default: { type: 'SettingValue', summary: 'the value when nobody chose one' },
			choices: { type: 'strings', summary: 'of a string: the texts it may be; empty: any' },
			minimum: { type: 'real?', summary: 'of a number: the least' },
			maximum: { type: 'real?', summary: 'of a number: the most' },
		},
	},
	SettingsStatus: {
		summary: 'The settings store as a whole.',
		fields: {
			revision: { type: 'size', summary: 'number of the newest transaction since the system started' },
			damaged: { type: 'strings', summary: 'what of the stored settings could not be read, in words' },
		},
	},
	...processStructs,
	...securityStructs,
	...encryptionStructs,
	...volumeStructs,
	...versionStructs,
	...accountStructs,
	...pcDiskStructs,
	...pcDriveStructs,
	...pcApplianceStructs,
	...pcStructs,
	...pcUpdateStructs,
	ServiceInfo: {
		summary: 'A service and what it does now.',
		fields: {
			name: { type: 'string', summary: 'its name' },
			title: { type: 'string', summary: 'what a person calls it' },
			summary: { type: 'string', summary: 'what it is for, in a sentence' },
			program: { type: 'string', summary: 'name of its program' },
			start: { type: 'ServiceStart', summary: 'when it starts' },
			startSource: { type: 'SettingSource', summary: 'who says so' },
			needs: { type: 'strings', summary: 'services that run before it' },
			state: { type: 'ServiceState', summary: 'where it is in its life' },
			since: { type: 'time', summary: 'since when' },
			pid: { type: 'pid?', summary: 'its process, when it has one' },
			failures: { type: 'u32', summary: 'failures in a row' },
			failure: { type: 'string', summary: 'why it failed last, in words; empty when it did not' },
			nextStart: { type: 'time?', summary: 'when it is started again' },
		},
	},
	LogEvent: {
		summary: 'An event of the system log.',
		fields: {
			sequence: { type: 'size', summary: 'number of the event; it rises from event to event, over restarts too' },
			time: { type: 'time', summary: 'when it was written' },
			level: { type: 'LogLevel', summary: 'how grave' },
			channel: { type: 'LogChannel', summary: 'the log it stands in' },
			source: { type: 'string', summary: 'who wrote it' },
			code: { type: 'string', summary: 'what kind of event it is, for programs; empty when nobody said' },
			message: { type: 'string', summary: 'what happened' },
			fields: { type: 'strings', summary: '`NAME=value` each' },
			pid: { type: 'pid?', summary: 'the process that wrote it, when it was one' },
			user: { type: 'string?', summary: 'SID of its user' },
		},
	},
	LogQuery: {
		summary: 'Which events are asked for; an empty text asks for all.',
		fields: {
			after: { type: 'size?', summary: 'events after this number, oldest first' },
			before: {
				type: 'size?',
				summary: 'without `after`: events before this number, newest first; absent: from the end',
			},
			limit: { type: 'u32', summary: 'most events; at most 1,000 are returned' },
			level: { type: 'LogLevel', summary: 'the least grave' },
			channels: { type: 'LogChannel[]', summary: 'the logs; none: all' },
			source: { type: 'string', summary: 'a part of the source, upper and lower case alike' },
			text: { type: 'string', summary: 'a part of source, code, message or fields, upper and lower case alike' },
			since: { type: 'time?', summary: 'the earliest time' },
			until: { type: 'time?', summary: 'the latest time' },
		},
	},
	LogPage: {
		summary: 'Some of the events that were asked for.',
		fields: {
			events: { type: 'LogEvent[]', summary: 'the events; perhaps none, although there are more' },
			next: {
				type: 'size?',
				summary: 'what to give as `after` or `before` for the next page; absent: there are no more',
			},
		},
	},
	LogStatus: {
		summary: 'The system log as a whole.',
		fields: {
			newest: { type: 'size', summary: 'number of the newest event; 0 when there is none' },
			storedBytes: { type: 'size', summary: 'bytes that its files take' },
			unstored: { type: 'size', summary: 'events that wait to be stored' },
			dropped: {
				type: 'size',
				summary: 'events lost since the start: there was no room for them, or one program wrote too many',
			},
			damaged: { type: 'strings', summary: 'what of the stored events could not be read, in words' },
		},
	},
} as const satisfies Record<string, StructDefinition>;
