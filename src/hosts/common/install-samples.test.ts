import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { System } from '#runtime/system.ts';
import { readText, writeText } from '#runtime/text-files.ts';
import { startHeadless } from '../node/start-headless.ts';
import { hostClock } from './host-clock.ts';
import { installSamples, type Sample } from './install-samples.ts';

const samples: Sample[] = [
	{ path: '/Programs/Samples/LATHE/LATHE.COM', url: 'samples/lathe.com' },
	{ path: '/Programs/Samples/floppy.img', url: 'samples/floppy.img' },
];
const desktop = '/Users/Owner/Desktop';
const onDesktop = `${desktop}/Samples`;

const load = async ({ url }: Sample) => new TextEncoder().encode(url);

async function withSystem(run: (system: System) => Promise<void>): Promise<void> {
	const headless = startHeadless(new MemoryFileSystem({ clock: hostClock }));
	try {
		await run(headless.system);
	} finally {
		headless.close();
	}
}

const namesIn = async (system: System, path: string) => (await system.pathList(path, '', 100)).names;

describe('samples', () => {
	it('are put into their folder and onto the desktop at the first start', () =>
		withSystem(async (system) => {
			await installSamples(system, { samples, desktop }, load);
			assert.equal(await readText(system, '/Programs/Samples/LATHE/LATHE.COM'), 'samples/lathe.com');
			assert.deepEqual(await namesIn(system, onDesktop), ['LATHE', 'floppy.img']);
		}));

	it('are not given again when they were changed or removed', () =>
		withSystem(async (system) => {
			await installSamples(system, { samples, desktop }, load);
			await writeText(system, `${onDesktop}/floppy.img`, 'mine');
			await system.pathRemoveTree('/Programs/Samples/LATHE');
			await installSamples(system, { samples, desktop }, load);
			assert.equal(await readText(system, `${onDesktop}/floppy.img`), 'mine');
			assert.deepEqual(await namesIn(system, '/Programs/Samples'), ['floppy.img']);
		}));

	it('that are new come later, to the desktop only while its folder is there', () =>
		withSystem(async (system) => {
			await installSamples(system, { samples: samples.slice(0, 1), desktop }, load);
			await system.pathRemoveTree(onDesktop);
			await installSamples(system, { samples, desktop }, load);
			assert.deepEqual(await namesIn(system, '/Programs/Samples'), ['LATHE', 'floppy.img']);
			assert.deepEqual(await namesIn(system, '/Users/Owner/Desktop'), []);
		}));

	it('never replace a file, and go nowhere else', () =>
		withSystem(async (system) => {
			await writeText(system, '/Programs/Samples/floppy.img', 'mine');
			const elsewhere = { path: '/Users/Owner/evil', url: 'x' };
			await installSamples(system, { samples: [...samples, elsewhere], desktop }, load);
			assert.equal(await readText(system, '/Programs/Samples/floppy.img'), 'mine');
			assert.equal((await namesIn(system, '/Users/Owner')).includes('evil'), false);
		}));

	it('are tried again when they could not be had', () =>
		withSystem(async (system) => {
			const broken = async (): Promise<Uint8Array<ArrayBuffer>> => {
				throw new Error('no network');
			};
			await assert.rejects(installSamples(system, { samples, desktop }, broken));
			await installSamples(system, { samples, desktop }, load);
			assert.deepEqual(await namesIn(system, onDesktop), ['LATHE', 'floppy.img']);
		}));
});
