/**
 * A machine for tests of programs: the real kernel over the memory file system, all in this Node process.
 *
 * Rules of use: `run` starts a worker program with pipes for its standard streams; every process is ended by `dispose`.
 */

import { OsError } from '#abi/errors.ts';
import type { Port } from '#abi/messages.ts';
import type { ExitStatus, ProcessStart } from '#abi/structures.generated.ts';
import type { Clock } from '#base/ports.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import { makeCallTurns } from '#hosts/common/make-call-turns.ts';
import { NodeProgramLauncher } from '#hosts/node/program-launcher.ts';
import { Kernel } from '#kernel/kernel.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import { isEverydayCommand } from '#runtime/everyday-commands.ts';
import { System } from '#runtime/system.ts';
import type { WorkerProgram } from '#runtime/worker-program.ts';
import { systemToken } from '#security/token.ts';

export interface Outcome {
	readonly output: string;
	readonly error: string;
	readonly status: ExitStatus;
}

function portOf(port: MessagePort): Port {
	return {
		send: (message, transfer = []) => port.postMessage(message, transfer as Transferable[]),
		onMessage: (listener) => {
			port.onmessage = (event) => listener(event.data);
		},
		close: () => port.close(),
	};
}

const clock: Clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(delayMs, callback) {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
};

export class TestMachine implements AsyncDisposable {
	readonly system: System;
	readonly #kernel: Kernel;
	readonly #programs: Readonly<Record<string, WorkerProgram>>;
	/** Everyday commands and programs for WASI run in threads of their own. */
	readonly #workers: NodeProgramLauncher;
	readonly launched: ProcessStart[] = [];

	constructor(programs: Readonly<Record<string, WorkerProgram>>) {
		this.#programs = programs;
		const turns = makeCallTurns((callback) => void setImmediate(callback));
		this.#workers = new NodeProgramLauncher(turns);
		const launcher: ProgramLauncher = {
			launch: (start, grants, crashed) =>
				isEverydayCommand(start.program) ? this.#workers.launch(start, grants, crashed) : this.#launch(start, crashed),
			launchImage: (start, image, crashed) => this.#workers.launchImage(start, image, crashed),
		};
		this.#kernel = new Kernel({
			volume: new MemoryFileSystem({ clock }),
			...{ clock, random: hostRandom, launcher, version: 'test', host: 'node' },
			afterArrived: turns.defer,
		});
		const channel = new MessageChannel();
		const connection = new PortConnection(portOf(channel.port1));
		this.#kernel.attach('test', systemToken, { connection, terminate: () => {} });
		this.system = new System(portOf(channel.port2));
	}

	#launch(start: ProcessStart, crashed: (reason: string) => void) {
		const program = this.#programs[start.program];
		if (program === undefined) throw new OsError('ENOENT', start.program);
		this.launched.push(start);
		const channel = new MessageChannel();
		const system = new System(portOf(channel.port2));
		program(system, start).then(
			(code) => system.processExit(code).catch(() => {}),
			(error: unknown) => {
				if (!(error instanceof OsError && error.code === 'ECANCELED')) crashed(String(error));
			},
		);
		return { connection: new PortConnection(portOf(channel.port1)), terminate: () => system.close() };
	}

	/** Runs a program to its end, with `input` on its standard input. */
	async run(program: string, programArguments: readonly string[], input = ''): Promise<Outcome> {
		const [stdin, stdout, stderr] = [await this.pipe(), await this.pipe(), await this.pipe()];
		const pid = await this.spawn(program, programArguments, [stdin.read, stdout.write, stderr.write]);
		for (const handle of [stdin.read, stdout.write, stderr.write]) await this.system.handleClose(handle);
		const output = this.readAll(stdout.read);
		const error = this.readAll(stderr.read);
		await this.system.streamWrite(stdin.write, new TextEncoder().encode(input)).catch(() => {});
		await this.system.handleClose(stdin.write);
		return { output: await output, error: await error, status: await this.system.processWait(pid) };
	}

	pipe(): Promise<{ read: number; write: number }> {
		return this.system.pipeCreate();
	}

	spawn(program: string, programArguments: readonly string[], streams: readonly number[]): Promise<number> {
		const [standardInput, standardOutput, standardError] = streams;
		return this.system.processSpawn(program, {
			arguments: [...programArguments],
			environment: ['HOME=/home', 'GREETING=hello'],
			workingDirectory: '/home',
			...(standardInput === undefined ? {} : { standardInput }),
			...(standardOutput === undefined ? {} : { standardOutput }),
			...(standardError === undefined ? {} : { standardError }),
		});
	}

	async readAll(handle: number): Promise<string> {
		const decoder = new TextDecoder();
		let text = '';
		for (;;) {
			const bytes = await this.system.streamRead(handle, 65_536);
			if (bytes.length === 0) break;
			text += decoder.decode(bytes, { stream: true });
		}
		await this.system.handleClose(handle);
		return text + decoder.decode();
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#kernel.shutDown();
		this.#workers.close();
		this.system.close();
	}
}
