/** The structures of the contract that are about processes; part of the tables in `types.ts`. */

export const processEnums = {
	Signal: {
		summary:
			'What a process is asked or made to do. `hangup`, `interrupt`, `quit` and `terminate` may be refused by a program that listens; `abort`, `kill` and `pipe` end it; `stop` makes it stand still until `continue`.',
		values: ['interrupt', 'terminate', 'kill', 'hangup', 'quit', 'abort', 'pipe', 'stop', 'continue'],
	},
	ProcessState: {
		summary: 'Where a process is in its life.',
		values: ['starting', 'running', 'exited', 'stopped'],
	},
	ChildEventKind: { summary: 'What has happened to a child.', values: ['ended', 'stopped', 'continued'] },
} as const;

export const processStructs = {
	MountGrant: {
		summary: 'A directory that a new process is to see.',
		fields: {
			path: { type: 'string', summary: 'absolute path under which it sees it' },
			directory: { type: 'handle', summary: 'handle of the directory; its rights bound what can be done there' },
			readOnly: { type: 'boolean', summary: 'nothing can be changed there' },
		},
	},
	NamespaceGrant: {
		summary: 'All that a new process sees of the files.',
		fields: { mounts: { type: 'MountGrant[]', summary: 'directories; none: it sees nothing' } },
	},
	ResourceLimits: {
		summary: 'What a process may use. A child never gets more than its parent has.',
		fields: {
			memoryBytes: { type: 'size?', summary: 'bytes of memory of a program for WASI' },
			handles: { type: 'u32?', summary: 'open handles' },
			processes: { type: 'u32?', summary: 'processes that it and those it starts have alive, itself included' },
			wallTimeMs: { type: 'u32?', summary: 'milliseconds until it is ended' },
			processorPercent: {
				type: 'u32?',
				summary: 'part of one processor that a program for WASI may use: it is made to wait at its calls',
			},
		},
	},
	DescriptorGrant: {
		summary:
			'Handles beside the standard streams. A program for WASI has them as descriptors after those of its directories, and their numbers in `VITRINE_DESCRIPTORS` of its environment, as in `5-6`.',
		fields: { handles: { type: 'handle[]', summary: 'handles, in order' } },
	},
	SpawnOptions: {
		summary: 'What a new process is given.',
		fields: {
			arguments: { type: 'strings', summary: 'arguments after the name of the program' },
			environment: { type: 'strings', summary: '`NAME=value` each' },
			workingDirectory: { type: 'string', summary: 'absolute path' },
			namespace: { type: 'NamespaceGrant?', summary: 'what it sees of the files; absent: what its parent sees' },
			limits: { type: 'ResourceLimits?', summary: 'what it may use; absent: what its parent may' },
			restriction: { type: 'TokenRestriction?', summary: 'rights that it does not get; absent: it gets its parent’s' },
			standardInput: { type: 'handle?', summary: 'handle to hand over as standard input; none: end of file' },
			standardOutput: { type: 'handle?', summary: 'handle to hand over as standard output; none: discarded' },
			standardError: { type: 'handle?', summary: 'handle to hand over as standard error; none: discarded' },
			descriptors: { type: 'DescriptorGrant?', summary: 'more handles to hand over' },
			group: {
				type: 'pid?',
				summary:
					'process group to join, in the session of the caller; 0: a new one, whose number is the pid of the new process; absent: that of the caller',
			},
			newSession: { type: 'boolean?', summary: 'it begins a session and a group of its own' },
		},
	},
	ChildEvent: {
		summary: 'What has happened to a child of the caller.',
		fields: {
			pid: { type: 'pid', summary: 'the child' },
			group: { type: 'pid', summary: 'its process group' },
			kind: { type: 'ChildEventKind', summary: 'what has happened' },
			status: { type: 'ExitStatus?', summary: 'how it ended, when it has' },
		},
	},
	ProcessInfo: {
		summary: 'A process as Task Manager shows it.',
		fields: {
			pid: { type: 'pid', summary: 'identifier, never used again until the system restarts' },
			parent: {
				type: 'pid',
				summary: 'the process that started it; 0 for those the system started and those whose parent has ended',
			},
			group: { type: 'pid', summary: 'its process group' },
			session: { type: 'pid', summary: 'its session' },
			user: { type: 'string', summary: 'security identifier of the account it acts for' },
			program: { type: 'string', summary: 'name of its program' },
			title: { type: 'string', summary: 'what it says it is doing; at first the program’s name' },
			arguments: { type: 'strings', summary: 'arguments it was started with' },
			workingDirectory: { type: 'string', summary: 'absolute path' },
			state: { type: 'ProcessState', summary: 'starting, running, stopped, exited' },
			startedTime: { type: 'time', summary: 'when it was started' },
			calls: { type: 'size', summary: 'calls so far, those that are answered inside the process included' },
			crossings: { type: 'size', summary: 'calls that the kernel has answered' },
			bytesRead: { type: 'size', summary: 'bytes it read from files and streams' },
			bytesWritten: { type: 'size', summary: 'bytes it wrote to files and streams' },
			processorTimeUs: {
				type: 'size?',
				summary: 'microseconds in which it did not wait; absent where that is not measured: programs of the system',
			},
			memoryBytes: { type: 'size?', summary: 'bytes of memory it has, as of its last call; absent likewise' },
			handles: { type: 'u32', summary: 'open handles' },
		},
	},
	ProcessStart: {
		summary: 'What a process learns of itself when it attaches.',
		fields: {
			pid: { type: 'pid', summary: 'its identifier' },
			group: { type: 'pid', summary: 'its process group' },
			session: { type: 'pid', summary: 'its session' },
			program: { type: 'string', summary: 'name of its program' },
			arguments: { type: 'strings', summary: 'arguments' },
			environment: { type: 'strings', summary: '`NAME=value` each' },
			workingDirectory: { type: 'string', summary: 'absolute path' },
			mounts: { type: 'strings', summary: 'paths of the directories that it was given' },
			standardInput: { type: 'handle?', summary: 'standard input, when given' },
			standardOutput: { type: 'handle?', summary: 'standard output, when given' },
			standardError: { type: 'handle?', summary: 'standard error, when given' },
			descriptors: { type: 'DescriptorGrant?', summary: 'more handles that it was given' },
		},
	},
	ExitStatus: {
		summary: 'How a process ended.',
		fields: {
			code: { type: 'u32', summary: 'exit code; 128 + signal number when a signal ended it' },
			reason: { type: 'string', summary: '`exited`, `signal` or `crashed: …`' },
		},
	},
} as const;
