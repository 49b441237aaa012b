/**
 * A disk on this machine of which every write and every flush is recorded in order: a file behind QEMU's storage daemon,
 * whose `blklogwrites` writes the log, seen here as a file by FUSE.
 *
 * Rules of use: `await using disk = await RecordedDisk.attach(…)`; the log is whole when its scope has ended. `file` takes a
 * loop device, or raw writes.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { diskBytes, fileSystemBytes } from './data-disk.ts';
import { sectorSize } from './write-log.ts';

export const markSector = fileSystemBytes / sectorSize;

export class RecordedDisk implements AsyncDisposable {
	/** The disk, as who uses it sees it. */
	readonly file: string;
	readonly #daemon: ChildProcess;
	readonly #marks: FileHandle;

	private constructor(file: string, daemon: ChildProcess, marks: FileHandle) {
		this.file = file;
		this.#daemon = daemon;
		this.#marks = marks;
	}

	/** Records what happens to `disk` in `log`, which is made anew. */
	static async attach(disk: string, log: string): Promise<RecordedDisk> {
		const file = path.join(path.dirname(disk), 'recorded');
		await writeFile(log, '');
		await writeFile(file, '');
		const node = (words: string) => ['--blockdev', words];
		const daemon = spawn(
			'qemu-storage-daemon',
			[
				...node(`driver=file,node-name=disk,filename=${disk}`),
				...node(`driver=file,node-name=log,filename=${log}`),
				...node(`driver=blklogwrites,node-name=recorded,file=disk,log=log,log-sector-size=${sectorSize}`),
				...['--export', `type=fuse,id=seen,node-name=recorded,mountpoint=${file},writable=on,growable=off`],
			],
			{ stdio: ['ignore', 'inherit', 'inherit'] },
		);
		await waitUntilThere(file, daemon);
		return new RecordedDisk(file, daemon, await open(file, 'r+'));
	}

	/** Notes in the log that so many steps are acknowledged. */
	async mark(steps: number): Promise<void> {
		await this.#marks.write(Buffer.alloc(sectorSize, 1), 0, sectorSize, (markSector + steps) * sectorSize);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#marks.close();
		const ended = once(this.#daemon, 'exit');
		this.#daemon.kill('SIGTERM');
		await ended;
	}
}

async function waitUntilThere(file: string, daemon: ChildProcess): Promise<void> {
	for (let tries = 0; tries < 100 && daemon.exitCode === null; tries++) {
		if ((await stat(file)).size === diskBytes) return;
		await wait(50);
	}
	daemon.kill('SIGKILL');
	throw new Error('The storage daemon of QEMU shows no disk.');
}
