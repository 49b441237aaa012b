/** Garbage in every argument of every system call; `npm run fuzz -- calls 1000000` sends that many. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { AttackedSystem } from './attacked-system.ts';
import { attackOnce, callsPerRound } from './campaign.ts';

const calls = Number(process.env.VITRINE_RUNS ?? 20_000);

function makeVolume(): MemoryFileSystem {
	return new MemoryFileSystem({ clock: hostClock, capacityBytes: 16 * 1024 * 1024 });
}

test(`${calls} calls full of garbage meet no defect, and leave nothing behind`, async () => {
	for (let seed = 1, sent = 0; sent < calls; seed++) {
		const report = await attackOnce({ seed, calls: Math.min(callsPerRound, calls - sent), volume: makeVolume() });
		assert.deepEqual(report.findings, []);
		sent += report.calls;
	}
});

/** What is found when the system is spoiled, by as many calls as the first test sends at least. */
async function findingsWith(plant: (system: AttackedSystem) => void): Promise<string> {
	const found: string[] = [];
	for (let seed = 1; seed <= 4; seed++) {
		const { findings } = await attackOnce({ seed, calls: callsPerRound, volume: makeVolume(), plant });
		found.push(...findings);
	}
	return found.join('\n');
}

test('an error of the code itself is caught, with the seed that found it', async () => {
	const findings = await findingsWith(({ kernel }) => {
		kernel.volume.usage = () => (undefined as unknown as { files: number }[])[0] as never;
	});
	assert.match(findings, /^seed \d: .*path_usage was answered EIO/m);
	assert.match(findings, /by a defect: TypeError/);
});

test('an error that the page of the call does not name is caught', async () => {
	const findings = await findingsWith(({ kernel }) => {
		kernel.volume.usage = () => {
			throw new OsError('EXDEV');
		};
	});
	assert.match(findings, /path_usage was answered EXDEV$/m);
});

test('a call that is never answered is caught', async () => {
	const findings = await findingsWith(({ kernel }) => {
		const settle = kernel.groups.settle.bind(kernel.groups);
		kernel.groups.settle = (changes, outcome) => {
			if (changes.bytes === 0) settle(changes, outcome);
		};
	});
	assert.match(findings, /calls of a process are not answered/);
});

test('an open file that nobody closes is caught', async () => {
	const findings = await findingsWith(({ kernel }) => {
		const place = { fileSystem: kernel.volume, inode: kernel.volume.root, path: '/', readOnly: false };
		kernel.openNodes.openDirectory(place).retain();
	});
	assert.match(findings, /1 open files and directories are left/);
});
