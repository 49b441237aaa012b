/** What every test of the volume shares: one engine of SQLite, a clock that the test moves, repeatable randomness. */
import { readFile } from 'node:fs/promises';
import type { Clock, Random } from '#base/ports.ts';
import type { VersionPolicy } from '#fs/previous-versions.ts';
import { type Durability, type OpenedVolume, openVolume, openVolumeWith } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import type { SimulatedDisk } from './simulated-disk.ts';

const wasmPath = new URL('../../node_modules/@sqlite.org/sqlite-wasm/dist/sqlite3.wasm', import.meta.url);

let engine: Promise<SqliteEngine> | undefined;

export function testEngine(): Promise<SqliteEngine> {
	engine ??= SqliteEngine.start(readFile(wasmPath));
	return engine;
}

/** A clock that stands still until `advance`, so that nothing happens behind a test's back. */
export class ManualClock implements Clock {
	#now = 1_700_000_000_000;
	#due: { at: number; callback: () => void }[] = [];

	now(): number {
		return this.#now;
	}

	monotonic(): number {
		return this.#now;
	}

	after(delayMs: number, callback: () => void): () => void {
		const timer = { at: this.#now + delayMs, callback };
		this.#due.push(timer);
		if (delayMs === 0) queueMicrotask(() => this.advance(0));
		return () => {
			this.#due = this.#due.filter((other) => other !== timer);
		};
	}

	advance(milliseconds: number): void {
		this.#now += milliseconds;
		const due = this.#due.filter(({ at }) => at <= this.#now);
		this.#due = this.#due.filter(({ at }) => at > this.#now);
		for (const { callback } of due) callback();
	}
}

/** A small generator with a seed (mulberry32): the same seed gives the same test. */
export class SeededRandom implements Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** From 0 to below 1. */
	fraction(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A whole number from 0 to below `limit`. */
	below(limit: number): number {
		return Math.floor(this.fraction() * limit);
	}

	pick<T>(items: readonly T[]): T {
		return items[this.below(items.length)] as T;
	}

	bytes(length: number): Uint8Array<ArrayBuffer> {
		const bytes = new Uint8Array(length);
		for (let at = 0; at < length; at++) bytes[at] = this.below(256);
		return bytes;
	}
}

export interface TestVolumeOptions {
	clock?: Clock;
	reserveBytes?: number;
	durability?: Durability;
}

/** Every expected change keeps a version. */
export const everyVersion: VersionPolicy = {
	intervalMs: 0,
	longestMs: 365 * 86_400_000,
	quotaBytes: 2 ** 30,
	largestBytes: 2 ** 30,
};

export async function openTestVolume(disk: SimulatedDisk, options: TestVolumeOptions = {}): Promise<OpenedVolume> {
	const volume = await open(disk, options);
	volume.versions.configure(everyVersion);
	return volume;
}

async function open(disk: SimulatedDisk, options: TestVolumeOptions): Promise<OpenedVolume> {
	const volumeOptions = {
		engine: await testEngine(),
		clock: options.clock ?? new ManualClock(),
		random: new SeededRandom(1),
		reserveBytes: options.reserveBytes ?? 0,
	};
	if (options.durability === undefined) return openVolume(disk, volumeOptions);
	return openVolumeWith(disk, volumeOptions, options.durability);
}
