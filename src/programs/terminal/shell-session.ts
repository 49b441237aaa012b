/**
 * A shell process and its pipes, as the terminal sees them.
 *
 * Rules of use:
 * - What is typed is sent in order, a piece at a time; `resize` tells the shell in the same stream (xterm's in-band size
 *   reports, mode 2048), so that it never overtakes a key.
 * - Ending the terminal's process closes the pipes; the shell then stops what it runs and ends.
 */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';

/** A command that was interrupted has a second to end; then the shell forces it. */
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
	readonly #input: number;
	readonly #encoder = new TextEncoder();
	#sending: Promise<void> = Promise.resolve();

	private constructor(system: System, pid: number, input: number) {
		this.#system = system;
		this.pid = pid;
		this.#input = input;
		this.ended = system.processWait(pid);
	}

	static async start(options: ShellSessionOptions): Promise<ShellSession> {
		const { system, start, home, size } = options;
		const input = await system.pipeCreate();
		const output = await system.pipeCreate();
		const [directory] = start.arguments;
		const pid = await system.processSpawn('sh', {
			arguments: ['-i'],
			environment: [`HOME=${home}`, 'TERM=xterm-256color', `LINES=${size.rows}`, `COLUMNS=${size.columns}`],
			workingDirectory: directory ?? home,
			...{ standardInput: input.read, standardOutput: output.write, standardError: output.write },
		});
		await system.handleClose(input.read);
		await system.handleClose(output.write);
		void carryOutput(options, output.read);
		return new ShellSession(system, pid, input.write);
	}

	send(text: string): void {
		const bytes = this.#encoder.encode(text);
		this.#sending = this.#sending.then(() => this.#system.streamWrite(this.#input, bytes)).catch(ignoreEnded);
	}

	/** Asks the shell to stop what it runs and end, and forces it when it has not soon after. */
	async end(): Promise<void> {
		try {
			await this.#system.processKill(this.pid, 'terminate');
			const timer = await this.#system.eventCreate(false);
			const patience = this.#system.eventWait(timer, patienceMs).catch(() => undefined);
			const ended = await Promise.race([this.ended, patience]);
			await this.#system.handleClose(timer);
			if (ended === undefined) await this.#system.processKill(this.pid, 'kill');
		} catch (error) {
			if (!(error instanceof OsError && (error.code === 'ESRCH' || error.code === 'ECANCELED'))) throw error;
		}
	}

	resize(size: { readonly rows: number; readonly columns: number }): void {
		this.send(`\x1b[48;${size.rows};${size.columns};0;0t`);
	}
}

/** Waits for the terminal to take each piece, so that a command that writes without end is slowed down by the pipe. */
async function carryOutput({ system, onOutput }: ShellSessionOptions, handle: number): Promise<void> {
	try {
		for (;;) {
			const bytes = await system.streamRead(handle, 65_536);
			if (bytes.length === 0) return;
			await onOutput(bytes);
		}
	} catch (error) {
		ignoreEnded(error);
	}
}

/** EPIPE: the shell has ended. ECANCELED: the terminal has. */
function ignoreEnded(error: unknown): void {
	if (!(error instanceof OsError && (error.code === 'EPIPE' || error.code === 'ECANCELED'))) throw error;
}
