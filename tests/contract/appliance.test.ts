/** A PC that is an appliance: what a session leaves behind, on the volume, by system calls alone. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OsError } from '#abi/errors.ts';
import { openApplianceVolume } from '#hosts/common/appliance-volume.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import type { System } from '#runtime/system.ts';
import { openVolume } from '#volume/open-volume.ts';
import { SimulatedDisk } from '../crash/simulated-disk.ts';
import { testEngine } from '../crash/test-volume.ts';
import { NodeMachine } from './node-machine.ts';

const paths = ['/Users/Owner/Orders'];
const bytes = (text: string) => new TextEncoder().encode(text);
const plenty = 256 << 20;

async function volumeOptions() {
	return { engine: await testEngine(), clock: hostClock, random: hostRandom, reserveBytes: 1 << 20 };
}

/** An ordinary start of the PC. */
async function startComputer(disk: SimulatedDisk, use: (system: System) => Promise<void>): Promise<void> {
	const { headless } = new NodeMachine(await openVolume(disk, await volumeOptions()));
	try {
		await use(headless.system);
	} finally {
		headless.close();
	}
}

/** A start as an appliance; the power goes when `use` is done. What the disk holds then. */
async function startAppliance(
	disk: SimulatedDisk,
	use: (system: System) => Promise<void>,
	{ budget = plenty, folders = paths } = {},
): Promise<SimulatedDisk> {
	const { session, kept, closeSession } = await openApplianceVolume(disk, {
		...(await volumeOptions()),
		keptFolders: folders,
		budgetBytes: budget,
	});
	try {
		const { headless } = new NodeMachine(session, { kept: { volume: kept, paths: folders } });
		try {
			await use(headless.system);
			return new SimulatedDisk(disk.image.clone());
		} finally {
			headless.close();
		}
	} finally {
		closeSession();
		kept.close();
	}
}

async function makeComputer(): Promise<SimulatedDisk> {
	const disk = new SimulatedDisk();
	await startComputer(disk, async (system) => {
		await system.pathMakeDirectory('/Users/Owner/Orders');
		await system.pathMakeDirectory('/Users/Owner/Empty');
		await system.pathWrite('/Users/Owner/Orders/1.TXT', bytes('kept before'), 'create-new');
		await system.pathWrite('/Users/Owner/Documents/note.txt', bytes('as it was'), 'create-new');
	});
	return new SimulatedDisk(disk.image.clone());
}

async function readText(system: System, path: string): Promise<string> {
	return new TextDecoder().decode(await system.pathRead(path, 1 << 20));
}

const isMissing = (error: OsError) => error.code === 'ENOENT';

describe('a PC that is an appliance', { timeout: 120_000 }, () => {
	it('forgets what was written, changed and removed, at a power cut too, but for what is in kept folders', async () => {
		const disk = await makeComputer();
		const left = await startAppliance(disk, async (system) => {
			await system.pathWrite('/Users/Owner/Orders/1.TXT', bytes('changed'), 'replace');
			await system.pathWrite('/Users/Owner/Orders/2.TXT', bytes('new'), 'create-new');
			await system.pathWrite('/Users/Owner/Documents/note.txt', bytes('scribbled on'), 'replace');
			await system.pathWrite('/Users/Owner/Documents/other.txt', bytes('x'.repeat(300_000)), 'create-new');
			await system.pathRemoveTree('/Users/Owner/Empty');
			assert.equal(await readText(system, '/Users/Owner/Documents/note.txt'), 'scribbled on');
			assert.equal(await readText(system, '/Users/Owner/Orders/2.TXT'), 'new');
		});
		await startComputer(left, async (system) => {
			assert.equal(await readText(system, '/Users/Owner/Orders/1.TXT'), 'changed');
			assert.equal(await readText(system, '/Users/Owner/Orders/2.TXT'), 'new');
			assert.equal(await readText(system, '/Users/Owner/Documents/note.txt'), 'as it was');
			await assert.rejects(system.pathStat('/Users/Owner/Documents/other.txt'), isMissing);
			assert.equal((await system.pathStat('/Users/Owner/Empty')).kind, 'directory');
			assert.deepEqual(await system.volumeCheck(), []);
		});
	});

	it('keeps through a hundred sessions what each one added', async () => {
		let disk = await makeComputer();
		for (let number = 0; number < 100; number++)
			disk = await startAppliance(disk, async (system) => {
				await system.pathWrite(`/Users/Owner/Orders/day ${number}`, bytes(String(number)), 'create-new');
				await system.pathWrite('/Users/Owner/day', bytes(String(number)), 'create-new');
			});
		await startComputer(disk, async (system) => {
			for (let number = 0; number < 100; number++)
				assert.equal(await readText(system, `/Users/Owner/Orders/day ${number}`), String(number));
			await assert.rejects(system.pathStat('/Users/Owner/day'), isMissing);
		});
	});

	it('says when its memory is full, goes on, and loses nothing that is kept', async () => {
		const disk = await makeComputer();
		const isFull = (error: OsError) => error.code === 'ENOSPC';
		const left = await startAppliance(
			disk,
			async (system) => {
				await system.pathWrite('/Users/Owner/Orders/2.TXT', bytes('before'), 'create-new');
				const large = new Uint8Array(32 << 20).fill(1);
				await assert.rejects(system.pathWrite('/Users/Owner/large', large, 'create-new'), isFull);
				assert.equal(await readText(system, '/Users/Owner/Orders/2.TXT'), 'before');
			},
			{ budget: 8 << 20 },
		);
		await startComputer(left, async (system) => {
			assert.equal(await readText(system, '/Users/Owner/Orders/2.TXT'), 'before');
			await assert.rejects(system.pathStat('/Users/Owner/large'), isMissing);
		});
	});

	it('does not begin when a folder that is to be kept is not there, or is the system’s', async () => {
		for (const folder of ['/Users/Owner/Gone', '/System', '/System/logs', '/', 'Orders', '/Users/Owner/../Orders']) {
			const disk = await makeComputer();
			await assert.rejects(
				startAppliance(disk, async () => undefined, { folders: [folder] }),
				folder,
			);
		}
	});
});
