/**
 * Runs programs of others on a system and gathers what they write. The same in Node and in Chromium.
 *
 * Rules of use: `install` a file before it is run; paths are those of the system.
 */
import type { SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import type { ProgramFile } from './program-files.ts';

/** `fetch` gives a file of the packages by its path in `node_modules`. */
export interface ProgramSource {
	fetch(path: ProgramFile): Promise<Uint8Array<ArrayBuffer>>;
}

export interface Finished {
	readonly code: number;
	readonly reason: string;
	readonly output: Uint8Array<ArrayBuffer>;
	readonly errors: string;
	readonly milliseconds: number;
}

const pieceBytes = 32 * 1024 * 1024;
const limitMs = 240_000;

export class ProgramRunner {
	readonly system: System;
	readonly #source: ProgramSource;

	constructor(system: System, source: ProgramSource) {
		this.system = system;
		this.#source = source;
	}

	/** Brings a file of the packages onto the volume. */
	async install(from: ProgramFile, to: string): Promise<void> {
		await this.write(to, await this.#source.fetch(from));
	}

	async write(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
		await this.system.pathWrite(path, new Uint8Array(0), 'replace');
		const handle = await this.system.fileOpen(path, 'open', 2);
		for (let offset = 0; offset < bytes.length; offset += pieceBytes)
			await this.system.fileWrite(handle, offset, bytes.slice(offset, offset + pieceBytes));
		await this.system.handleClose(handle);
	}

	/** Puts what an archive (tar, ustar) holds below a directory. */
	async unpack(archive: ProgramFile, to: string): Promise<void> {
		const bytes = await this.#source.fetch(archive);
		const made = new Set<string>();
		for (const { name, content } of entriesOf(bytes)) {
			const path = `${to}/${name}`;
			await this.#makeParents(path, made);
			await this.system.pathWrite(path, content, 'create-new');
		}
	}

	async #makeParents(path: string, made: Set<string>): Promise<void> {
		const parent = path.slice(0, path.lastIndexOf('/'));
		if (parent === '' || made.has(parent)) return;
		await this.#makeParents(parent, made);
		made.add(parent);
		const exists = await this.system.pathStat(parent).then(
			() => true,
			() => false,
		);
		if (!exists) await this.system.pathMakeDirectory(parent);
	}

	/** Runs a program to its end; throws with what it said when its exit code is not 0. */
	async run(program: string, programArguments: readonly string[], input = ''): Promise<Finished> {
		const ends = await this.system.pipeCreate();
		const { finished } = await this.#start(program, programArguments, { standardInput: ends.read });
		await this.system.handleClose(ends.read);
		if (input !== '') await this.system.streamWrite(ends.write, new TextEncoder().encode(input));
		await this.system.handleClose(ends.write);
		return this.#succeed(program, await finished);
	}

	/** `program one | program other`. */
	async pipe(program: string, one: readonly string[], other: readonly string[]): Promise<Finished> {
		const ends = await this.system.pipeCreate();
		const first = await this.#start(program, one, { standardOutput: ends.write });
		const second = await this.#start(program, other, { standardInput: ends.read });
		for (const handle of [ends.read, ends.write]) await this.system.handleClose(handle);
		this.#succeed(program, await first.finished);
		return this.#succeed(program, await second.finished);
	}

	/** In an object, so that only the start is waited for. */
	async #start(
		program: string,
		programArguments: readonly string[],
		streams: Partial<SpawnOptions>,
	): Promise<{ finished: Promise<Finished> }> {
		const { system } = this;
		const began = performance.now();
		const [output, errors] = [await system.pipeCreate(), await system.pipeCreate()];
		const pid = await system.processSpawn(program, {
			arguments: [...programArguments],
			environment: ['HOME=/Work', 'LANG=C.UTF-8'],
			workingDirectory: '/Work',
			limits: { wallTimeMs: limitMs },
			standardOutput: output.write,
			standardError: errors.write,
			...streams,
		});
		for (const handle of [output.write, errors.write]) await system.handleClose(handle);
		return { finished: this.#finish(pid, { output: output.read, errors: errors.read, began }) };
	}

	async #finish(pid: number, parts: { output: number; errors: number; began: number }): Promise<Finished> {
		const { output, errors, began } = parts;
		const gathered = await Promise.all([
			gather(this.system, output),
			gather(this.system, errors),
			this.system.processWait(pid),
		]);
		const [written, told, { code, reason }] = gathered;
		for (const handle of [output, errors]) await this.system.handleClose(handle);
		const milliseconds = performance.now() - began;
		return { code, reason, output: written, errors: new TextDecoder().decode(told), milliseconds };
	}

	#succeed(program: string, finished: Finished): Finished {
		const { code, reason, errors } = finished;
		if (code !== 0) throw new Error(`${program} ended with ${code} (${reason}):\n${errors}`);
		return finished;
	}
}

async function gather(system: System, handle: number): Promise<Uint8Array<ArrayBuffer>> {
	const parts: Uint8Array[] = [];
	for (;;) {
		const bytes = await system.streamRead(handle, 1 << 20);
		if (bytes.length === 0) break;
		parts.push(bytes);
	}
	const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		all.set(part, at);
		at += part.length;
	}
	return all;
}

const blockBytes = 512;

/** The files of an archive: a header of one block each, then the content (POSIX ustar). */
function* entriesOf(archive: Uint8Array<ArrayBuffer>): Generator<{ name: string; content: Uint8Array<ArrayBuffer> }> {
	const decoder = new TextDecoder();
	const text = (at: number, length: number): string =>
		decoder.decode(archive.subarray(at, at + length)).split('\0', 1)[0] ?? '';
	for (let at = 0; at + blockBytes <= archive.length && archive[at] !== 0; ) {
		const size = Number.parseInt(text(at + 124, 12), 8);
		const prefix = text(at + 345, 155);
		const name = (prefix === '' ? '' : `${prefix}/`) + text(at, 100);
		const content = at + blockBytes;
		if (text(at + 156, 1) === '0') yield { name, content: archive.slice(content, content + size) };
		at = content + Math.ceil(size / blockBytes) * blockBytes;
	}
}
