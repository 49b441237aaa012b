/** Measures a running system of ours, the same in Node and in the browser: by system calls alone. */
import { directoryRights } from '#abi/rights.ts';
import type { SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { endless, guestModule } from '../../tests/contract/cases/guest-module.ts';
import { type Extent, type Figures, type Programs, quantile, readFigures } from './figures.ts';

type Streams = Pick<SpawnOptions, 'standardInput' | 'standardOutput' | 'standardError'>;

const folder = '/Bench';
const pieceBytes = 65_536;

const programPath = (name: string): string => `/Programs/${name}.wasm`;
const now = (): number => performance.timeOrigin + performance.now();

export async function measureSystem(system: System, programs: Programs, extent: Extent): Promise<Figures> {
	await system.pathMakeDirectory(folder);
	for (const [name, bytes] of Object.entries(programs)) await system.pathWrite(programPath(name), bytes, 'create-new');
	const bench = new SystemBench(system, await system.directoryOpen(folder, directoryRights));
	let figures: Figures = {
		...(await bench.files(extent.files)),
		...(await bench.pipe(extent.pipeMegabytes)),
		...(await bench.spawn(extent.spawns)),
		...(await bench.kill(extent.kills)),
	};
	for (const count of extent.crowds)
		for (const mode of ['ask', 'keep'] as const)
			figures = { ...figures, ...(await bench.crowd(mode, count, Math.ceil(extent.crowdCalls / count))) };
	return figures;
}

class SystemBench {
	readonly #system: System;
	readonly #directory: number;

	constructor(system: System, directory: number) {
		this.#system = system;
		this.#directory = directory;
	}

	async files(programArguments: readonly string[]): Promise<Figures> {
		return readFigures(await this.#run('files', programArguments));
	}

	/** Two processes and a pipe between them. */
	async pipe(megabytes: number): Promise<Figures> {
		const system = this.#system;
		const [between, output] = [await system.pipeCreate(), await system.pipeCreate()];
		await this.#start('pipe', ['write', String(megabytes)], { standardOutput: between.write });
		await this.#start('pipe', ['read'], { standardInput: between.read, standardOutput: output.write });
		for (const handle of [between.write, between.read, output.write]) await system.handleClose(handle);
		const text = new TextDecoder().decode(await this.#drain(output.read));
		return readFigures(text);
	}

	/** From the call to the first instruction of main, and to the end, of a program that was started before. */
	async spawn(count: number): Promise<Figures> {
		const toMain: number[] = [];
		const toEnd: number[] = [];
		for (let index = -2; index < count; index++) {
			const output = await this.#system.pipeCreate();
			const started = now();
			const pid = await this.#start('start', [], { standardOutput: output.write });
			const status = await this.#system.processWait(pid);
			const ended = now();
			await this.#system.handleClose(output.write);
			const text = new TextDecoder().decode(await this.#drain(output.read));
			if (status.code !== 0) throw new Error(`start ended: ${status.reason}`);
			// The first ones compile it and fill the pool of Workers.
			if (index < 0) continue;
			toMain.push((Number(text) / 1e6 - started) * 1000);
			toEnd.push((ended - started) * 1000);
		}
		return { spawn_main: quantile(toMain, 0.5), spawn_end: quantile(toEnd, 0.5), spawn_end_p99: quantile(toEnd, 0.99) };
	}

	/** From the call to the end that its parent sees, of a program in an endless loop that never calls. */
	async kill(count: number): Promise<Figures> {
		const system = this.#system;
		await system.pathWrite(programPath('spin'), guestModule({ body: endless() }), 'create-new');
		const toEnd: number[] = [];
		for (let index = 0; index < count; index++) {
			const pid = await this.#start('spin', [], {});
			await this.#untilRunning(pid);
			const started = now();
			const ended = system.processWait(pid);
			await system.processKill(pid, 'kill');
			const { reason } = await ended;
			toEnd.push((now() - started) * 1000);
			if (reason !== 'signal') throw new Error(`spin ended: ${reason}`);
		}
		return { kill_end: quantile(toEnd, 0.5), kill_end_p99: quantile(toEnd, 0.99) };
	}

	async #untilRunning(pid: number): Promise<void> {
		for (;;) {
			const process = (await this.#system.processList()).find((candidate) => candidate.pid === pid);
			if (process === undefined) throw new Error('spin has ended by itself');
			if ((process.processorTimeUs ?? 0) > 2000) return;
		}
	}

	/** So many processes that write at once: `ask` by system calls to one file, `keep` each to a file of its own. */
	async crowd(mode: 'ask' | 'keep', count: number, calls: number): Promise<Figures> {
		const system = this.#system;
		const [input, output] = [await system.pipeCreate(), await system.pipeCreate()];
		const streams = { standardInput: input.read, standardOutput: output.write };
		const ends: Promise<void>[] = [];
		for (let index = 0; index < count; index++) {
			const file = mode === 'ask' ? 'crowd.log' : `crowd-${index}.bin`;
			ends.push(this.#untilEnd(await this.#start('writers', [mode, file, String(calls)], streams)));
		}
		await system.handleClose(output.write);
		const ended = Promise.all(ends);
		await this.#readExactly(output.read, count, ended);
		const started = now();
		await system.streamWrite(input.write, new Uint8Array(count));
		const bytes = await this.#readExactly(output.read, count * calls * 4, ended);
		const spent = now() - started;
		await ended;
		for (const handle of [input.read, input.write, output.read]) await system.handleClose(handle);
		return crowdFigures(`${mode}_${count}`, new Uint32Array(bytes.buffer), spent);
	}

	async #run(name: string, programArguments: readonly string[]): Promise<string> {
		const output = await this.#system.pipeCreate();
		await this.#start(name, programArguments, { standardOutput: output.write, standardError: output.write });
		await this.#system.handleClose(output.write);
		return new TextDecoder().decode(await this.#drain(output.read));
	}

	#start(name: string, programArguments: readonly string[], streams: Streams): Promise<number> {
		return this.#system.processSpawn(programPath(name), {
			arguments: [...programArguments],
			environment: [],
			workingDirectory: '/',
			namespace: { mounts: [{ path: '/', directory: this.#directory, readOnly: false }] },
			...streams,
		});
	}

	async #drain(handle: number): Promise<Uint8Array<ArrayBuffer>> {
		const parts: Uint8Array<ArrayBuffer>[] = [];
		for (;;) {
			const part = await this.#system.streamRead(handle, pieceBytes);
			if (part.length === 0) break;
			parts.push(part);
		}
		await this.#system.handleClose(handle);
		return join(parts);
	}

	/** Throws when the process does not succeed. */
	async #untilEnd(pid: number): Promise<void> {
		const { code, reason } = await this.#system.processWait(pid);
		if (code !== 0) throw new Error(`process ${pid} ended with ${code}: ${reason}`);
	}

	/** Throws as soon as one of the writers has failed. */
	async #readExactly(handle: number, length: number, ended: Promise<unknown>): Promise<Uint8Array<ArrayBuffer>> {
		const parts: Uint8Array<ArrayBuffer>[] = [];
		for (let rest = length; rest > 0; ) {
			const next = this.#system.streamRead(handle, Math.min(rest, pieceBytes));
			const part = await Promise.race([next, ended.then(() => next)]);
			if (part.length === 0) throw new Error(`${rest} of ${length} bytes are missing: a process failed`);
			parts.push(part);
			rest -= part.length;
		}
		return join(parts);
	}
}

/** What the coarsest clock of the hosts steps by: less than that is not told from nothing. */
const clockStep = 5;

/** Each call's time in nanoseconds, all calls in milliseconds. */
function crowdFigures(name: string, nanoseconds: Uint32Array, spentMs: number): Figures {
	const [p50, p99] = [quantile(nanoseconds, 0.5) / 1000, quantile(nanoseconds, 0.99) / 1000];
	return {
		[`${name}_p50`]: p50,
		[`${name}_p99`]: p99,
		[`${name}_spread`]: p99 / Math.max(p50, clockStep),
		[`${name}_max`]: nanoseconds.reduce((most, value) => Math.max(most, value), 0) / 1000,
		[`${name}_each`]: (spentMs * 1000) / nanoseconds.length,
	};
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		bytes.set(part, at);
		at += part.length;
	}
	return bytes;
}
