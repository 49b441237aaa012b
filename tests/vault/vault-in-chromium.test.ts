/** The vault in Chromium: everything it does, from a Worker that waits at its blocking door. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { makeVault } from '#hosts/node/make-vault.ts';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { launchBrowser } from '../browser/browser.ts';
import { buildVaultPage } from './build-vault-page.ts';
import { exerciseVault } from './exercise-vault.ts';
import type { VaultFigures } from './measure-vault.ts';

/** Put into the page by `page/page.ts`. */
declare const askVault: (task: string) => Promise<unknown>;

suite('The key vault in Chromium', { timeout: 240_000 }, () => {
	let directory: string;
	let server: Awaited<ReturnType<typeof startStaticServer>>;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-vault-'));
		server = await startStaticServer(await buildVaultPage(directory), 0);
	});
	after(async () => {
		await server.close();
		await rm(directory, { recursive: true, force: true });
	});

	async function ask(task: string): Promise<unknown> {
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await page.goto(server.url);
		await page.waitForFunction(() => 'askVault' in globalThis);
		return await page.evaluate((name) => askVault(name), task);
	}

	test('does all that it does in Node', async () => {
		const vault = makeVault();
		const inNode = await exerciseVault(vault).finally(() => vault.close());
		assert.deepEqual(await ask('exercise'), inNode);
	});

	test('is fast enough to be waited for', async (context) => {
		const figures = (await ask('measure')) as VaultFigures;
		for (const [name, value] of Object.entries(figures)) context.diagnostic(`${name}: ${value.toFixed(1)}`);
		// The figures themselves are for `npm run bench`; here only that no call takes a turn of a timer.
		assert.ok(figures.crossingMicroseconds < 4000, `${figures.crossingMicroseconds} µs a crossing`);
	});
});
