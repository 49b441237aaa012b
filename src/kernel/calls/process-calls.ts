/** The calls about processes: `process_*`. */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, ProcessInfo, ProcessStart, Signal, SpawnOptions } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { childToken, decideControl } from '#security/token.ts';
import type { Answer, Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';

/** Signal numbers of POSIX, for the exit code 128 + number. */
const signalNumbers: Readonly<Record<Signal, number>> = { interrupt: 2, kill: 9, terminate: 15 };
const maximumTitle = 256;

export type ProcessCalls = Pick<
	CallHandlers,
	| 'process_self'
	| 'process_list'
	| 'process_spawn'
	| 'process_wait'
	| 'process_kill'
	| 'process_exit'
	| 'process_set_title'
>;

export function createProcessCalls(kernel: Kernel): ProcessCalls {
	return {
		process_self: ({ process }): ProcessStart => process.start,
		process_list: (): ProcessInfo[] => kernel.processes.all.map((process) => process.info()),
		process_spawn: ({ process }, program, options) => spawn(kernel, process, program, options),
		process_wait: (caller, pid) => waitForEnd(kernel, caller, pid),
		process_kill({ process }, pid, signal) {
			const target = kernel.processes.get(pid);
			const decision = decideControl(process.token, target.token);
			if (!decision.allowed) throw new OsError('EPERM', decision.reason);
			if (signal === 'kill') endBySignal(kernel, target, signal);
			else target.running?.connection.signal(signal);
		},
		process_exit({ process }, code) {
			kernel.processes.end(process, { code: code & 0xff, reason: 'exited' });
		},
		process_set_title({ process }, title) {
			process.title = title.slice(0, maximumTitle);
		},
	};
}

function endBySignal(kernel: Kernel, target: Process, signal: Signal): void {
	kernel.processes.end(target, { code: 128 + signalNumbers[signal], reason: 'signal' });
}

function spawn(kernel: Kernel, parent: Process, program: string, options: SpawnOptions): number {
	const start = {
		program,
		arguments: options.arguments,
		environment: options.environment,
		workingDirectory: resolvePath(parent.start.workingDirectory, options.workingDirectory),
	};
	const child = kernel.processes.add(start, parent.pid, childToken(parent.token));
	try {
		for (const stream of ['standardInput', 'standardOutput', 'standardError'] as const) {
			const handle = options[stream];
			if (handle === undefined) continue;
			child.start[stream] = parent.handles.duplicate(handle, parent.handles.rightsOf(handle), child.handles);
		}
		kernel.launch(child);
	} catch (error) {
		kernel.processes.discard(child);
		throw error;
	}
	return child.pid;
}

function waitForEnd(kernel: Kernel, { process }: Caller, pid: number): Answer<ExitStatus> {
	const ended = kernel.processes.findEnded(pid);
	if (ended === undefined) {
		const wait = process.wait<ExitStatus>();
		// The parent's question is answered by the end itself, so nothing need be kept for it.
		wait.whenOver((outcome) => {
			if (outcome.kind === 'resolved') forgetForParent(kernel, process, pid);
		});
		return kernel.processes.get(pid).endWaits.add(wait);
	}
	forgetForParent(kernel, process, pid);
	return ended.status;
}

function forgetForParent(kernel: Kernel, process: Process, pid: number): void {
	if (kernel.processes.findEnded(pid)?.parent === process.pid) kernel.processes.forgetEnded(pid);
}
