/**
 * What a power cut can leave on a disk, made from the log of all that reached it (`write-log.ts`).
 *
 * A disk keeps what was flushed. Of what was written since, each write may be there, not there, or there in part: a sector
 * is written whole or not at all, and a disk may keep later writes and lose earlier ones.
 *
 * Rules of use: cuts are asked for in ascending order; each is a file of its own, which the caller removes.
 */
import { type FileHandle, open } from 'node:fs/promises';
import type { SeededRandom } from '../crash/test-volume.ts';
import { copySparse } from './data-disk.ts';
import { type LoggedWrite, sectorSize, type WriteLog } from './write-log.ts';

export interface CutOptions {
	/** The disk as it was before the first entry of the log. It is changed: it follows the cuts. */
	readonly disk: string;
	readonly log: WriteLog;
	readonly random: SeededRandom;
	/** The planted defect: flushes are answered and nothing is done. */
	readonly ignoresFlushes?: boolean;
}

export class CutStates {
	readonly #options: CutOptions;
	readonly #durable: FileHandle;
	/** Writes that no flush has made sure of, in their order. */
	#pending: LoggedWrite[] = [];
	#next = 0;
	#mark = 0;

	private constructor(options: CutOptions, durable: FileHandle) {
		this.#options = options;
		this.#durable = durable;
	}

	static async open(options: CutOptions): Promise<CutStates> {
		return new CutStates(options, await open(options.disk, 'r+'));
	}

	/** Cuts the power after `count` entries; the disk is in `file` then. Resolves to the last mark before. */
	async cut(count: number, file: string): Promise<number> {
		await this.#follow(count);
		await copySparse(this.#options.disk, file);
		const left = await open(file, 'r+');
		try {
			// A disk that keeps all, nothing, or some.
			const kept = this.#options.random.pick([0, 0.2, 0.5, 0.8, 1]);
			for (const write of this.#pending) await this.#leave(left, write, kept);
		} finally {
			await left.close();
		}
		return this.#mark;
	}

	close(): Promise<void> {
		return this.#durable.close();
	}

	async #follow(count: number): Promise<void> {
		const { log, ignoresFlushes = false } = this.#options;
		for (; this.#next < count; this.#next++) {
			const entry = log.entries[this.#next];
			if (entry?.kind === 'write') this.#pending.push(entry);
			else if (entry?.kind === 'mark') this.#mark = entry.number;
			else if (entry?.kind === 'flush' && !ignoresFlushes) await this.#flush();
		}
	}

	async #flush(): Promise<void> {
		for (const write of this.#pending)
			await writeSectors(this.#durable, write, await this.#options.log.readData(write));
		this.#pending = [];
	}

	async #leave(file: FileHandle, write: LoggedWrite, kept: number): Promise<void> {
		const { random, log } = this.#options;
		const luck = random.fraction();
		if (!write.isDurable && luck >= kept) return;
		const data = await log.readData(write);
		const isTorn = !write.isDurable && write.sectors > 1 && kept < 1 && random.below(4) === 0;
		if (!isTorn) return writeSectors(file, write, data);
		for (let sector = 0; sector < write.sectors; sector++)
			if (random.below(2) === 0)
				await file.write(data, sector * sectorSize, sectorSize, (write.sector + sector) * sectorSize);
	}
}

async function writeSectors(file: FileHandle, { sector }: LoggedWrite, data: Buffer): Promise<void> {
	await file.write(data, 0, data.length, sector * sectorSize);
}
