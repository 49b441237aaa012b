/**
 * Nobody gets from the desktop of a PC to what it is made of: not with keys, not with the mouse, not with a script.
 *
 * After each try there must be one page, the desktop's, never left; it must fill the screen at its own size; and the screen must show
 * what that page painted and nothing over it. The same tries with neither policies nor a PC's page must be caught.
 */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { BootedDesktop, findObstacle } from './booted-desktop.ts';
import { keyWays, scriptWays } from './ways.ts';

const obstacle = await findObstacle();
const skip = obstacle ?? false;
const tries = 8;

/** Marks the page, so that another in its place is noticed. */
async function startMarked(policies: 'observed' | 'none'): Promise<BootedDesktop> {
	const desktop = await BootedDesktop.start({ policies });
	await desktop.page.waitForFunction(() => performance.getEntriesByName('desktop-ready').length > 0);
	await desktop.page.evaluate(() => Object.assign(window, { isMarked: true }));
	return desktop;
}

/** How far somebody got; `undefined` when the page is alone, itself, and of its size. */
async function findLeftPage(desktop: BootedDesktop): Promise<string | undefined> {
	const pages = await desktop.listPages();
	if (pages.length !== 1 || !/^http:\/\/localhost:7070\/\?/.test(pages[0] ?? '')) return `pages: ${pages.join(', ')}`;
	const state = await desktop.page.evaluate(() => ({
		isMarked: 'isMarked' in window,
		size: `${innerWidth}x${innerHeight}@${devicePixelRatio} ${visualViewport?.scale}`,
	}));
	if (!state.isMarked) return 'another page stands in its place';
	return state.size === '1280x720@1 1' ? undefined : `the page has another size: ${state.size}`;
}

/** Something that the screen shows and the page did not paint. What blinks or fades is looked at again. */
async function findCover(desktop: BootedDesktop): Promise<string | undefined> {
	let difference: string | undefined;
	for (let count = 0; count < tries; count++) {
		const [screen, page] = [await desktop.takeScreen(), await desktop.takePage()];
		difference = compare(screen.bgrx, page.bgrx, page.width);
		if (difference === undefined) return undefined;
		await wait(150);
	}
	return difference;
}

/** Where two pictures differ, but for what rounding and a pointer's few dots make. */
function compare(one: Buffer, other: Buffer, width: number): string | undefined {
	let count = 0;
	const box = [width, Infinity, 0, 0] as [number, number, number, number];
	for (let dot = 0; dot < one.length; dot += 4) {
		if ([0, 1, 2].every((channel) => Math.abs((one[dot + channel] ?? 0) - (other[dot + channel] ?? 0)) < 8)) continue;
		const [x, y] = [(dot / 4) % width, Math.floor(dot / 4 / width)];
		box.splice(0, 4, Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y));
		count++;
	}
	return count > 300 ? `something lies over the page at ${box.join(', ')} (${count} dots)` : undefined;
}

async function runScript(desktop: BootedDesktop, script: string): Promise<void> {
	const session = await desktop.page.context().newCDPSession(desktop.page);
	// What it asks for may be refused at once, later or never: only what it leads to counts.
	const expression = `void (async () => { ${script}; })().catch(() => {})`;
	await session.send('Runtime.evaluate', { expression, userGesture: true });
	await session.detach();
}

/** Tries each, and looks after each whether the page is alone and whole; after each group, whether it is uncovered. */
async function tryKeys(desktop: BootedDesktop, chords: readonly string[]): Promise<string | undefined> {
	for (const chord of chords) {
		await desktop.press(chord);
		const found = await findLeftPage(desktop);
		if (found !== undefined) return `${chord}: ${found}`;
	}
	return findCover(desktop);
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(items.length / size) }, (_, place) =>
		items.slice(place * size, (place + 1) * size),
	);
}

describe('the desktop of a PC', { skip }, () => {
	let desktop: BootedDesktop;
	before(async () => {
		desktop = await startMarked('observed');
	});
	after(() => desktop[Symbol.asyncDispose]());

	for (const chords of inGroups(keyWays, 6))
		test(`keeps ${chords.join(', ')}`, async () => {
			assert.equal(await tryKeys(desktop, chords), undefined);
		});
	for (const names of inGroups(Object.keys(scriptWays), 6))
		test(`gives no script ${names.join(', ')}`, async () => {
			for (const name of names) {
				await runScript(desktop, scriptWays[name] ?? '');
				assert.equal(await findLeftPage(desktop), undefined, name);
			}
			assert.equal(await findCover(desktop), undefined);
		});
});

test('without policies and without a PC’s page the same tries find ways out', { skip }, async () => {
	await using desktop = await startMarked('none');
	assert.match((await tryKeys(desktop, ['ctrl+n'])) ?? '', /pages: .*, /);
});
