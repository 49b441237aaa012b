/** The same contract cases in a real Chromium: the kernel in its Worker, the volume in OPFS, a process in the page. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestSite, type TestSite } from './browser/test-site.ts';
import { contractCases } from './cases/index.ts';

const titles = [...contractCases.map(({ title }) => title), 'no defect was met'];

describe('the contract in Chromium', { timeout: 900_000 }, () => {
	const outcomes = new Map(titles.map((title) => [title, Promise.withResolvers<string | undefined>()]));
	let site: TestSite;
	before(async () => {
		site = await startTestSite();
		const page = await site.browser.newPage();
		page.on('pageerror', (error) => {
			for (const outcome of outcomes.values()) outcome.resolve(`the page failed: ${error.stack}`);
		});
		await page.exposeFunction('reportCase', (title: string, failure: string | undefined) => {
			outcomes.get(title)?.resolve(failure);
		});
		await page.goto(site.url);
	});
	after(() => site[Symbol.asyncDispose]());
	for (const title of titles)
		it(title, async () => {
			const failure = await outcomes.get(title)?.promise;
			assert.equal(failure ?? undefined, undefined);
		});
});
