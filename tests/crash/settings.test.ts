/**
 * Settings and events on a volume whose power is cut: a transaction is there as a whole or not at all, nothing that was
 * answered is lost, and of the events there is a beginning without a gap.
 *
 * A store that writes a transaction in two commits is planted, and must be found out.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { SettingChange } from '#abi/structures.generated.ts';
import { ChangeGroups, Changes } from '#kernel/change-groups.ts';
import { EventLog } from '#kernel/events/event-log.ts';
import { SettingsStore } from '#kernel/settings/settings-store.ts';
import { systemToken } from '#security/token.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';
import { powerCuts } from './power-cut.ts';
import { DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

const transactions = 40;
const reserveBytes = 64 * 1024;
/** In two files of one hive, and one of another. */
const keys = ['/machine/a/x', '/machine/b/y', '/user/self/a/z'];

function attach(volume: OpenedVolume, clock = new ManualClock()) {
	const log = new EventLog({ clock, fileSystem: volume });
	const settings = new SettingsStore({ fileSystem: volume, definitions: [], log });
	const groups = new ChangeGroups({ afterArrived: () => undefined, publish: () => undefined, log });
	log.storeBy({ groups, settings });
	return { settings, log };
}

/** Each transaction sets all keys to its number; each commit is one event. */
async function workingDay(commits: readonly (readonly string[])[]): Promise<SimulatedDisk> {
	const disk = new SimulatedDisk(new DiskImage(), true);
	const clock = new ManualClock();
	const volume = await openTestVolume(disk, { clock, reserveBytes });
	const { settings, log } = attach(volume, clock);
	for (let number = 1; number <= transactions; number++) {
		for (const some of commits) {
			const list: SettingChange[] = some.map((key) => ({ key, value: { type: 'integer', number } }));
			settings.change(systemToken, new Changes(), { list });
			volume.commit();
		}
		log.write('information', 'test', `transaction ${number}`);
		log.store();
		disk.acknowledge(number);
		if (number % 9 === 0) volume.settle();
	}
	volume.close();
	return disk;
}

/** What is wrong after a cut, or `undefined`. */
function findProblem(volume: OpenedVolume, acknowledged: number): string | undefined {
	const { settings, log } = attach(volume);
	const values = keys.map((key) => settings.list(systemToken, key, { after: '', limit: 1 })[0]?.value.number ?? 0);
	const { damaged } = settings.status();
	if (damaged.length > 0) return damaged.join('; ');
	const [first = 0] = values;
	if (values.some((value) => value !== first)) return `of one transaction there is a part: ${values.join(', ')}`;
	if (first !== acknowledged && first !== acknowledged + 1) return `${acknowledged} was answered, found ${first}`;
	const events = log.read(0, 1000).map(({ message }) => message);
	const wanted = events.map((_, index) => `transaction ${index + 1}`);
	if (events.length < acknowledged) return `${acknowledged} events were stored, found ${events.length}`;
	return events.join() === wanted.join() ? undefined : `the events have a gap: ${events.slice(-3).join(', ')}`;
}

async function cutPower(commits: readonly (readonly string[])[]): Promise<{ states: number; problems: string[] }> {
	const disk = await workingDay(commits);
	const problems: string[] = [];
	let states = 0;
	for (const cut of powerCuts(new DiskImage(), disk.log, new SeededRandom(5), { statesAPlace: 3, stride: 2 })) {
		states++;
		const volume = await openTestVolume(new SimulatedDisk(cut.image), { reserveBytes });
		const problem = findProblem(volume, cut.acknowledged);
		if (problem !== undefined) problems.push(`${cut.description}: ${problem}`);
		volume.close();
	}
	return { states, problems };
}

it('a power cut leaves a transaction of settings whole, and of the events a beginning', async (context) => {
	const { states, problems } = await cutPower([keys]);
	context.diagnostic(`${states} states`);
	assert.deepEqual(problems, []);
	assert.ok(states > 200);
});

it('a transaction that is written in two commits is found out (planted)', async () => {
	const { problems } = await cutPower([keys.slice(0, 1), keys.slice(1)]);
	assert.ok(problems.some((problem) => problem.includes('there is a part')));
});
