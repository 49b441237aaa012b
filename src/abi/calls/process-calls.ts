/** Processes: their start, life and end. */
import { call, type SystemCallDefinition, startErrors } from '../call-definition.ts';

export const processCalls: readonly SystemCallDefinition[] = [
	call(1, 'process_self', 'Tells the caller who it is', { result: 'ProcessStart', seeAlso: ['process_list'] }),
	call(2, 'process_list', 'Lists all processes', {
		result: 'ProcessInfo[]',
		seeAlso: ['process_self', 'process_kill'],
	}),
	call(3, 'process_spawn', 'Starts a program as a new process', {
		description:
			'Starts the program `program`: one of the system by its name (`sh`, `notepad`, …), one that stands in a file by its path, seen from the working directory of the new process. Handles named in `options` are duplicated into the new process; the caller keeps its own. ESRCH: the group to join is not one of the session.',
		arguments: {
			program: ['string', 'name of the program, or path of its file'],
			options: ['SpawnOptions', 'what the new process is given'],
		},
		result: 'pid',
		errors: [...startErrors],
		seeAlso: ['process_wait', 'process_wait_any', 'process_kill'],
	}),
	call(4, 'process_wait', 'Waits until a process has ended', {
		description:
			'Replies when the process has ended; at once when it has ended already. The status of a child is kept until its parent has asked for it, has ended itself, or has let 256 later children end.',
		arguments: { pid: ['pid', 'the process'] },
		result: 'ExitStatus',
		errors: ['ESRCH', 'EPERM'],
		seeAlso: ['process_spawn', 'process_wait_any'],
	}),
	call(5, 'process_kill', 'Asks or forces a process to end', {
		description:
			'`hangup`, `interrupt`, `quit` and `terminate` are delivered to the process, which may clean up or refuse; a program for WASI, which cannot listen, is ended by them. `kill`, `abort` and `pipe` end it at once and release all it held. `stop` lets it stand still from its next call on, until `continue`; what is delivered meanwhile reaches it then.',
		arguments: { pid: ['pid', 'the process'], signal: ['Signal', 'how'] },
		errors: ['ESRCH', 'EPERM'],
		seeAlso: ['process_wait', 'process_kill_group'],
	}),
	call(6, 'process_exit', 'Ends the calling process', { arguments: { code: ['u32', 'exit code, 0 to 255'] } }),
	call(7, 'process_set_title', 'Says what the process is doing', {
		arguments: { title: ['string', 'shown by Task Manager'] },
	}),
	call(8, 'process_wait_any', 'Waits until something has happened to a child', {
		description:
			'Tells of one child that has ended, or, where `stops` says so, that was stopped or went on; each event is told once, the end of a child to whoever asked for it by `process_wait` first. Nothing is told when `wait` is false and nothing has happened. A program that wants to hear of its children as they end keeps one such call waiting.',
		arguments: {
			group: ['pid', 'only children of this process group; 0: all'],
			stops: ['boolean', 'tell of children that were stopped or went on, too'],
			wait: ['boolean', 'wait until there is something to tell'],
		},
		result: 'ChildEvent?',
		errors: ['ECHILD'],
		seeAlso: ['process_wait', 'process_spawn'],
	}),
	call(9, 'process_kill_group', 'Sends a signal to every process of a group', {
		description:
			'As `process_kill` on each process of the group. Succeeds when it could be sent to one of them; EPERM: to none.',
		arguments: { group: ['pid', 'the process group'], signal: ['Signal', 'what is sent'] },
		errors: ['ESRCH', 'EPERM'],
		seeAlso: ['process_kill', 'process_spawn'],
	}),
];
