/**
 * A terminal of the system and the shell at it, as the window sees them.
 *
 * Rules of use:
 * - What is typed is sent in order; `resize` tells the terminal its size.
 * - Ending the window's process closes the controller: the terminal hangs up, and what runs at it is told to end.
 */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';

/** What runs at the terminal has so long to end after the hang-up; then the shell is ended by force. */
const patienceMs = 1500;

export interface ShellSessionOptions {
	readonly system: System;
	readonly start: ProcessStart;
	readonly home: string;
	readonly size: { readonly rows: number; readonly columns: number };
	readonly onOutput: (bytes: Uint8Array) => Promise<void>;
}

export class ShellSession {
	readonly pid: number;
	/** How the shell ended. */
	readonly ended: Promise<ExitStatus>;
	readonly #system: System;
	readonly #controller: number;
	readonly #encoder = new TextEncoder();

	private constructor(system: System, pid: number, controller: number) {
		this.#system = system;
		this.pid = pid;
		this.#controller = controller;
		this.ended = system.processWait(pid);
	}

	static async start(options: ShellSessionOptions): Promise<ShellSession> {
		const { system, start, home, size } = options;
		const { controller, terminal } = await system.terminalCreate(size);
		const [directory] = start.arguments;
		const pid = await system.processSpawn('sh', {
			arguments: [],
			environment: [`HOME=${home}`, 'TERM=xterm-256color'],
			workingDirectory: directory ?? home,
			...{ standardInput: terminal, standardOutput: terminal, standardError: terminal },
			newSession: true,
		});
		await system.handleClose(terminal);
		void carryOutput(options, controller);
		return new ShellSession(system, pid, controller);
	}

	/** Types a text. Calls are taken in their order; what is too much waits in the kernel, where Ctrl+C passes it. */
	send(text: string): void {
		this.#system.streamWrite(this.#controller, this.#encoder.encode(text)).catch(ignoreEnded);
	}

	/** Hangs up, and forces the shell to end when it has not soon after. */
	async end(): Promise<void> {
		try {
			await this.#system.handleClose(this.#controller);
			const timer = await this.#system.eventCreate(false);
			const patience = this.#system.eventWait(timer, patienceMs).catch(() => undefined);
			const ended = await Promise.race([this.ended, patience]);
			await this.#system.handleClose(timer);
			if (ended === undefined) await this.#system.processKill(this.pid, 'kill');
		} catch (error) {
			if (!(error instanceof OsError && ['ESRCH', 'ECANCELED', 'EBADF'].includes(error.code))) throw error;
		}
	}

	resize(size: { readonly rows: number; readonly columns: number }): void {
		this.#system.terminalSetSize(this.#controller, { rows: size.rows, columns: size.columns }).catch(ignoreEnded);
	}
}

/** Waits for the screen to take each piece, so that a command that writes without end is slowed down. */
async function carryOutput({ system, onOutput }: ShellSessionOptions, controller: number): Promise<void> {
	try {
		for (;;) {
			const bytes = await system.streamRead(controller, 65_536);
			if (bytes.length === 0) return;
			await onOutput(bytes);
		}
	} catch (error) {
		ignoreEnded(error);
	}
}

/** The terminal has hung up, or the window's process has ended. */
function ignoreEnded(error: unknown): void {
	if (!(error instanceof OsError && ['EPIPE', 'ECANCELED', 'EBADF', 'EIO'].includes(error.code))) throw error;
}
