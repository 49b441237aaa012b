/** Frames a second that a page draws while something moves in it. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';

const dragSeconds = 4;

/** Frames a second of the page while `during` runs, by its own animation frames. */
export async function measureFrames(page: Page, during: () => Promise<void>): Promise<number> {
	await page.evaluate(() => {
		const record = { times: [] as number[], running: true };
		(globalThis as unknown as { frameRecord: typeof record }).frameRecord = record;
		const tick = (time: number): void => {
			record.times.push(time);
			if (record.running) requestAnimationFrame(tick);
		};
		requestAnimationFrame(tick);
	});
	await during();
	return page.evaluate(() => {
		const { frameRecord } = globalThis as unknown as { frameRecord: { times: number[]; running: boolean } };
		frameRecord.running = false;
		const { times } = frameRecord;
		const elapsed = (times.at(-1) ?? 0) - (times[0] ?? 0);
		return ((times.length - 1) * 1000) / elapsed;
	});
}

/** Drags from a point in circles, sixty moves a second, and lets go where it began. */
export async function dragInCircles(page: Page, from: { x: number; y: number }, radius = 80): Promise<void> {
	const { mouse } = page;
	await mouse.move(from.x, from.y);
	await mouse.down();
	const started = performance.now();
	for (let step = 0; performance.now() - started < dragSeconds * 1000; step++) {
		const angle = (step / 60) * Math.PI;
		await mouse.move(from.x + radius * Math.sin(angle), from.y + radius * (1 - Math.cos(angle)));
		const due = started + (step + 1) * (1000 / 60);
		await wait(Math.max(0, due - performance.now()));
	}
	await mouse.move(from.x, from.y);
	await mouse.up();
}
