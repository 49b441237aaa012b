/** The first start in a browser: folders, samples, and a disk that is full. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../browser/until.ts';
import { pressButton, reachedState } from './browser/boot-driver.ts';
import { startTestSite, type TestSite } from './browser/test-site.ts';

describe('a new volume in a browser', { timeout: 600_000 }, () => {
	let site: TestSite;
	let page: Page;
	before(async () => {
		site = await startTestSite();
		page = await site.browser.newPage();
		await page.goto(`${site.url}boot.html`);
		await reachedState(page, 'ready');
	});
	after(() => site[Symbol.asyncDispose]());

	it('gets its samples once the desktop is there', async () => {
		await pressButton(page, 'Settle');
		let listed = '';
		await until(
			async () => {
				listed = await pressButton(page, 'List samples');
				return listed.includes('SAMPLE');
			},
			async () => `the sample; it is ${listed}`,
		);
		assert.equal(listed, 'List samples: SAMPLE;');
	});

	it('tells in clear words that the disk is full, harms nothing, and can still delete', async () => {
		await pressButton(page, 'Write');
		const kept = await pressButton(page, 'Read');
		const session = await site.browser.context.newCDPSession(page);
		const { usage } = await session.send('Storage.getUsageAndQuota', { origin: new URL(site.url).origin });
		const quotaSize = usage + (80 << 20);
		await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(site.url).origin, quotaSize });

		assert.match(await pressButton(page, 'Fill'), /^Fill: OsError: The disk is full\./);
		const verified = await pressButton(page, 'Verify');
		assert.match(verified, /^Verify: whole, damaged: 0;/, await pressButton(page, 'Errors'));
		assert.equal(await pressButton(page, 'Read'), kept);

		assert.equal(await pressButton(page, 'Empty'), 'Empty: undefined;');
		assert.match(await pressButton(page, 'Write'), /undefined/);
		assert.notEqual(await pressButton(page, 'Read'), kept);

		await page.reload();
		await reachedState(page, 'ready');
		assert.match(await pressButton(page, 'Read'), /written at/);
	});
});
