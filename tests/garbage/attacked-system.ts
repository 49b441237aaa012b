/**
 * A system whose programs are attackers, and which knows what must be gone when all of them have ended.
 *
 * Rules of use: `prepare` once; `endAll` and `close` at the end.
 */
import { defaultCallMemoryBytes } from '#abi/call-memory.ts';
import { OsError } from '#abi/errors.ts';
import { directoryRights } from '#abi/rights.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import type { Clock } from '#base/ports.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { ArrivalQueue } from '#hosts/common/arrival-queue.ts';
import { attachProcess } from '#hosts/common/attach-process.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import { portOf } from '#hosts/common/message-port.ts';
import { CallTurns } from '#kernel/call-turns.ts';
import { Kernel } from '#kernel/kernel.ts';
import { MemoryConnection } from '#kernel/memory-connection.ts';
import type { Process } from '#kernel/process.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { RunningProgram } from '#kernel/program-launcher.ts';
import type { System } from '#runtime/system.ts';
import { systemToken } from '#security/token.ts';
import { type Attacker, type AttackerParts, MemoryAttacker, PortAttacker } from './attacker.ts';

export type Transport = 'port' | 'memory';

/** The smallest module that there is. */
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
/** No round lasts so long. */
const longTimerMs = 60_000;
/** A kernel that has not answered by then is taken for one that never does. */
const longestAnswerMs = 10_000;

interface Console {
	readonly system: System;
	readonly process: Process;
}

function isAlive({ state }: Process): boolean {
	return state !== 'exited' && state !== 'stopped';
}

function passEnded(error: unknown): void {
	if (!(error instanceof OsError && error.code === 'ESRCH')) throw error;
}

async function within<T>(limitMs: number, promise: Promise<T>): Promise<T> {
	let cancel: () => void = () => undefined;
	const limit = new Promise<never>((_, reject) => {
		cancel = hostClock.after(limitMs, () => reject(new Error(`no answer within ${limitMs} ms`)));
	});
	try {
		return await Promise.race([promise, limit]);
	} finally {
		cancel();
	}
}

export class AttackedSystem {
	readonly kernel: Kernel;
	readonly #parts: Omit<AttackerParts, 'pid'>;
	readonly #arrivals = new ArrivalQueue();
	/** The attackers run on this thread: while it watched for them they could not ask. */
	readonly #turns = new CallTurns({ defer: this.#arrivals.defer, now: hostClock.monotonic, watchMs: 0 });
	readonly #attackers = new Map<number, Attacker>();
	readonly #ports: MessagePort[] = [];
	/** Looks whether the kernel still answers. */
	#console: Console | undefined;
	#timers = 0;

	constructor(volume: SystemVolume, parts: Omit<AttackerParts, 'pid'>) {
		this.#parts = parts;
		this.kernel = new Kernel({
			volume,
			clock: this.#countingClock(),
			random: hostRandom,
			launcher: {
				launch: (start) => this.#launch(start),
				launchImage: (start) => this.#launchPort(start),
			},
			version: 'attacked',
			host: 'node',
			afterArrived: this.#turns.defer,
			onLogEvent: ({ level, message }) => {
				if (level === 'error' && message.includes('by a defect')) parts.found(message);
			},
		});
	}

	/** What calls may meet. */
	async prepare(): Promise<void> {
		await this.#ask(async (system) => {
			for (const path of ['/Users', '/Users/Owner', '/Programs', '/deep']) await system.pathMakeDirectory(path);
			await system.pathWrite('/Programs/program.wasm', emptyModule, 'create-new');
			await system.pathWrite('/Users/Owner/f', new Uint8Array(200_000), 'create-new');
			const root = await system.directoryOpen('/', directoryRights);
			await system.atMakeLink(root, 'link', 'Users');
			await system.atMakeLink(root, 'loop', 'loop');
			await system.handleClose(root);
		});
	}

	async startAttacker(transport: Transport): Promise<Attacker> {
		const options = { arguments: [], environment: [], workingDirectory: '/' };
		const pid = await this.#ask((system) => system.processSpawn(`${transport} attacker`, options));
		return this.#attackers.get(pid) as Attacker;
	}

	isMemory(attacker: Attacker): boolean {
		return attacker instanceof MemoryAttacker;
	}

	/** One call of a process that is none of the attackers. */
	async answerOne(): Promise<void> {
		await this.#ask((system) => system.systemInfo());
	}

	/** Whether all calls of an attacker are answered but those that the kernel says it holds back. */
	isSettled({ ended, pid, unanswered }: Attacker): boolean {
		if (ended) return true;
		const { state, heldCalls } = this.kernel.processes.get(pid);
		return state === 'stopped' || unanswered.size === heldCalls;
	}

	/** Attackers stop each other; what they were not answered then they are answered now. */
	async letAllGoOn(): Promise<void> {
		for (const { pid, state } of this.kernel.processes.all)
			if (state === 'stopped') await this.#ask((system) => system.processKill(pid, 'continue')).catch(passEnded);
	}

	/** Ends all processes; gives what should be gone then, in words. */
	endAll(): string[] {
		const { kernel } = this;
		kernel.shutDown();
		const counts: Readonly<Record<string, number>> = {
			processes: kernel.processes.all.length,
			'open files and directories': kernel.openNodes.size,
			'kept files': kernel.leases.size,
			watches: kernel.watches.size,
			timers: this.#timers,
		};
		return Object.entries(counts)
			.filter(([, count]) => count > 0)
			.map(([what, count]) => `${count} ${what} are left when all have ended`);
	}

	/** Calls as a process that is no attacker; anew when the attackers have ended or stopped it meanwhile. */
	async #ask<T>(call: (system: System) => Promise<T>): Promise<T> {
		for (;;) {
			const { system, process } = this.#livingConsole();
			try {
				return await within(longestAnswerMs, call(system));
			} catch (error) {
				if (isAlive(process)) throw error;
			}
		}
	}

	close(): void {
		this.kernel.shutDown();
		this.#arrivals.close();
		for (const port of this.#ports) port.close();
		this.kernel.volume.close();
	}

	#livingConsole(): Console {
		if (this.#console === undefined || !isAlive(this.#console.process)) {
			const system = attachProcess(this.kernel, 'console', systemToken);
			this.#console = { system, process: this.kernel.processes.all.at(-1) as Process };
		}
		return this.#console;
	}

	#launch(start: ProcessStart): RunningProgram {
		if (start.program === 'memory attacker') return this.#launchMemory(start);
		if (start.program === 'port attacker' || start.program === 'attacker') return this.#launchPort(start);
		throw new OsError('ENOENT', `program ${start.program}`);
	}

	#launchPort(start: ProcessStart): RunningProgram {
		const { port1, port2 } = new MessageChannel();
		this.#ports.push(port2);
		const attacker = new PortAttacker(portOf(port2), { ...this.#parts, pid: start.pid });
		this.#attackers.set(start.pid, attacker);
		return { connection: new PortConnection(portOf(port1)), terminate: () => this.#end(start.pid) };
	}

	#launchMemory(start: ProcessStart): RunningProgram {
		const buffer = new SharedArrayBuffer(defaultCallMemoryBytes);
		const attacker = new MemoryAttacker(buffer, { ...this.#parts, pid: start.pid });
		this.#attackers.set(start.pid, attacker);
		return {
			connection: new MemoryConnection(buffer, this.#turns),
			fileMemory: attacker.fileMemory,
			terminate: () => this.#end(start.pid),
		};
	}

	#end(pid: number): void {
		const attacker = this.#attackers.get(pid);
		if (attacker !== undefined) attacker.ended = true;
	}

	#countingClock(): Clock {
		return {
			now: hostClock.now,
			monotonic: hostClock.monotonic,
			after: (delayMs, callback) => {
				this.#timers++;
				let waits = true;
				const over = (): void => {
					if (waits) this.#timers--;
					waits = false;
				};
				const cancel = hostClock.after(Math.min(delayMs, longTimerMs), () => {
					over();
					callback();
				});
				return () => {
					over();
					cancel();
				};
			},
		};
	}
}
