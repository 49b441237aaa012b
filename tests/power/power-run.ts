/**
 * A day of the system on a disk that is recorded, and its check after power cuts at any moment of it: the partition is mended
 * without a person, Chromium finds the volume, and the volume holds what was acknowledged, every byte of it.
 *
 * The day: the volume is made, a program works, the browser is killed; it is started again, works, and ends in order; a third
 * time it works and then rests, as long as the caller says.
 */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SeededRandom } from '../crash/test-volume.ts';
import { CutStates } from './cut-states.ts';
import { checkDataDisk, copySparse, MountedDisk, makeDataDisk } from './data-disk.ts';
import type { KeptSystem, Start } from './kept-system.ts';
import { markSector, RecordedDisk } from './recorded-disk.ts';
import { WriteLog } from './write-log.ts';

export interface DayOptions {
	readonly system: KeptSystem;
	/** Everything of this day is in it. */
	readonly directory: string;
	readonly random: SeededRandom;
	/** How long the program works each time. */
	readonly workMs: number;
	readonly restMs: number;
	/** How often the browser is started; 3 is the whole day. */
	readonly starts?: number;
}

export interface Day {
	/** The disk as it was before. */
	readonly disk: string;
	readonly log: string;
	readonly acknowledged: number;
}

/** Resolves when the day is over and its log whole. */
export async function recordDay(options: DayOptions): Promise<Day> {
	const { directory, starts = 3 } = options;
	await mkdir(directory, { recursive: true });
	const [disk, working, log] = ['disk', 'working', 'log'].map((name) => path.join(directory, name)) as [
		string,
		string,
		string,
	];
	await makeDataDisk(disk);
	await copySparse(disk, working);
	let acknowledged = 0;
	{
		await using recorded = await RecordedDisk.attach(working, log);
		await using mounted = await MountedDisk.mount(recorded.file, path.join(directory, 'data'));
		for (let start = 1; start <= starts; start++)
			acknowledged = await workOnce({ ...options, recorded, mounted, acknowledged, start });
	}
	await rm(working);
	return { disk, log, acknowledged };
}

interface Working extends DayOptions {
	readonly recorded: RecordedDisk;
	readonly mounted: MountedDisk;
	readonly acknowledged: number;
	readonly start: number;
}

async function workOnce(given: Working): Promise<number> {
	const { system, recorded, mounted, random, workMs, restMs, start } = given;
	const last = start === (given.starts ?? 3);
	let { acknowledged } = given;
	const started = await system.start(mounted.folder, async (step) => {
		await recorded.mark(step);
		acknowledged = step;
		// Now and then there is time between two steps, in which the disk is given what was only written.
		await wait(random.below(5) === 0 ? random.below(1_000) : 0);
	});
	const found = await started.findSteps(acknowledged);
	if (typeof found === 'string') throw new Error(`Without a cut: ${found}`);
	const working = started.work(found).catch(expectEnd);
	await wait(workMs);
	if (last) await wait(restMs);
	await end(started, start);
	await working;
	return acknowledged;
}

async function end({ browser }: Start, start: number): Promise<void> {
	if (start === 1) await browser.kill();
	else await browser.close();
}

function expectEnd(error: unknown): void {
	if (!/closed|crash|Target/i.test(String(error))) throw error;
}

export interface PowerReport {
	cuts: number;
	/** What was wrong, with where the power was cut. */
	readonly problems: string[];
}

export interface CutsOptions {
	readonly system: KeptSystem;
	readonly directory: string;
	readonly day: Day;
	readonly random: SeededRandom;
	readonly cuts: number;
	readonly ignoresFlushes?: boolean;
	readonly stopWhenBad?: boolean;
	readonly onCut?: (report: PowerReport) => void;
}

export async function cutPower(options: CutsOptions): Promise<PowerReport> {
	const { day, random, cuts, directory } = options;
	await using log = await WriteLog.open(day.log, markSector);
	const disk = path.join(directory, 'following');
	await copySparse(day.disk, disk);
	const states = await CutStates.open({ ...options, disk, log });
	const places = Array.from({ length: cuts }, () => random.below(log.entries.length + 1)).sort((a, b) => a - b);
	const report: PowerReport = { cuts: 0, problems: [] };
	try {
		for (const place of places) {
			const left = path.join(directory, 'left');
			const mark = await states.cut(place, left);
			const problem = await findProblem(options, left, mark);
			report.cuts++;
			if (problem !== undefined)
				report.problems.push(
					`cut after ${place} of ${log.entries.length} writes, ${mark} steps acknowledged: ${problem}`,
				);
			options.onCut?.(report);
			if (options.stopWhenBad === true && problem !== undefined) break;
		}
	} finally {
		await states.close();
	}
	return report;
}

/** Starts the system on what a cut has left, as the image does; says what is wrong with it. */
async function findProblem(
	{ system, directory }: CutsOptions,
	left: string,
	mark: number,
): Promise<string | undefined> {
	const damage = await checkDataDisk(left);
	if (damage !== undefined) return damage;
	await using mounted = await MountedDisk.mount(left, path.join(directory, 'data'));
	let start: Start | undefined;
	try {
		start = await system.start(mounted.folder, () => Promise.resolve());
		const found = await start.findSteps(mark);
		return typeof found === 'string' ? found : undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	} finally {
		await start?.browser.kill();
	}
}
