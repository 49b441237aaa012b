/**
 * A file of the volume as random-access bytes, read on demand through system calls.
 *
 * Rules of use: who opens it closes it; the size is that at the time of opening.
 */
import { rights } from '#abi/rights.ts';
import type { ByteSource } from '#media/byte-source.ts';
import type { System } from '#runtime/system.ts';

export class VolumeByteSource implements ByteSource {
	readonly size: number;
	readonly #system: System;
	readonly #handle: number;

	private constructor(system: System, handle: number, size: number) {
		this.#system = system;
		this.#handle = handle;
		this.size = size;
	}

	static async open(system: System, path: string): Promise<VolumeByteSource> {
		const handle = await system.fileOpen(path, 'open', rights.read);
		const { size } = await system.fileStat(handle);
		return new VolumeByteSource(system, handle, size);
	}

	read(at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
		return this.#system.fileRead(this.#handle, at, length);
	}

	close(): Promise<void> {
		return this.#system.handleClose(this.#handle);
	}
}
