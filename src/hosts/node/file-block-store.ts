/**
 * The files of a volume in a directory of the host, for the system in Node.
 *
 * Rules of use:
 * - A directory belongs to one process at a time: the store holds the file `lock` in it (`process-lock.ts`).
 * - A flush is `fdatasync`; the directory itself is flushed when files have been made in it.
 */
import * as fs from 'node:fs';
import { join } from 'node:path';
import { type BlockFile, BlockFileError, type BlockStore } from '#base/ports.ts';
import { releaseLock, takeLock } from './process-lock.ts';

const lockName = 'lock';

export class FileBlockStore implements BlockStore {
	readonly #directory: string;
	readonly #open = new Set<string>();

	constructor(directory: string) {
		this.#directory = directory;
	}

	async open(name: string): Promise<BlockFile> {
		if (this.#open.has(name)) throw new BlockFileError('failed', `${name} is open already`);
		if (this.#open.size === 0) this.#lock();
		this.#open.add(name);
		try {
			return new HostFile(name, this.#openDescriptor(name), () => this.#close(name));
		} catch (error) {
			this.#close(name);
			throw toBlockFileError(error, name);
		}
	}

	async exists(name: string): Promise<boolean> {
		return fs.existsSync(join(this.#directory, name));
	}

	#openDescriptor(name: string): number {
		const path = join(this.#directory, name);
		if (fs.existsSync(path)) return fs.openSync(path, 'r+');
		const descriptor = fs.openSync(path, 'wx+');
		flushDirectory(this.#directory);
		return descriptor;
	}

	#close(name: string): void {
		this.#open.delete(name);
		if (this.#open.size === 0) releaseLock(join(this.#directory, lockName));
	}

	#lock(): void {
		try {
			fs.mkdirSync(this.#directory, { recursive: true });
			const owner = takeLock(join(this.#directory, lockName));
			if (owner === undefined) return;
			const who = owner === process.pid ? 'this process' : `process ${owner}`;
			throw new BlockFileError('failed', `The volume in ${this.#directory} is in use by ${who}.`);
		} catch (error) {
			throw toBlockFileError(error, lockName);
		}
	}
}

class HostFile implements BlockFile {
	readonly name: string;
	readonly #descriptor: number;
	readonly #release: () => void;

	constructor(name: string, descriptor: number, release: () => void) {
		this.name = name;
		this.#descriptor = descriptor;
		this.#release = release;
	}

	size(): number {
		return this.#attempt(() => fs.fstatSync(this.#descriptor).size);
	}

	read(into: Uint8Array, at: number): number {
		return this.#attempt(() => {
			let done = 0;
			while (done < into.length) {
				const count = fs.readSync(this.#descriptor, into, done, into.length - done, at + done);
				if (count === 0) break;
				done += count;
			}
			return done;
		});
	}

	write(bytes: Uint8Array, at: number): void {
		this.#attempt(() => {
			let done = 0;
			while (done < bytes.length) {
				done += fs.writeSync(this.#descriptor, bytes, done, bytes.length - done, at + done);
			}
		});
	}

	truncate(size: number): void {
		this.#attempt(() => fs.ftruncateSync(this.#descriptor, size));
	}

	flush(): void {
		this.#attempt(() => fs.fdatasyncSync(this.#descriptor));
	}

	close(): void {
		fs.closeSync(this.#descriptor);
		this.#release();
	}

	#attempt<T>(action: () => T): T {
		try {
			return action();
		} catch (error) {
			throw toBlockFileError(error, this.name);
		}
	}
}

function flushDirectory(path: string): void {
	const descriptor = fs.openSync(path, 'r');
	try {
		fs.fsyncSync(descriptor);
	} finally {
		fs.closeSync(descriptor);
	}
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function toBlockFileError(error: unknown, name: string): BlockFileError {
	if (error instanceof BlockFileError) return error;
	const full = ['ENOSPC', 'EDQUOT'].includes(codeOf(error));
	return new BlockFileError(full ? 'full' : 'failed', `${name}: ${error}`, { cause: error });
}
