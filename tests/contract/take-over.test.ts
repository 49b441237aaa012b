/** One tab owns the volume; a second one says so at once, and takes over without losing anything. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { startTestSite, type TestSite } from './browser/test-site.ts';

const limitMs = 15_000;

describe('a second tab', { timeout: 120_000 }, () => {
	let site: TestSite;
	before(async () => {
		site = await startTestSite();
	});
	after(() => site[Symbol.asyncDispose]());

	const open = async (): Promise<Page> => {
		const page = await site.browser.newPage();
		await page.goto(`${site.url}boot.html`);
		return page;
	};
	const reached = async (page: Page, state: string): Promise<number> => {
		const pattern = new RegExp(`(^|;)${state} at (\\d+);`);
		await page.waitForFunction(
			(source) => new RegExp(source).test(document.querySelector('output')?.textContent ?? ''),
			pattern.source,
			{
				timeout: limitMs,
			},
		);
		return Number(pattern.exec((await page.locator('output').textContent()) ?? '')?.[2]);
	};
	const press = async (page: Page, label: string): Promise<string> => {
		const before = ((await page.locator('pre').textContent()) ?? '').length;
		await page.getByRole('button', { name: label }).click();
		await page.waitForFunction((length) => (document.querySelector('pre')?.textContent ?? '').length > length, before);
		return ((await page.locator('pre').textContent()) ?? '').slice(before);
	};

	it('says within a second that the system is open, takes over, and finds everything', async () => {
		const first = await open();
		await reached(first, 'ready');
		assert.match(await press(first, 'Write'), /undefined/);
		const written = await press(first, 'Read');

		const second = await open();
		assert.ok((await reached(second, 'open-elsewhere')) < 1000, 'within a second');
		await press(second, 'Take over');
		await reached(second, 'ready');
		await reached(first, 'taken-over');
		assert.equal(await press(second, 'Read'), written);
		assert.match(await press(first, 'Read'), /cancelled/, 'the first tab is told, not left waiting');

		const third = await open();
		await reached(third, 'open-elsewhere');
		await second.close();
		await reached(third, 'ready');
		assert.equal(await press(third, 'Read'), written);
		await third.reload();
		await reached(third, 'ready');
		assert.equal(await press(third, 'Read'), written);
		await first.close();
		await third.close();
	});

	it('takes the volume from a tab that does not answer', async () => {
		const frozen = await open();
		await reached(frozen, 'ready');
		const session = await site.browser.context.newCDPSession(frozen);
		await session.send('Page.setWebLifecycleState', { state: 'frozen' });
		const second = await open();
		await reached(second, 'open-elsewhere');
		await press(second, 'Take over');
		await reached(second, 'ready');
		await frozen.close();
		await second.close();
	});
});
