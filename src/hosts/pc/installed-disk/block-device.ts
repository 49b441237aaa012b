/**
 * A disk or a part of one, as those see it who write images: bytes at places, and a flush.
 *
 * Rules of use: what was written is on the disk once a `flush` that came after it has resolved, and not before.
 */
import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';

export interface BlockDevice {
	readonly sizeBytes: number;
	/** Exactly `length` bytes. Throws a `RangeError` past the end, and whatever the disk has to say. */
	read(place: number, length: number): Promise<Uint8Array>;
	write(place: number, bytes: Uint8Array): Promise<void>;
	/** Everything written so far is on the disk. */
	flush(): Promise<void>;
	/** From here on reading asks the disk, not the system's memory of what was written to it. */
	forgetCached(): Promise<void>;
}

/** `sizeBytes` from `startByte` on of another device. */
export class DevicePart implements BlockDevice {
	readonly #whole: BlockDevice;
	readonly #startByte: number;
	readonly sizeBytes: number;

	constructor(whole: BlockDevice, startByte: number, sizeBytes: number) {
		this.#whole = whole;
		this.#startByte = startByte;
		this.sizeBytes = sizeBytes;
	}

	async read(place: number, length: number): Promise<Uint8Array> {
		this.#check(place, length);
		return await this.#whole.read(this.#startByte + place, length);
	}

	async write(place: number, bytes: Uint8Array): Promise<void> {
		this.#check(place, bytes.length);
		await this.#whole.write(this.#startByte + place, bytes);
	}

	flush(): Promise<void> {
		return this.#whole.flush();
	}

	forgetCached(): Promise<void> {
		return this.#whole.forgetCached();
	}

	#check(place: number, length: number): void {
		if (place < 0 || place + length > this.sizeBytes) throw new RangeError(`${place}+${length} is outside.`);
	}
}

/** A block device of Linux, or a file that stands for one. */
export class FileBlockDevice implements BlockDevice, AsyncDisposable {
	readonly #file: FileHandle;
	readonly #path: string;
	readonly sizeBytes: number;

	private constructor(file: FileHandle, path: string, sizeBytes: number) {
		this.#file = file;
		this.#path = path;
		this.sizeBytes = sizeBytes;
	}

	static async open(path: string, access: 'read' | 'write'): Promise<FileBlockDevice> {
		const file = await open(path, access === 'read' ? constants.O_RDONLY : constants.O_RDWR);
		try {
			const stat = await file.stat();
			return new FileBlockDevice(file, path, stat.isBlockDevice() ? await readDeviceSize(path) : stat.size);
		} catch (error) {
			await file.close();
			throw error;
		}
	}

	async read(place: number, length: number): Promise<Uint8Array> {
		const bytes = Buffer.allocUnsafe(length);
		for (let done = 0; done < length; ) {
			const { bytesRead } = await this.#file.read(bytes, done, length - done, place + done);
			if (bytesRead === 0) throw new RangeError(`${this.#path} ends at byte ${place + done}.`);
			done += bytesRead;
		}
		return bytes;
	}

	async write(place: number, bytes: Uint8Array): Promise<void> {
		for (let done = 0; done < bytes.length; ) {
			const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, place + done);
			if (bytesWritten === 0) throw new RangeError(`${this.#path} takes no more than ${place + done} bytes.`);
			done += bytesWritten;
		}
	}

	flush(): Promise<void> {
		return this.#file.datasync();
	}

	async forgetCached(): Promise<void> {
		if ((await this.#file.stat()).isBlockDevice()) await promisify(execFile)('blockdev', ['--flushbufs', this.#path]);
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#file.close();
	}
}

/** By util-linux, since Linux tells the size of a device in no attribute of its file. */
async function readDeviceSize(path: string): Promise<number> {
	const { stdout } = await promisify(execFile)('blockdev', ['--getsize64', path]);
	return Number(stdout);
}
