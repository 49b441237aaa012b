/**
 * Explorer on large folders, and bringing in a large file: from the deed to what a person sees.
 *
 * "Usable" is when the rows stand in their order and the status line tells the full count: scrolling, selecting and
 * typing a name act on all of the folder. The files come in by real drops, as everything here does.
 */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../tests/browser/browser.ts';
import { FileDesktop } from '../tests/desktop/files-desktop.ts';
import { measureFrames } from './frames.ts';
import { type Benchmark, type BenchmarkContext, type Measurement, measureRounds } from './measurement.ts';

const largeFileMegabytes = 256;
const scrollSeconds = 3;
const setUpTimeoutMs = 300_000;

/** Milliseconds from the double-click on the icon until the folder is usable. */
async function measureOpening(desktop: FileDesktop, folder: string, count: number): Promise<number> {
	const { page } = desktop;
	const usable = page.evaluate(watchOpening, `${new Intl.NumberFormat('en').format(count)} items`);
	await desktop.icon(folder).dblclick();
	return usable;
}

function watchOpening(wanted: string): Promise<number> {
	return new Promise((resolve) => {
		let start = 0;
		addEventListener('dblclick', (event) => (start = event.timeStamp), { capture: true, once: true });
		const look = () => {
			const window = [...document.querySelectorAll('.explorer')].at(-1);
			const isListed = window?.querySelector('.status-bar')?.textContent?.startsWith(wanted) === true;
			const isDrawn = window?.querySelector('.file-grid .file-label') != null;
			if (start > 0 && isListed && isDrawn) resolve(performance.now() - start);
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	});
}

/** Frames a second while the wheel turns over the list. */
async function measureScrolling(page: Page): Promise<number> {
	const box = await page.locator('.file-grid').last().boundingBox();
	if (box === null) throw new Error('There is no list to scroll.');
	await page.mouse.move(box.x + 200, box.y + 200);
	return measureFrames(page, async () => {
		const until = performance.now() + scrollSeconds * 1000;
		while (performance.now() < until) {
			await page.mouse.wheel(0, 240);
			await wait(16);
		}
	});
}

async function measureFolder(server: TestServer, context: BenchmarkContext, count: number): Promise<Measurement[]> {
	await using desktop = await FileDesktop.start(server);
	const name = `folder of ${count}`;
	const tree = Object.fromEntries(Array.from({ length: count }, (_, number) => [`file ${number}.txt`, '']));
	const folder = await desktop.hostFolder(name, tree);
	context.say(`bringing in ${count} files`);
	await desktop.dropFromHost([folder], desktop.icons);
	await desktop.icon(name).waitFor({ timeout: setUpTimeoutMs });
	const samples = await measureRounds(context, async (round) => {
		context.say(`opening a folder of ${count}, ${round + 1} of ${context.rounds}`);
		const usable = await measureOpening(desktop, name, count);
		const frames = await measureScrolling(desktop.page);
		await desktop.explorer(name).window.getByRole('button', { name: 'Close', exact: true }).click();
		return { usable, frames };
	});
	const files = `${new Intl.NumberFormat('en').format(count)} files`;
	return [
		{
			title: `Explorer on ${files}, usable`,
			unit: 'ms',
			samples: samples.get('usable') ?? [],
			target: { most: count > 10_000 ? 3000 : 300 },
		},
		{
			title: `Scrolling ${files}`,
			unit: 'frames/s',
			samples: samples.get('frames') ?? [],
			target: { least: 50 },
		},
	];
}

/** Milliseconds from letting go of the file until its icon stands on the desktop, every byte stored. */
function watchArrival(name: string): Promise<number> {
	return new Promise((resolve) => {
		let start = 0;
		addEventListener('drop', (event) => (start = event.timeStamp), { capture: true, once: true });
		const look = () => {
			const labels = [...document.querySelectorAll('.desktop-icon-label')];
			if (start > 0 && labels.some(({ textContent }) => textContent === name)) resolve(performance.now() - start);
			else requestAnimationFrame(look);
		};
		requestAnimationFrame(look);
	});
}

async function makeLargeFile(folder: string, name: string): Promise<string> {
	const file = path.join(folder, name);
	const handle = await open(file, 'w');
	const piece = new Uint8Array(1 << 20);
	for (let number = 0; number < largeFileMegabytes; number++) {
		// No two pages alike, so that nothing on the way can save itself the work.
		for (let at = 0; at < piece.length; at += 4096) piece.fill((number * 7 + at / 4096) & 255, at, at + 4096);
		await handle.write(piece);
	}
	await handle.close();
	return file;
}

async function measureBringingIn(server: TestServer, context: BenchmarkContext): Promise<Measurement[]> {
	await using desktop = await FileDesktop.start(server);
	const name = 'disk.img';
	const file = await makeLargeFile(await desktop.hostFolder('large', {}), name);
	const samples = await measureRounds(context, async (round) => {
		context.say(`bringing in ${largeFileMegabytes} MB, ${round + 1} of ${context.rounds}`);
		const arrival = desktop.page.evaluate(watchArrival, name);
		await desktop.dropFromHost([file], desktop.icons, { x: 500, y: 300 });
		const tookMs = await arrival;
		await desktop.icon(name).click();
		await desktop.icons.press('Shift+Delete');
		await desktop.page.getByRole('alertdialog').getByRole('button', { name: 'Delete', exact: true }).click();
		await desktop.icon(name).waitFor({ state: 'detached' });
		return { speed: largeFileMegabytes / (tookMs / 1000) };
	});
	return [
		{
			title: `Bringing in a file of ${largeFileMegabytes} MB`,
			unit: 'MB/s',
			samples: samples.get('speed') ?? [],
			target: { least: 150 },
		},
	];
}

export const benchmark: Benchmark = async (context) => {
	await using server = await startServer();
	return [
		...(await measureFolder(server, context, 5_000)),
		...(await measureFolder(server, context, 100_000)),
		...(await measureBringingIn(server, context)),
	];
};
