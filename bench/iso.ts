/**
 * The image on an emulated PC beside a plain Debian kiosk (`kiosk/stages.ts`): from power-on to a usable desktop, and the memory
 * that is in use when nothing happens. Both show the same page, which says when it takes input.
 *
 * The PC has 2 GB, one processor and BIOS, starts from a disc, and is emulated without the machine's help (QEMU's TCG): the
 * figures compare the two, and say nothing about how fast a real PC is. The two take turns, the first of a round changes, and
 * both pictures of the first round stay in `.cache/iso/runs`.
 */
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeReady } from '../tools/iso/make-ready.ts';
import { isoCacheDirectory, runStages } from '../tools/iso/stage.ts';
import { makeStages } from '../tools/iso/stages.ts';
import { VirtualPc } from '../tools/iso/virtual-pc.ts';
import { fileLock } from '../tools/setup/file-lock.ts';
import { kioskStages } from './kiosk/stages.ts';
import { type Benchmark, type BenchmarkContext, type Measurement, median } from './measurement.ts';

const systems = [
	{ name: 'vitrine', image: path.join(isoCacheDirectory, 'image', 'vitrine.iso') },
	{ name: 'kiosk', image: path.join(isoCacheDirectory, 'kiosk-image', 'kiosk.iso') },
] as const;
type SystemName = (typeof systems)[number]['name'];

interface Figures {
	/** Seconds from power-on until the page takes input, by the clock on the wall. */
	readonly start: number;
	/** The same, by the processors' own time. */
	readonly work: number;
	/** Megabytes in use when nothing happens. */
	readonly memory: number;
}

const startTimeoutMs = 900_000;
/** The guest has come to rest when it uses less than this part of a processor for this long. */
const rest = { seconds: 15, processor: 0.25, timeoutMs: 300_000 };
const memoryMegabytes = 2048;

export const benchmark: Benchmark = async (context) => {
	const missing = await makeReady();
	if (missing.length > 0) throw new Error(missing.join('\n'));
	{
		using _lock = await fileLock(`${isoCacheDirectory}.lock`);
		await runStages([...makeStages(), ...kioskStages], new Set());
	}
	const rounds: Record<SystemName, Figures>[] = [];
	for (let round = 0; round < context.rounds; round++) rounds.push(await measureRound(round, context));
	return describe(rounds);
};

async function measureRound(round: number, context: BenchmarkContext): Promise<Record<SystemName, Figures>> {
	const figures: Partial<Record<SystemName, Figures>> = {};
	for (const system of round % 2 === 0 ? systems : systems.toReversed()) {
		context.say(`starting ${system.name}, ${round + 1} of ${context.rounds}`);
		figures[system.name] = await measureStart(
			system.image,
			path.join(isoCacheDirectory, 'runs', `bench-${system.name}`),
		);
		context.say(JSON.stringify(figures[system.name]));
	}
	return figures as Record<SystemName, Figures>;
}

async function measureStart(image: string, directory: string): Promise<Figures> {
	const started = performance.now();
	await using pc = await VirtualPc.start({ image, directory, memoryMegabytes, tellsMemory: true });
	try {
		await pc.waitFor(/desktop ready \d+x\d+/, startTimeoutMs);
		const start = (performance.now() - started) / 1000;
		const work = await pc.readProcessorSeconds();
		await waitForRest(pc);
		const available = await pc.readAvailableMemory(60_000);
		return { start, work, memory: memoryMegabytes - available / 2 ** 20 };
	} finally {
		await pc.screenshot('end');
	}
}

async function waitForRest(pc: VirtualPc): Promise<void> {
	let before = await pc.readProcessorSeconds();
	for (const deadline = performance.now() + rest.timeoutMs; performance.now() < deadline; ) {
		await wait(rest.seconds * 1000);
		const now = await pc.readProcessorSeconds();
		if ((now - before) / rest.seconds < rest.processor) return;
		before = now;
	}
	throw new Error('The PC does not come to rest.');
}

function describe(rounds: readonly Record<SystemName, Figures>[]): Measurement[] {
	const samplesOf = (system: SystemName, key: keyof Figures) => rounds.map((round) => round[system][key]);
	const both = (title: string, key: keyof Figures, unit: string): Measurement => ({
		title,
		unit,
		samples: samplesOf('vitrine', key),
		peers: { 'the kiosk': median(samplesOf('kiosk', key)) },
	});
	const shares = (key: keyof Figures) => rounds.map(({ vitrine, kiosk }) => vitrine[key] / kiosk[key]);
	return [
		both('From power-on to a usable desktop, emulated', 'start', 's'),
		both('The same, in time of the processor', 'work', 's'),
		{ title: 'Start beside the kiosk, round by round', unit: '×', samples: shares('start'), target: { most: 0.8 } },
		{ title: 'The same, in time of the processor', unit: '×', samples: shares('work') },
		{ ...both('Memory at rest, of 2 GB', 'memory', 'MB'), target: { most: 900 } },
	];
}
