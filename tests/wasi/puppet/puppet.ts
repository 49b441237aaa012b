/**
 * A puppet (`puppet-module.ts`) as a process, and the strings that it hangs on.
 *
 * Rules of use: one command at a time. `call` gives the errno that the function returned; memory from `scratch` on is the
 * caller's. `close` lets it end by itself.
 */
import type { ExitStatus, SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { openingFlags, wasiRights } from '#wasi/wasi-numbers.ts';
import { type GuestCall, guestCalls } from '../../contract/cases/guest-module.ts';
import { commandBytes, extraCommands, makePuppetModule } from './puppet-module.ts';

/** Memory below is the puppet's own. */
export const scratch = 4096;
const textAt = scratch;
const secondTextAt = scratch + 8192;
export const resultAt = scratch + 16_384;

export class Puppet {
	readonly pid: number;
	readonly ended: Promise<ExitStatus>;
	readonly #system: System;
	readonly #input: number;
	readonly #output: number;
	#rest = new Uint8Array(0);

	private constructor(system: System, pid: number, streams: { input: number; output: number }) {
		this.#system = system;
		this.pid = pid;
		this.#input = streams.input;
		this.#output = streams.output;
		this.ended = system.processWait(pid);
	}

	/** Its program is put at `program` when it is not there yet. */
	static async start(system: System, program: string, options: Partial<SpawnOptions> = {}): Promise<Puppet> {
		await system.pathWrite(program, makePuppetModule(), 'replace');
		const [input, output] = [await system.pipeCreate(), await system.pipeCreate()];
		const pid = await system.processSpawn(program, {
			arguments: [],
			environment: [],
			workingDirectory: '/',
			...options,
			standardInput: input.read,
			standardOutput: output.write,
		});
		for (const handle of [input.read, output.write]) await system.handleClose(handle);
		return new Puppet(system, pid, { input: input.write, output: output.read });
	}

	async call(name: GuestCall, ...values: readonly (number | bigint)[]): Promise<number> {
		await this.#command(guestCalls.indexOf(name), values);
		return await this.#result();
	}

	/** A call whose first arguments are a descriptor and a path. */
	async callPath(name: GuestCall, descriptor: number, path: string, ...rest: (number | bigint)[]): Promise<number> {
		const length = await this.#putText(textAt, path);
		return await this.call(name, descriptor, textAt, length, ...rest);
	}

	/** `path_open` with all that the directory may hand on; a descriptor, or the errno below 0. */
	async open(descriptor: number, path: string, options: OpenOptions = {}): Promise<number> {
		// With the right to write no directory is opened.
		const {
			flags = 0,
			base = (flags & openingFlags.directory) === 0 ? 0x1fff_ffffn : 0x1fff_ffffn & ~wasiRights.fdWrite,
			inheriting = 0x1fff_ffffn,
			follow = true,
		} = options;
		const length = await this.#putText(textAt, path);
		const values = [flags, base, inheriting, 0, resultAt];
		const errno = await this.call('path_open', descriptor, follow ? 1 : 0, textAt, length, ...values);
		return errno === 0 ? await this.u32(resultAt) : -errno;
	}

	/** `path_link`, `path_rename`: two directories and two paths. */
	async callTwoPaths(name: 'path_link' | 'path_rename', from: Place, to: Place, follow = false): Promise<number> {
		const one = [from.descriptor, textAt, await this.#putText(textAt, from.path)];
		const other = [to.descriptor, secondTextAt, await this.#putText(secondTextAt, to.path)];
		if (name === 'path_link') one.splice(1, 0, follow ? 1 : 0);
		return await this.call(name, ...one, ...other);
	}

	async makeLink(descriptor: number, path: string, target: string): Promise<number> {
		const targetLength = await this.#putText(secondTextAt, target);
		const length = await this.#putText(textAt, path);
		return await this.call('path_symlink', secondTextAt, targetLength, descriptor, textAt, length);
	}

	/** All that `fd_read` gives at once; the errno below 0. */
	async read(descriptor: number, length: number): Promise<string | number> {
		await this.poke(scratch, new Uint8Array(Uint32Array.of(secondTextAt, length).buffer));
		const errno = await this.call('fd_read', descriptor, scratch, 1, resultAt);
		if (errno !== 0) return -errno;
		return new TextDecoder().decode(await this.peek(secondTextAt, await this.u32(resultAt)));
	}

	async poke(at: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
		await this.#command(extraCommands.poke, [at, bytes.length]);
		await this.#system.streamWrite(this.#input, bytes);
		await this.#result();
	}

	async peek(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
		await this.#command(extraCommands.peek, [at, length]);
		const bytes = await this.#take(length);
		await this.#result();
		return bytes;
	}

	async u32(at: number): Promise<number> {
		return new DataView((await this.peek(at, 4)).buffer).getUint32(0, true);
	}

	async grow(pages: number): Promise<number> {
		await this.#command(extraCommands.grow, [pages]);
		return await this.#result();
	}

	async close(): Promise<ExitStatus> {
		await this.#system.handleClose(this.#input);
		const status = await this.ended;
		await this.#system.handleClose(this.#output);
		return status;
	}

	async #putText(at: number, text: string): Promise<number> {
		const bytes = new TextEncoder().encode(text);
		if (bytes.length > 0) await this.poke(at, bytes);
		return bytes.length;
	}

	async #command(number: number, values: readonly (number | bigint)[]): Promise<void> {
		const view = new DataView(new ArrayBuffer(commandBytes));
		view.setUint32(0, number, true);
		for (const [index, value] of values.entries())
			view.setBigUint64(8 + index * 8, BigInt.asUintN(64, BigInt(value)), true);
		await this.#system.streamWrite(this.#input, new Uint8Array(view.buffer));
	}

	async #result(): Promise<number> {
		return new DataView((await this.#take(4)).buffer).getInt32(0, true);
	}

	async #take(length: number): Promise<Uint8Array<ArrayBuffer>> {
		while (this.#rest.length < length) {
			const more = await this.#system.streamRead(this.#output, 65_536);
			if (more.length === 0) throw new Error(`the program ended: ${(await this.ended).reason}`);
			const joined = new Uint8Array(this.#rest.length + more.length);
			joined.set(this.#rest);
			joined.set(more, this.#rest.length);
			this.#rest = joined;
		}
		const taken = this.#rest.slice(0, length);
		this.#rest = this.#rest.slice(length);
		return taken;
	}
}

export interface OpenOptions {
	/** `openingFlags` of WASI. */
	readonly flags?: number;
	readonly base?: bigint;
	readonly inheriting?: bigint;
	readonly follow?: boolean;
}

export interface Place {
	readonly descriptor: number;
	readonly path: string;
}
