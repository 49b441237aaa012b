/**
 * Gives damaged files to the readers of the `media` room and watches what they do.
 *
 * A finding is: an error that is no `ParseError`, or more than a second of the processor for one file. Every input has a seed by which it
 * is made again: `tryInput(target, seed)`.
 */
import { BoundedReader, type ByteSource, ParseError } from '#media/byte-source.ts';
import { openImage } from '#media/open-image.ts';
import { recognise, recognisers } from '#media/recognise.ts';
import { damage } from './mutations.ts';
import { SeededRandom } from './random.ts';
import { makeDisc, makeFloppy, makeHardDisk, makeLoopingDisc, makeProgram } from './sample-images.ts';

export const longestMs = 1000;

export interface Target {
	readonly name: string;
	readonly samples: readonly Uint8Array[];
	run(source: ByteSource): Promise<unknown>;
}

export interface Finding {
	readonly target: string;
	readonly seed: number;
	readonly what: string;
}

/** The time of the processor that this thread has used: what another program takes meanwhile does not count. */
function usedMs(): number {
	const { user, system } = process.threadCpuUsage();
	return (user + system) / 1000;
}

/** Bytes that notice when they are read for too long: a reader that runs in a circle is stopped at its next read. */
class WatchedSource implements ByteSource {
	readonly #bytes: Uint8Array;
	readonly #deadline = usedMs() + longestMs;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get size(): number {
		return this.#bytes.length;
	}

	read(at: number, length: number): Promise<Uint8Array> {
		if (usedMs() > this.#deadline) return Promise.reject(new Error(`ran longer than ${longestMs} ms`));
		return Promise.resolve(this.#bytes.subarray(at, at + length));
	}
}

const programs = (['MZ', 'NE', 'LE', 'PE'] as const).map(makeProgram);
const discs = [makeDisc(new Uint8Array(2048).fill(0x90)), makeLoopingDisc()];
const disks = [makeFloppy(), makeHardDisk().subarray(0, 2_000_000)];
const everything = [...programs, ...discs, ...disks, new TextEncoder().encode('@echo off\r\n')];
const samplesOf: Readonly<Record<string, readonly Uint8Array[]>> = {
	executable: programs,
	disc: discs,
	disk: disks,
};

async function readAll(source: ByteSource): Promise<void> {
	const image = await openImage(source);
	if (image === undefined) return;
	let left = 200;
	for await (const { path, entry } of image.walk()) {
		if (entry.kind === 'file' && left-- > 0) await image.read(path, 1_000_000).catch(passParseError);
	}
}

function passParseError(error: unknown): void {
	if (!(error instanceof ParseError)) throw error;
}

export const targets: readonly Target[] = [
	...Object.entries(recognisers).map(([name, recogniser]) => ({
		name,
		samples: samplesOf[name] ?? everything,
		run: (source: ByteSource) => recogniser(new BoundedReader(source), 'FILE.COM'),
	})),
	{ name: 'recognise', samples: everything, run: (source) => recognise(source, 'FILE.BAT') },
	{ name: 'disc files', samples: discs, run: readAll },
	{ name: 'disk files', samples: disks, run: readAll },
];

/** What is wrong with how `target` takes the input of `seed`; `undefined` when all is well. */
export async function tryInput(target: Target, seed: number): Promise<Finding | undefined> {
	const random = new SeededRandom(seed);
	const sample = random.pick(target.samples);
	// One in sixteen goes in undamaged: a reader must also not fail on what is valid and hostile.
	const bytes = random.below(16) === 0 ? sample : damage(sample, random);
	const started = usedMs();
	try {
		await target.run(new WatchedSource(bytes));
	} catch (error) {
		if (!(error instanceof ParseError)) return { target: target.name, seed, what: String(error) };
	}
	const took = usedMs() - started;
	if (took <= longestMs) return undefined;
	return { target: target.name, seed, what: `took ${Math.round(took)} ms` };
}

export async function fuzz(target: Target, count: number, firstSeed: number): Promise<Finding[]> {
	const findings: Finding[] = [];
	for (let seed = firstSeed; seed < firstSeed + count; seed++) {
		const finding = await tryInput(target, seed);
		if (finding !== undefined) findings.push(finding);
		if (findings.length >= 5) break;
	}
	return findings;
}
