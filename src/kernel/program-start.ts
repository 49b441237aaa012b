/**
 * The start of a process: from the wish of its parent to a program that runs.
 *
 * Invariants:
 * - A child never gets more than its parent has: neither rights, nor sight of files, nor limits.
 * - A start that fails leaves nothing behind.
 */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { directoryRights } from '#abi/rights.ts';
import { signalExitCode } from '#abi/signals.ts';
import type { MountGrant, ResourceLimits, SpawnOptions } from '#abi/structures.generated.ts';
import { baseName, normalizePath, resolvePath } from '#base/path.ts';
import { childToken, type Token } from '#security/token.ts';
import type { Kernel } from './kernel.ts';
import { Namespace } from './namespace.ts';
import { OpenDirectory } from './open-node.ts';
import { PipeReader, PipeWriter } from './pipe.ts';
import type { Process } from './process.ts';
import { ProcessQuota } from './process-quota.ts';
import { recogniseProgram } from './program-file.ts';
import type {
	Crash,
	ProgramGrants,
	ProgramLauncher,
	ReportCrash,
	RunningProgram,
	SharedPipe,
} from './program-launcher.ts';
import { TerminalEnd } from './terminal.ts';

export interface SpawnParts {
	readonly kernel: Kernel;
	readonly launcher: ProgramLauncher;
	/** Instead of what the parent can give. */
	readonly token: Token | undefined;
}

/** Starts `program` as a child of `parent`. */
export function spawn(
	{ kernel, launcher, token }: SpawnParts,
	parent: Process,
	program: string,
	options: SpawnOptions,
): Process {
	const given = token ?? childToken(parent.token, options.restriction);
	const child = addChild({ kernel, token: given }, parent, program, options);
	try {
		giveHandles(child, parent, options);
		giveTerminal(child, parent);
		const crashed: ReportCrash = (reason, stack) => crash(kernel, child, { reason, stack: stack ?? '' });
		kernel.connect(child, new ProgramStart(kernel, launcher, { process: child, parent, crashed }).run());
		limitTime(kernel, child);
	} catch (error) {
		kernel.processes.discard(child);
		throw error;
	}
	return child;
}

/** Handles go over with the rights that the parent has by them. */
function giveHandles(child: Process, parent: Process, options: SpawnOptions): void {
	const give = (handle: number): number =>
		parent.handles.duplicate(handle, parent.handles.rightsOf(handle), child.handles);
	for (const stream of ['standardInput', 'standardOutput', 'standardError'] as const) {
		const handle = options[stream];
		if (handle !== undefined) child.start[stream] = give(handle);
	}
	const { descriptors } = options;
	if (descriptors !== undefined) child.start.descriptors = { handles: descriptors.handles.map(give) };
}

function addChild(
	{ kernel, token }: { kernel: Kernel; token: Token },
	parent: Process,
	program: string,
	options: SpawnOptions,
): Process {
	const namespace = options.namespace === undefined ? parent.namespace : namespaceOf(parent, options.namespace.mounts);
	const { processes } = options.limits ?? {};
	const start = {
		program,
		arguments: options.arguments,
		environment: options.environment,
		workingDirectory: resolvePath(parent.start.workingDirectory, options.workingDirectory),
		mounts: [...namespace.mountPaths],
	};
	return kernel.processes.add(start, {
		starter: parent,
		token,
		namespace,
		limits: strictest(parent.limits, options.limits ?? {}),
		quota: processes === undefined ? parent.quota : new ProcessQuota(processes, parent.quota),
		group: options.group,
		newSession: options.newSession,
	});
}

/** The terminal of a process is that of its standard streams, or its parent's. Its first process leads it. */
function giveTerminal(child: Process, parent: Process): void {
	const { standardInput, standardOutput, standardError } = child.start;
	const streams = [standardInput, standardOutput, standardError].filter((handle) => handle !== undefined);
	const end = streams.map((handle) => child.handles.get(handle)).find((object) => object instanceof TerminalEnd);
	child.terminal = end?.terminal ?? parent.terminal;
	const { terminal } = child;
	if (terminal === undefined || terminal.leader !== 0) return;
	terminal.leader = child.pid;
	terminal.setForeground(child.start.group);
}

/** The end of a process by an error of its own. */
function crash(kernel: Kernel, process: Process, { reason, stack }: Crash): void {
	if (process.state === 'exited') return;
	kernel.log.write('error', 'process', `${process.label} crashed: ${reason}${stack === '' ? '' : `\n${stack}`}`);
	kernel.end(process, { code: signalExitCode('abort'), reason: `crashed: ${reason}` });
}

function limitTime(kernel: Kernel, process: Process): void {
	const { wallTimeMs } = process.limits;
	if (wallTimeMs === undefined) return;
	process.whenReleased(
		kernel.clock.after(wallTimeMs, () => kernel.end(process, { code: signalExitCode('kill'), reason: 'time limit' })),
	);
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
		processorPercent: least(one.processorPercent, other.processorPercent),
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

interface StartParts {
	readonly process: Process;
	/** Who starts it: its program is found as the parent sees the files. */
	readonly parent: Process;
	readonly crashed: ReportCrash;
}

/** Finds the program of one process and hands it to the host. */
class ProgramStart {
	readonly #kernel: Kernel;
	readonly #launcher: ProgramLauncher;
	readonly #parts: StartParts;

	constructor(kernel: Kernel, launcher: ProgramLauncher, parts: StartParts) {
		this.#kernel = kernel;
		this.#launcher = launcher;
		this.#parts = parts;
	}

	/** A program of the system by its name, one that stands in a file by its path. */
	run(isInterpreter = false): RunningProgram {
		const { process, parent, crashed } = this.#parts;
		const { start } = process;
		if (!start.program.includes('/')) return this.#launcher.launch(start, grantsOf(process), crashed);
		const place = this.#kernel.find({ process: parent }, resolvePath(start.workingDirectory, start.program));
		this.#kernel.access.require(parent, place, accessRights.execute);
		this.#kernel.leases.settle(place.fileSystem, place.inode);
		const file = recogniseProgram(place, this.#kernel.numberOf(place.fileSystem));
		if (file.kind === 'image') {
			const image = { ...file.image, ...grantsOf(process) };
			return this.#launcher.launchImage(start, image, crashed);
		}
		if (isInterpreter) throw new OsError('ENOEXEC', start.program);
		// `/bin/sh` and the like: the programs of the system have no files.
		const interpreter = file.interpreter.startsWith('/bin/') ? baseName(file.interpreter) : file.interpreter;
		start.arguments = [...file.arguments, start.program, ...start.arguments];
		start.program = interpreter;
		return this.run(true);
	}
}

function grantsOf(process: Process): ProgramGrants {
	return { limits: process.limits, pipes: sharePipes(process), session: process.logon?.id };
}

/** Memory of the pipes that a new process holds; what it has locked is free when nothing of it runs any more. */
function sharePipes(process: Process): SharedPipe[] {
	const { standardInput, standardOutput, standardError, descriptors } = process.start;
	const given = [standardInput, standardOutput, standardError, ...(descriptors?.handles ?? [])];
	const handles = new Set(given.filter((handle) => handle !== undefined));
	const pipes: SharedPipe[] = [];
	for (const handle of handles) {
		const object = process.handles.get(handle);
		if (!(object instanceof PipeReader || object instanceof PipeWriter)) continue;
		const { pipe } = object;
		pipes.push({ handle, memory: pipe.share(process.pid) });
		process.whenGone(() => pipe.unshare(process.pid));
	}
	return pipes;
}
