/** Settings of a PC of its own, in a browser before a door like the image's; and that nobody but the kernel has its key. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { keyHeader } from '#hosts/common/machine-contract.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { openDesktop, startProgram } from '../browser/desktop-page.ts';
import { type PcServer, startPcServer } from '../browser/pc-server.ts';
import { until } from '../browser/until.ts';
import { findAccessibilityProblems } from './accessibility.ts';

describe('the settings of a PC', { timeout: 600_000 }, () => {
	let server: PcServer;
	let browser: TestBrowser;
	let page: Page;
	let settings: Locator;
	/** Requests that carried the key, by their path. */
	const keyed = new Set<string>();

	before(async () => {
		server = await startPcServer();
		browser = await launchBrowser();
		browser.context.on('request', (request) => {
			if (request.headers()[keyHeader] !== undefined) keyed.add(new URL(request.url()).pathname);
		});
		page = await browser.newPage();
		await openDesktop(page, server.url);
		settings = await startProgram(page, 'Settings');
	});
	after(async () => {
		await browser.close();
		await server[Symbol.asyncDispose]();
	});

	const openPage = (name: string) => settings.getByRole('navigation').getByText(name, { exact: true }).click();
	async function agree(): Promise<void> {
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByRole('button', { name: 'Yes' }).click();
		await question.waitFor({ state: 'detached' });
	}
	async function choose(label: string, option: string): Promise<void> {
		// The name of a list begins with what is chosen.
		await settings.getByRole('button', { name: new RegExp(`(^| )${label}$`) }).click();
		await page.getByRole('option', { name: option, exact: true }).click();
	}
	/** What a page asks for is done a moment after the person said yes. */
	const untilDone = (line: string) =>
		until(
			async () => server.done.at(-1) === line,
			async () => `${line}, not ${server.done.at(-1)}`,
		);

	it('says what the PC is, what becomes of files, and how long the battery lasts', async () => {
		await openPage('This PC');
		await settings.getByText('LENOVO ThinkPad T440').waitFor();
		await settings.getByText('Kingston DataTraveler 3.0 (sdb)').waitFor();
		await settings.getByText('This session is forgotten at its end').waitFor();
		await settings.getByText('71 %, 2 h 34 min left').waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	});

	it('changes the keyboard layout when an administrator says yes, and nothing when they say no', async () => {
		await openPage('Keyboard and time');
		await choose('Layout', 'German');
		await choose('Variant of “Layout”', 'German (no dead keys)');
		await choose('Second layout', 'Russian');
		await settings.getByRole('button', { name: 'Use this layout' }).click();
		await page
			.getByRole('dialog', { name: /administer this computer/ })
			.getByRole('button', { name: 'No' })
			.click();
		await settings.getByRole('button', { name: 'Use this layout' }).and(settings.locator(':enabled')).click();
		assert.deepEqual(server.done, []);
		await agree();
		await untilDone('apply keyboard de(nodeadkeys) ru');
		assert.equal(server.done.length, 1);
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	});

	it('sets the time zone and the clock, and refuses a date that is none', async () => {
		await choose('Area', 'America');
		await settings.getByRole('button', { name: 'Use this zone' }).click();
		await agree();
		await untilDone('apply time-zone America/New_York');
		await settings.getByRole('button', { name: 'Set date and time…' }).click();
		const field = settings.getByRole('textbox', { name: 'Date and time' });
		await field.fill('2026-02-30 10:00');
		await settings.getByText('Like 2026-01-31 18:30').waitFor();
		await field.fill('2027-03-04 05:06');
		await field.press('Enter');
		await agree();
		await untilDone(`clock ${await page.evaluate(() => new Date(2027, 2, 4, 5, 6).toISOString())}`);
	});

	it('opens the network only when an administrator says yes, and closes it again', async () => {
		await openPage('Network');
		await settings.getByText('the card is off').waitFor();
		await settings.getByText('Until it goes off').click();
		await agree();
		await untilDone('network opens');
		// The PC has opened it a moment before the page says so; until then “Never” is what is chosen already.
		await settings.getByRole('radio', { name: 'Until it goes off', checked: true }).waitFor({ state: 'attached' });
		await settings.getByText('Never').click();
		await agree();
		await untilDone('network closes');
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	});

	it('takes a picture back that nobody says they see, and keeps one that somebody sees', async () => {
		await openPage('Screen and sound');
		await choose('Size of Screen AUO 0x213D', '1280 × 720, 60 Hz');
		const question = page.getByRole('dialog', { name: 'Keep this picture?' });
		await question.getByRole('button', { name: 'Go back' }).click();
		await settings.getByRole('button', { name: 'Size of Screen' }).filter({ hasText: '1920' }).waitFor();
		await choose('Scale of Screen AUO 0x213D', '150 %');
		await question.getByRole('button', { name: 'Keep it' }).click();
		await settings.getByRole('button', { name: 'Scale of Screen' }).filter({ hasText: '150 %' }).waitFor();
		assert.deepEqual(
			server.done
				.filter((line) => line.startsWith('wlr-randr'))
				.map((line) => line.replace('wlr-randr --output eDP-1 ', '')),
			['--mode 1280x720@59.940000 --scale 1', '--mode 1920x1080@59.940000 --scale 1', '--scale 1.5', '--scale 1.5'],
		);
	});

	it('sets how loud the PC is, by keys too', async () => {
		const slider = settings.getByRole('slider', { name: 'Loudness of this PC' });
		await slider.press('End');
		await slider.press('ArrowLeft');
		await settings.getByText('99 %').waitFor();
		await untilDone('amixer -M -q -c PCH sset Master 99% unmute');
		await settings.getByText('Off', { exact: true }).click();
		await untilDone('amixer -M -q -c PCH sset Master 99% mute');
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	});

	it('shows what the PC says when it cannot do something', async () => {
		server.verbs.set('pc.facts', () => Promise.reject(new Error('the firmware sleeps')));
		await openPage('This PC');
		await settings.getByRole('alert').filter({ hasText: 'the firmware sleeps' }).waitFor();
	});

	it('a script of the same origin without the key gets nothing from the PC', async () => {
		assert.deepEqual([...keyed].sort(), ['/machine/ask', '/machine/begins', '/machine/ready']);
		const found = await page.evaluate(async () => {
			const asked = await fetch('/machine/ask', {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ verb: 'pc.facts', arguments: {} }),
			});
			const document = await (await fetch('/')).text();
			return { status: asked.status, key: /machine-key/.test(document + globalThis.document.head.innerHTML) };
		});
		assert.deepEqual(found, { status: 403, key: false });
	});
});
