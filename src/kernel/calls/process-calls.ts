/** The calls about processes: `process_*`. */
import { OsError } from '#abi/errors.ts';
import { directoryRights } from '#abi/rights.ts';
import type {
	ExitStatus,
	MountGrant,
	ProcessInfo,
	ProcessStart,
	ResourceLimits,
	Signal,
	SpawnOptions,
} from '#abi/structures.generated.ts';
import { normalizePath, resolvePath } from '#base/path.ts';
import { childToken, decideControl } from '#security/token.ts';
import type { Answer, Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { Namespace } from '../namespace.ts';
import { OpenDirectory } from '../open-node.ts';
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
			const connection = target.running?.connection;
			if (signal === 'kill' || connection?.handlesSignals === false) endBySignal(kernel, target, signal);
			else connection?.signal(signal);
		},
		process_exit({ process }, code) {
			kernel.end(process, { code: code & 0xff, reason: 'exited' });
		},
		process_set_title({ process }, title) {
			process.title = title.slice(0, maximumTitle);
		},
	};
}

function endBySignal(kernel: Kernel, target: Process, signal: Signal): void {
	kernel.end(target, { code: 128 + signalNumbers[signal], reason: 'signal' });
}

function spawn(kernel: Kernel, parent: Process, program: string, options: SpawnOptions): number {
	const start = {
		program,
		arguments: options.arguments,
		environment: options.environment,
		workingDirectory: resolvePath(parent.start.workingDirectory, options.workingDirectory),
	};
	const namespace = options.namespace === undefined ? parent.namespace : namespaceOf(parent, options.namespace.mounts);
	const limits = strictest(parent.limits, options.limits ?? {});
	kernel.processes.requireRoomBelow(parent);
	const child = kernel.processes.add(
		{ ...start, mounts: [...namespace.mountPaths] },
		{ parent: parent.pid, token: childToken(parent.token), namespace, limits },
	);
	try {
		for (const stream of ['standardInput', 'standardOutput', 'standardError'] as const) {
			const handle = options[stream];
			if (handle === undefined) continue;
			child.start[stream] = parent.handles.duplicate(handle, parent.handles.rightsOf(handle), child.handles);
		}
		kernel.launch(child, parent);
		if (limits.wallTimeMs !== undefined)
			child.stopTimer = kernel.clock.after(limits.wallTimeMs, () =>
				kernel.end(child, { code: 128 + signalNumbers.kill, reason: 'time limit' }),
			);
	} catch (error) {
		kernel.processes.discard(child);
		throw error;
	}
	return child.pid;
}

/** Each limit is the smaller one of the two. */
function strictest(one: ResourceLimits, other: ResourceLimits): ResourceLimits {
	const least = (a: number | undefined, b: number | undefined): number | undefined =>
		a === undefined ? b : b === undefined ? a : Math.min(a, b);
	return {
		memoryBytes: least(one.memoryBytes, other.memoryBytes),
		handles: least(one.handles, other.handles),
		processes: least(one.processes, other.processes),
		wallTimeMs: least(one.wallTimeMs, other.wallTimeMs),
	};
}

/** The directories that a parent gives away; what it may not change, its child may not either. */
function namespaceOf(parent: Process, mounts: readonly MountGrant[]): Namespace {
	return Namespace.of(
		mounts.map(({ path, directory, readOnly }) => {
			const { place } = parent.handles.getOf(directory, OpenDirectory, 'ENOTDIR');
			const isWritable = (parent.handles.rightsOf(directory) & directoryRights) === directoryRights;
			return { path: normalizePath(path), place: { ...place, readOnly: place.readOnly || readOnly || !isWritable } };
		}),
	);
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
