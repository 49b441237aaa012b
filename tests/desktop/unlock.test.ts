/** The page that opens the data partition, in a browser before a door like the image's; the keeper is the test's. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { OsError } from '#abi/errors.ts';
import type { AskRequest, ReadyReport } from '#hosts/common/machine-contract.ts';
import { type StaticServer, startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import type { AskListener } from '#hosts/pc/keeper-client.ts';
import { type Machine, MachineDoor } from '#hosts/pc/machine-door.ts';
import { buildUnlockPage } from '../../tools/iso/unlock-page.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { until } from '../browser/until.ts';
import { findAccessibilityProblems } from './accessibility.ts';

/** Where to put pictures of the page, to look at; none are made without it. */
const pictures = process.env.VITRINE_PICTURES;

describe('the page that unlocks the data partition', { timeout: 300_000 }, () => {
	let folder = '';
	let server: StaticServer;
	let browser: TestBrowser;
	let page: Page;
	let done: string[] = [];
	let state = 'kept';

	const answers = new Map<string, (given: AskRequest['arguments']) => unknown>([
		[
			'pc.choices',
			() => ({
				keyboardLayouts: [
					{ id: 'us', title: 'English (US)' },
					{ id: 'de', title: 'German' },
				],
				timeZones: [],
			}),
		],
		['settings.read', () => ({ keyboardLayouts: ['us'], timeZone: 'Etc/UTC', clockIsLocal: false, network: 'closed' })],
		['settings.change', () => ({})],
		[
			'data.unlock',
			({ passphrase }) => {
				if (passphrase !== 'four plain words') throw new OsError('EACCES', 'the passphrase is wrong');
				return { state };
			},
		],
		['data.leave-alone', () => ({})],
		['desktop.start-anew', () => ({})],
	]);

	async function ask({ verb, arguments: given }: AskRequest, { onLine }: AskListener): Promise<void> {
		done.push(`${verb} ${JSON.stringify(given)}`);
		try {
			onLine({ result: answers.get(verb)?.(given) });
		} catch (error) {
			const { code, detail } = error instanceof OsError ? error : new OsError('EIO', String(error));
			onLine({ failure: { code, detail } });
		}
	}

	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'vitrine-unlock-'));
		await writeFile(path.join(folder, 'index.html'), '<!doctype html><html><head></head></html>');
		await buildUnlockPage(path.join(folder, 'unlock'));
		const site = await StaticSite.read(folder);
		let door: MachineDoor | undefined;
		server = await startStaticServer(site, 0, (request, response) => door?.answer(request, response) ?? false);
		const machine: Machine = {
			power: async (action) => void done.push(action),
			starts: () => undefined,
			ready: ({ screen }: ReadyReport) => void done.push(`${screen} ready`),
			picture: () => Promise.reject(new Error('This PC has no screen.')),
			ask,
		};
		const built = site.find('/unlock/index.html')?.content.toString('utf8') ?? '';
		door = new MachineDoor(machine, new Map([['/unlock/', built]]), `http://localhost:${server.port}`);
		browser = await launchBrowser();
		page = await browser.newPage();
	});
	after(async () => {
		await browser.close();
		await server.close();
		await rm(folder, { recursive: true });
	});
	beforeEach(async () => {
		done = [];
		state = 'kept';
		await page.goto(`http://localhost:${server.port}/unlock/`);
		await page.getByRole('option', { name: 'German' }).waitFor({ state: 'attached' });
	});

	async function look(name: string): Promise<void> {
		if (pictures === undefined) return;
		await mkdir(pictures, { recursive: true });
		await page.screenshot({ path: path.join(pictures, `${name}.png`) });
	}
	/** What the page asks for is asked a moment after the person wanted it. */
	const untilDone = (...lines: readonly string[]) =>
		until(
			async () => done.slice(-lines.length).join() === lines.join(),
			async () => `${lines}, not ${done}`,
		);

	it('can be typed into at once, says when the passphrase is wrong, and starts the desktop when it is right', async () => {
		assert.ok(done.includes('unlock ready'));
		await look('unlock');
		assert.deepEqual(await findAccessibilityProblems(page, page.locator('main')), []);
		await page.keyboard.type('wrong words');
		await page.keyboard.press('Enter');
		await page.getByText(/That is not the passphrase/).waitFor();
		await look('unlock-wrong');
		// What was typed is marked, so that typing begins anew.
		await page.keyboard.type('four plain words');
		await page.keyboard.press('Enter');
		await page.getByText(/Opening/).waitFor();
		await untilDone('data.unlock {"passphrase":"four plain words"}', 'desktop.start-anew {}');
	});

	it('shows what was typed only when asked, and can be given another keyboard layout', async () => {
		const field = page.getByLabel('Passphrase', { exact: true });
		assert.equal(await field.getAttribute('type'), 'password');
		await page.getByRole('button', { name: 'Show' }).click();
		assert.equal(await field.getAttribute('type'), 'text');
		await page.getByLabel('Keyboard').selectOption('German');
		await page.waitForFunction(() => document.activeElement?.id === 'passphrase');
		await untilDone('settings.change {"change":{"keyboardLayouts":["de"]}}');
	});

	it('goes on without the files when the person says so, and ends the PC', async () => {
		await page.getByRole('button', { name: 'Go on without my files' }).click();
		await page.getByText('Starting the desktop…').waitFor();
		await untilDone('data.leave-alone {}', 'desktop.start-anew {}');
		await page.reload();
		await page.getByRole('button', { name: 'Shut down' }).click();
		await page.getByText('Shutting down…').waitFor();
		await untilDone('shut-down');
	});

	it('says when the partition opens and is damaged, and goes on without it', async () => {
		state = 'damaged';
		await page.keyboard.type('four plain words');
		await page.keyboard.press('Enter');
		await page.getByText(/are damaged. It was left as it is/).waitFor();
		await look('unlock-damaged');
		assert.notEqual(done.at(-1), 'desktop.start-anew {}');
		await page.getByRole('button', { name: 'Go on without my files' }).click();
		await untilDone('desktop.start-anew {}');
	});

	it('leaves no key to a script that asks for the page', async () => {
		const text = await page.evaluate(async () => (await fetch('/unlock/index.html')).text());
		assert.doesNotMatch(text, /machine-key/);
	});
});
