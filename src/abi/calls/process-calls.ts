/** Processes: their start, life and end. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

export const processCalls: readonly SystemCallDefinition[] = [
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
];
