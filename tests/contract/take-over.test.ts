/** One tab owns the volume; a second one says so at once, and takes over without losing anything. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ProcessorWaits } from '../browser/processor-waits.ts';
import { pressButton, reachedState } from './browser/boot-driver.ts';
import { startTestSite, type TestSite } from './browser/test-site.ts';

describe('a second tab', { timeout: 600_000 }, () => {
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
	it('says within a second that the system is open, takes over, and finds everything', async () => {
		const first = await open();
		await reachedState(first, 'ready');
		assert.match(await pressButton(first, 'Write'), /undefined/);
		const written = await pressButton(first, 'Read');

		const waits = await ProcessorWaits.begin(site.browser);
		const second = await open();
		const told = await reachedState(second, 'open-elsewhere');
		assert.ok(told - (await waits.since()) < 1000, `within a second, not ${told} ms`);
		await pressButton(second, 'Take over');
		await reachedState(second, 'ready');
		await reachedState(first, 'taken-over');
		assert.equal(await pressButton(second, 'Read'), written);
		assert.match(await pressButton(first, 'Read'), /cancelled/, 'the first tab is told, not left waiting');

		const third = await open();
		await reachedState(third, 'open-elsewhere');
		await second.close();
		await reachedState(third, 'ready');
		assert.equal(await pressButton(third, 'Read'), written);
		await third.reload();
		await reachedState(third, 'ready');
		assert.equal(await pressButton(third, 'Read'), written);
		await first.close();
		await third.close();
	});

	it('comes before a third tab that waits for its turn, and that one goes on waiting', async () => {
		const first = await open();
		await reachedState(first, 'ready');
		const waiting = await open();
		await reachedState(waiting, 'open-elsewhere');
		const second = await open();
		await reachedState(second, 'open-elsewhere');
		await pressButton(second, 'Take over');
		await reachedState(second, 'ready');
		assert.doesNotMatch((await waiting.locator('output').textContent()) ?? '', /ready|taken-over/);
		await second.close();
		await reachedState(waiting, 'ready');
		await first.close();
		await waiting.close();
	});

	it('finds the volume free when the first has shut down, and what was written in the last moment', async () => {
		const first = await open();
		await reachedState(first, 'ready');
		void first.getByRole('button', { name: 'Write' }).click();
		assert.match(await pressButton(first, 'Shut down'), /(Write|Shut down): undefined/);
		const waits = await ProcessorWaits.begin(site.browser);
		const second = await open();
		const ready = await reachedState(second, 'ready');
		assert.ok(ready - (await waits.since()) < 2000, `${ready} ms`);
		assert.match(await pressButton(second, 'Read'), /written at/);
		await first.close();
		await second.close();
	});

	it('takes the volume from a tab that does not answer', async () => {
		const frozen = await open();
		await reachedState(frozen, 'ready');
		const session = await site.browser.context.newCDPSession(frozen);
		await session.send('Page.setWebLifecycleState', { state: 'frozen' });
		const second = await open();
		await reachedState(second, 'open-elsewhere');
		await pressButton(second, 'Take over');
		await reachedState(second, 'ready');
		await frozen.close();
		await second.close();
	});
});
