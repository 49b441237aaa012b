/**
 * Loads a desktop in a new browser (cold) and again in the same profile (warm), and says how long it took.
 *
 * The same steps for every desktop: load; as soon as the Start button shows, click it; wait for the menu. All times are
 * the page's own clock, from the start of the navigation.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../tests/browser/browser.ts';
import { waitForDesktop } from '../tests/browser/desktop-page.ts';
import type { DesktopSite } from './desktop-site.ts';
import { type BenchmarkContext, type Measurement, measureRounds, type Target } from './measurement.ts';
import { TransferCounter } from './transfer-counter.ts';

/** How long the desktop is left alone before its memory is measured. */
const restMs = 1_000;

type Temperature = 'cold' | 'warm';

const figures = {
	firstPaint: { title: 'first paint', unit: 'ms' },
	painted: { title: 'mark desktop-painted', unit: 'ms' },
	interactive: { title: 'mark desktop-interactive', unit: 'ms' },
	ready: { title: 'mark desktop-ready (icons of the volume)', unit: 'ms' },
	startShown: { title: 'Start button shown', unit: 'ms' },
	startOpen: { title: 'Start menu open after a click', unit: 'ms' },
	kilobytes: { title: 'transferred until it is usable', unit: 'KB' },
	requests: { title: 'requests until it is usable', unit: '' },
	readyKilobytes: { title: 'transferred until desktop-ready', unit: 'KB' },
	heap: { title: 'JavaScript heap at rest', unit: 'MB' },
} as const;

export type Figure = keyof typeof figures;
export type LoadTargets = Readonly<Record<Temperature, Partial<Record<Figure, Target>>>>;

/** Measures `site` as often as the context says; figures that it does not have are left out. */
export async function measureLoads(
	context: BenchmarkContext,
	site: DesktopSite,
	targets?: LoadTargets,
): Promise<Measurement[]> {
	const samples = await measureRounds(context, async (round) => {
		context.say(`${site.name}: load ${round + 1} of ${context.rounds}`);
		const profileDirectory = await mkdtemp(path.join(tmpdir(), 'vitrine-bench-'));
		try {
			const cold = await measureLoad(site, profileDirectory);
			const warm = await measureLoad(site, profileDirectory);
			return { ...prefixed('cold', cold), ...prefixed('warm', warm) };
		} finally {
			await rm(profileDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
		}
	});
	return [...samples].map(([key, values]) => {
		const [temperature, figure] = key.split(' ') as [Temperature, Figure];
		const { title, unit } = figures[figure];
		const target = targets?.[temperature][figure];
		return { title: `${temperature}: ${title}`, unit, samples: values, ...(target && { target }) };
	});
}

function prefixed(temperature: Temperature, values: Readonly<Partial<Record<Figure, number>>>): Record<string, number> {
	return Object.fromEntries(Object.entries(values).map(([figure, value]) => [`${temperature} ${figure}`, value]));
}

async function measureLoad(site: DesktopSite, profileDirectory: string): Promise<Partial<Record<Figure, number>>> {
	using counter = new TransferCounter();
	await using browser = await launchBrowser({ profileDirectory });
	const page = await browser.newPage();
	await page.goto(site.url, { waitUntil: 'commit' });
	const start = site.startButton(page);
	await start.waitFor({ state: 'visible' });
	const startShown = await readClock(page);
	await start.click();
	await site.startMenu(page).waitFor({ state: 'visible' });
	const startOpen = await readClock(page);
	if (site.setsMarks) await waitForDesktop(page);
	const times = await readTimes(page);
	const origin = await readOrigin(page);
	const { bytes, requests } = counter.until(origin + (times.interactive ?? startOpen));
	const readyKilobytes =
		times.ready === undefined ? {} : { readyKilobytes: counter.until(origin + times.ready).bytes / 1000 };
	await page.waitForTimeout(restMs);
	const heap = await measureHeap(page);
	return { ...times, startShown, startOpen, kilobytes: bytes / 1000, requests, ...readyKilobytes, heap: heap / 1e6 };
}

/** When the page's clock began, milliseconds since 1970. */
const readOrigin = (page: Page): Promise<number> => page.evaluate(() => performance.timeOrigin);

const readClock = (page: Page): Promise<number> => page.evaluate(() => performance.now());

function readTimes(page: Page): Promise<Partial<Record<Figure, number>>> {
	return page.evaluate(() => {
		const paint = performance.getEntriesByName('first-contentful-paint')[0];
		const painted = performance.getEntriesByName('desktop-painted')[0];
		const interactive = performance.getEntriesByName('desktop-interactive')[0];
		const ready = performance.getEntriesByName('desktop-ready')[0];
		return {
			...(paint && { firstPaint: paint.startTime }),
			...(painted && { painted: painted.startTime }),
			...(interactive && { interactive: interactive.startTime }),
			...(ready && { ready: ready.startTime }),
		};
	});
}

/** Bytes of the page's own isolate after a collection. */
async function measureHeap(page: Page): Promise<number> {
	const session = await page.context().newCDPSession(page);
	await session.send('HeapProfiler.collectGarbage');
	const { usedSize } = await session.send('Runtime.getHeapUsage');
	return usedSize;
}
