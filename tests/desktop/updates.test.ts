/** The Updates page of Settings, before a door whose PC is played by the test: every state that a person may meet. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { OsError } from '#abi/errors.ts';
import type { PcUpdate, PcUpdateOffer } from '#abi/structures.generated.ts';
import type { VerbWork } from '#hosts/pc/keeper/verb.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { openDesktop, startProgram } from '../browser/desktop-page.ts';
import { type PcServer, startPcServer } from '../browser/pc-server.ts';
import { until } from '../browser/until.ts';
import { findAccessibilityProblems } from './accessibility.ts';

const plain: PcUpdate = {
	...{ installed: true, verifiable: true, version: '0.1.0', isDefault: true, otherVersion: '', pending: 'none' },
};
const offer: PcUpdateOffer = {
	...{ identifier: "sdb1:it's vitrine.iso", place: 'KINGSTON', file: "it's vitrine.iso" },
	...{ version: '0.2.0', sizeBytes: 488_851_456, verdict: 'newer' },
};
const forged: PcUpdateOffer = { ...offer, identifier: 'sdb1:x.iso', file: 'x.iso', version: '', verdict: 'forged' };

describe('updates', { timeout: 600_000 }, () => {
	let server: PcServer;
	let browser: TestBrowser;
	let page: Page;
	let settings: Locator;
	let state = plain;
	/** Ends the installation that goes on. */
	let finish = Promise.withResolvers<void>();
	const asked: string[] = [];

	async function install(given: object, { report, signal }: VerbWork): Promise<object> {
		asked.push(JSON.stringify(given));
		report('writing', 244_425_728, 488_851_456);
		const cancelled = Promise.withResolvers<void>();
		signal.addEventListener('abort', () => {
			asked.push('cancel');
			cancelled.reject(new OsError('ECANCELED', 'the update was cancelled'));
		});
		await Promise.race([finish.promise, cancelled.promise]);
		state = { ...plain, otherVersion: '0.2.0', pending: 'next-start' };
		return {};
	}

	before(async () => {
		server = await startPcServer();
		server.verbs.set('update.state', async () => state);
		server.verbs.set('update.find', async () => []);
		server.verbs.set('update.install', install);
		server.verbs.set('update.choose', async (given) => {
			asked.push(JSON.stringify(given));
			state = { ...state, pending: 'none', isDefault: true };
			return {};
		});
		browser = await launchBrowser();
		page = await browser.newPage();
		await openDesktop(page, server.url);
		settings = await startProgram(page, 'Settings');
		await openPage('Updates');
	});
	after(async () => {
		await browser.close();
		await server[Symbol.asyncDispose]();
	});

	const openPage = (name: string) => settings.getByRole('navigation').getByText(name, { exact: true }).click();
	const press = (name: string | RegExp) => settings.getByRole('button', { name }).click();
	async function agree(): Promise<void> {
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByRole('button', { name: 'Yes' }).click();
		await question.waitFor({ state: 'detached' });
	}
	async function showState(next: PcUpdate): Promise<void> {
		state = next;
		await openPage('This PC');
		await openPage('Updates');
	}

	it('says what runs, and that no stick holds an update', async () => {
		await settings.getByText('This version starts when the PC is switched on.').waitFor();
		await press('Look for updates');
		await settings.getByText('There is no update on a stick or disc of this PC.').waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
	});

	it('lists what lies on a stick, and offers nothing that is forged', async () => {
		server.verbs.set('update.find', async () => [forged, offer]);
		await press('Look for updates');
		await settings.getByText('Vitrine 0.2.0 on KINGSTON').waitFor();
		await settings.getByText('Its signature is false. Do not use it.').waitFor();
		assert.equal(await settings.getByRole('button', { name: /^Install/ }).count(), 1);
	});

	it('installs when an administrator says yes, shows how far it is, and stops though nothing moves', async () => {
		await press('Install Vitrine 0.2.0 on KINGSTON');
		await agree();
		await settings.getByText('Writing it').waitFor();
		await settings.getByText('50 %').waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
		await press('Cancel');
		await settings.getByText('The update was not installed. Nothing has changed.').waitFor();
		await until(
			async () => asked.length === 2,
			async () => 'the PC hears that nobody waits for it',
		);
		assert.deepEqual(asked, [JSON.stringify({ offer: offer.identifier }), 'cancel']);
	});

	it('is ready for the next start, and can be withdrawn', async () => {
		finish = Promise.withResolvers();
		await press('Install Vitrine 0.2.0 on KINGSTON');
		await agree();
		await settings.getByText('Writing it').waitFor();
		finish.resolve();
		await settings.getByText('The update is on the disk, whole.').waitFor();
		await settings.getByText('Vitrine 0.2.0 is ready').waitFor();
		await press('Do not use it');
		await agree();
		await settings.getByText('It is still on the disk').waitFor();
		assert.equal(asked.at(-1), '{"choice":"withdraw"}');
	});

	it('says why an update was not installed', async () => {
		server.verbs.set('update.install', () => Promise.reject(new OsError('EILSEQ', 'it is not what was signed')));
		await press('Install Vitrine 0.2.0 on KINGSTON');
		await agree();
		await settings.getByRole('alert').filter({ hasText: 'it is not what was signed' }).waitFor();
	});

	it('says that a trial failed, is under way, or was the person’s own choice', async () => {
		await showState({ ...plain, otherVersion: '0.2.0', pending: 'failed' });
		await settings.getByText('Vitrine 0.2.0 did not come up').waitFor();
		await press('Try it once more');
		await agree();
		await settings.getByText('It is still on the disk').waitFor();
		await showState({ ...plain, version: '0.2.0', isDefault: false, otherVersion: '0.1.0', pending: 'trial' });
		await settings.getByText('It runs for the first time.').waitFor();
		await showState({ ...plain, isDefault: false, otherVersion: '0.2.0' });
		await press('Keep this version');
		await agree();
		await settings.getByText('This version starts when the PC is switched on.').waitFor();
		assert.equal(asked.at(-1), '{"choice":"keep"}');
	});

	it('says why nothing can be installed: from a stick, or without a key', async () => {
		await showState({ ...plain, installed: false });
		await settings.getByText(/Vitrine is not installed on this PC/).waitFor();
		await showState({ ...plain, verifiable: false });
		await settings.getByText(/was built without a key/).waitFor();
		assert.equal(await settings.getByRole('button', { name: 'Look for updates' }).isDisabled(), true);
	});
});
