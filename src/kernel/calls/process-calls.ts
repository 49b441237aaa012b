/** The calls about processes: `process_*`. */
import { OsError } from '#abi/errors.ts';
import type { ChildEvent, ExitStatus, ProcessInfo, ProcessStart } from '#abi/structures.generated.ts';
import type { Answer, Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';
import { deliverSignal, signalGroup } from '../process-signals.ts';
import type { ChildFilter } from '../process-table.ts';

const maximumTitle = 256;

type ChildAnswer = Answer<ChildEvent | undefined>;

export type ProcessCalls = Pick<
	CallHandlers,
	| 'process_self'
	| 'process_list'
	| 'process_spawn'
	| 'process_wait'
	| 'process_wait_any'
	| 'process_kill'
	| 'process_kill_group'
	| 'process_exit'
	| 'process_set_title'
>;

export function createProcessCalls(kernel: Kernel): ProcessCalls {
	return {
		process_self: ({ process }): ProcessStart => process.start,
		process_list: ({ process }): ProcessInfo[] => kernel.processes.all.map((other) => tell(other, process)),
		process_spawn: ({ process }, program, options) => kernel.spawn(process, program, options).pid,
		process_wait: (caller, pid) => waitForEnd(kernel, caller, pid),
		process_wait_any: (caller, group, stops, wait) => waitForChild(kernel, caller, { group, stops }, wait),
		process_kill({ process }, pid, signal) {
			const target = kernel.processes.get(pid);
			// What a program has started it may end, though the person let it have more rights meanwhile.
			const isOwnChild = target.parent === process.pid && target.token.user === process.token.user;
			if (!isOwnChild) kernel.access.requireControl(process, target);
			deliverSignal(kernel, target, signal);
		},
		process_kill_group: ({ process }, group, signal) => signalGroup(kernel, process, group, signal),
		process_exit({ process }, code) {
			kernel.end(process, { code: code & 0xff, reason: 'exited' });
		},
		process_set_title({ process }, title) {
			process.title = title.slice(0, maximumTitle);
		},
	};
}

/** What a program was told, and where it works, is for the account it acts for. */
function tell(process: Process, asking: Process): ProcessInfo {
	const info = process.info();
	const { user, privileges } = asking.token;
	if (process.token.user === user || privileges.has('debug')) return info;
	return { ...info, title: info.program, arguments: [], workingDirectory: '' };
}

function waitForEnd(kernel: Kernel, { process }: Caller, pid: number): Answer<ExitStatus> {
	const status = kernel.processes.takeStatus(pid, process);
	if (status !== undefined) return status;
	const target = kernel.processes.get(pid);
	const isOwn = target.parent === process.pid || target.token.user === process.token.user;
	if (!isOwn) kernel.access.requireControl(process, target);
	const wait = process.wait<ExitStatus>();
	// The parent's question is answered by the end itself, so nothing need be kept for it.
	wait.whenOver((outcome) => {
		if (outcome.kind === 'resolved') kernel.processes.takeStatus(pid, process);
	});
	return target.endWaits.add(wait);
}

function waitForChild(kernel: Kernel, { process }: Caller, filter: ChildFilter, waits: boolean): ChildAnswer {
	const event = kernel.processes.takeChildEvent(process, filter);
	if (event !== undefined) return event;
	if (!kernel.processes.hasChild(process, filter)) throw new OsError('ECHILD');
	if (!waits) return undefined;
	const wait = process.wait<ChildEvent | undefined>();
	kernel.processes.admitChildWait(process, filter, wait);
	return wait;
}
