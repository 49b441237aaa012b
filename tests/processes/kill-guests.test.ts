/** Programs for WASI are killed at random moments: nothing of them stays, neither in the kernel nor among the Workers. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { GuestLauncher, type GuestLauncherOptions, keptWorkers } from '#hosts/common/guest-launcher.ts';
import { HeadlessSystem } from '#hosts/common/headless-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { makeGuestWorker } from '#hosts/node/program-launcher.ts';
import type { CallTurns } from '#kernel/call-turns.ts';
import type { ProgramLauncher } from '#kernel/program-launcher.ts';
import { type CampaignOptions, runKillCampaign } from '../contract/cases/kill-campaign.ts';

/** `npm test` does a few rounds; `npm run kill-guests -- N` says how many. */
const rounds = Number(process.env.VITRINE_RUNS ?? 25);
const seed = Number(process.env.VITRINE_SEED ?? 20_261_123);

type Worker = ReturnType<GuestLauncherOptions['makeWorker']>;

/** Counts the Workers of guests that run, parked ones included; `spoil` changes each for the worse. */
class CountedWorkers {
	running = 0;
	readonly #ends: Promise<void>[] = [];
	readonly #spoil: (worker: Worker) => Worker;

	constructor(spoil: (worker: Worker) => Worker = (worker) => worker) {
		this.#spoil = spoil;
	}

	readonly make: GuestLauncherOptions['makeWorker'] = (told) => {
		const worker = makeGuestWorker(told);
		this.running++;
		let end: Promise<void> | undefined;
		return this.#spoil({
			post: worker.post,
			terminate: () => {
				end ??= worker.terminate().then(() => void this.running--);
				this.#ends.push(end);
				return end;
			},
		});
	};

	/** When all that were told to end have ended. */
	async settled(): Promise<void> {
		await Promise.all(this.#ends);
	}
}

async function campaign(workers: CountedWorkers, wanted: Omit<CampaignOptions, 'seed'>): Promise<void> {
	let guests: GuestLauncher | undefined;
	const makeLauncher = (turns: CallTurns): ProgramLauncher => {
		guests = new GuestLauncher({ makeWorker: workers.make, turns, maximumPrograms: 512 });
		return {
			launch: (start) => {
				throw new OsError('ENOENT', start.program);
			},
			launchImage: (start, image, crashed) => (guests as GuestLauncher).launch(start, image, crashed),
		};
	};
	const volume = new MemoryFileSystem({ clock: hostClock });
	const headless = new HeadlessSystem({ volume, makeLauncher, host: 'node' });
	const { system, kernel } = headless;
	try {
		const handles = kernel.processes.all[0]?.handles.size;
		await runKillCampaign({ system, folder: '/Programs' }, { seed, ...wanted });
		assert.deepEqual(
			kernel.processes.all.map(({ title, handles: table }) => [title, table.size]),
			[['console', handles]],
			'processes and their handles',
		);
		assert.equal(kernel.openNodes.size, 0, 'open files');
		assert.equal(kernel.leases.size, 0, 'kept files');
		await workers.settled();
		assert.ok(workers.running <= keptWorkers, `${keptWorkers} parked Workers at most, not ${workers.running}`);
	} finally {
		headless.close();
		guests?.close();
	}
}

describe('programs that are killed at random moments', { timeout: 60_000 + rounds * 2000 }, () => {
	it(`leave nothing behind, ${rounds} times`, () => campaign(new CountedWorkers(), { rounds }));

	it('would be noticed if their Workers went on', async () => {
		const left: Worker[] = [];
		const workers = new CountedWorkers((worker) => {
			left.push(worker);
			return { post: worker.post, terminate: async () => {} };
		});
		await assert.rejects(campaign(workers, { rounds: 6, patienceMs: 1000 }));
		for (const worker of left) await worker.terminate();
	});

	it('would be noticed if their locks stayed', async () => {
		const never = new Promise<void>(() => {});
		const workers = new CountedWorkers((worker) => ({
			post: worker.post,
			terminate: () => worker.terminate().then(() => never),
		}));
		await assert.rejects(
			campaign(workers, { rounds: 50, only: 'killAWriter', patienceMs: 1000 }),
			/somebody waits for the killed one/,
		);
	});
});
