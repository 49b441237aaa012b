/**
 * The maintenance: a service that reads the whole volume once a month and says in the log what it has found.
 *
 * Rules of use: how often is a setting of the machine; a change of it holds at once. `--now` checks once and ends.
 *
 * Invariant: when it is ended in the middle of a check, the check is made again at its next start.
 */
import { OsError } from '#abi/errors.ts';
import type { ProcessStart, ScrubState } from '#abi/structures.generated.ts';
import { toSettingValue } from '#runtime/settings.ts';
import type { System } from '#runtime/system.ts';
import { checkInterval, lastCheck } from './settings.ts';

const millisecondsADay = 86_400_000;
/** A computer that sleeps, and a clock that is set, are noticed within this. */
const longestSleepMs = 6 * 3_600_000;
const mostNamed = 20;

export default async function maintain(system: System, start: ProcessStart): Promise<number> {
	await system.processSetTitle('Maintenance');
	if (start.arguments.includes('--now')) return checkVolume(system);
	const changes = await watchInterval(system);
	await beginCounting(system);
	await system.serviceReady();
	for (;;) {
		const due = await findDueTime(system);
		const rest = due - Date.now();
		if (rest <= 0) await checkVolume(system);
		else await sleepUntilChange(system, changes, Math.min(rest, longestSleepMs));
	}
}

/** On a new volume the first check comes after a whole interval. */
async function beginCounting(system: System): Promise<void> {
	if ((await readNumber(system, lastCheck)) === 0) await noteCheck(system);
}

async function findDueTime(system: System): Promise<number> {
	const days = await readNumber(system, checkInterval);
	return days === 0 ? Number.POSITIVE_INFINITY : (await readNumber(system, lastCheck)) + days * millisecondsADay;
}

async function checkVolume(system: System): Promise<number> {
	const began = Date.now();
	const { phase, damaged, mendedPages, problem } = await scrub(system);
	const seconds = `seconds=${Math.round((Date.now() - began) / 1000)}`;
	if (phase === 'failed')
		await system.logRecord('error', 'volume-unread', `The volume could not be checked. ${problem}`, [seconds]);
	else if (damaged.length > 0) await tellDamage(system, damaged, seconds);
	else await tellWhole(system, mendedPages, seconds);
	await noteCheck(system);
	return phase === 'done' && damaged.length === 0 ? 0 : 1;
}

/** Of a volume in memory, which keeps nothing. */
const nothingStored: ScrubState = {
	...{ sequence: 1, phase: 'done', doneBytes: 0, totalBytes: 0 },
	...{ damaged: [], mendedPages: 0, damagedPages: 0, problem: '' },
};

async function beginScrub(system: System): Promise<number | undefined> {
	try {
		return await system.volumeScrub();
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOTSUP') return undefined;
		throw error;
	}
}

/** It goes on beside everything else, and ends with this process. */
async function scrub(system: System): Promise<ScrubState> {
	const handle = await beginScrub(system);
	if (handle === undefined) return nothingStored;
	try {
		let state = await system.volumeScrubState(handle, 0);
		while (state.phase === 'running') state = await system.volumeScrubState(handle, state.sequence);
		return state;
	} finally {
		await system.handleClose(handle);
	}
}

async function tellWhole(system: System, mendedPages: number, seconds: string): Promise<void> {
	const mended = mendedPages === 0 ? '' : ` ${mendedPages} flipped bits were mended.`;
	const message = `The volume was checked: all of it is whole.${mended}`;
	await system.logRecord('information', 'volume-whole', message, [seconds, `mended=${mendedPages}`]);
}

async function tellDamage(system: System, damaged: readonly string[], seconds: string): Promise<void> {
	const named = damaged.slice(0, mostNamed).join('\n');
	const more = damaged.length > mostNamed ? `\nand ${damaged.length - mostNamed} more` : '';
	const message = `The volume was checked: ${damaged.length} files are damaged.\n${named}${more}`;
	await system.logRecord('error', 'volume-damaged', message, [`files=${damaged.length}`, seconds]);
}

function noteCheck(system: System): Promise<number> {
	return system.settingChange([{ key: `/machine/${lastCheck}`, value: toSettingValue(Date.now()) }], undefined);
}

async function readNumber(system: System, name: string): Promise<number> {
	try {
		return (await system.settingGet(`/effective/${name}`)).value.number ?? 0;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return 0;
		throw error;
	}
}

/** An event that is set whenever the interval changes. */
async function watchInterval(system: System): Promise<number> {
	const event = await system.eventCreate(false);
	const watch = await system.settingWatch(`/effective/${checkInterval}`);
	const listen = async (): Promise<never> => {
		for (;;) {
			await system.watchRead(watch);
			await system.eventSet(event, true);
		}
	};
	listen().catch((error: unknown) => {
		if (!(error instanceof OsError && error.code === 'ECANCELED')) throw error;
	});
	return event;
}

async function sleepUntilChange(system: System, event: number, milliseconds: number): Promise<void> {
	try {
		await system.eventWait(event, Math.ceil(milliseconds));
		await system.eventSet(event, false);
	} catch (error) {
		if (!(error instanceof OsError && error.code === 'ETIMEDOUT')) throw error;
	}
}
