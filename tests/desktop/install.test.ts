/** Install Vitrine, and the data partition in Settings, in a browser before a door like the image's; the disks are the test's. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { OsError } from '#abi/errors.ts';
import type { PcDisk } from '#abi/structures.generated.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { openDesktop, startProgram, windowNamed } from '../browser/desktop-page.ts';
import { type PcServer, startPcServer } from '../browser/pc-server.ts';
import { findAccessibilityProblems } from './accessibility.ts';

/** Where to put pictures of each page, to look at; none are made without it. */
const pictures = process.env.VITRINE_PICTURES;

const internal: PcDisk = {
	...{ identifier: 'sda@3', device: 'sda', model: 'Samsung SSD 870', connection: 'sata', sizeBytes: 500_107_862_016 },
	...{ removable: false, startedFrom: false, install: 'possible', makeData: 'possible', writeImage: 'not-removable' },
	...{ dataErases: true, dataBytes: 500_105_764_864 },
	parts: [
		{ device: 'sda1', label: 'SYSTEM', format: 'vfat', sizeBytes: 104_857_600 },
		{ device: 'sda2', label: 'Office', format: 'ntfs', sizeBytes: 499_000_000_000 },
	],
};
const stick: PcDisk = {
	...{ identifier: 'sdb@7', device: 'sdb', model: 'Kingston DataTraveler 3.0', connection: 'usb' },
	...{
		sizeBytes: 15_728_640_000,
		removable: true,
		startedFrom: true,
		install: 'started-from',
		makeData: 'possible',
		writeImage: 'started-from',
	},
	...{ dataErases: false, dataBytes: 15_237_906_432 },
	parts: [{ device: 'sdb1', label: 'VITRINE', format: 'iso9660', sizeBytes: 480_854_016 }],
};

describe('Install Vitrine', { timeout: 600_000 }, () => {
	let server: PcServer;
	let browser: TestBrowser;
	let page: Page;
	let asked: object[] = [];

	before(async () => {
		server = await startPcServer();
		server.verbs.set('disk.list', async () => [internal, stick]);
		browser = await launchBrowser();
		page = await browser.newPage();
		await openDesktop(page, server.url);
		if (pictures !== undefined) await mkdir(pictures, { recursive: true });
	});
	after(async () => {
		await browser.close();
		await server[Symbol.asyncDispose]();
	});
	beforeEach(() => {
		asked = [];
	});

	async function look(name: string): Promise<void> {
		if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, `${name}.png`) });
	}
	async function agree(): Promise<void> {
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByRole('button', { name: 'Yes' }).click();
		await question.waitFor({ state: 'detached' });
	}
	const press = (window: Locator, name: string) => window.getByRole('button', { name, exact: true }).click();

	it('says what is on each disk and why one cannot be taken, and erases nothing before the person has agreed', async () => {
		server.verbs.set('disk.install', async (given, { report }) => {
			asked.push(given);
			for (const step of ['copying', 'checking', 'data']) report(step, 1, 2);
			return {};
		});
		const wizard = await startProgram(page, 'Install Vitrine');
		await wizard.getByText('“Office”, Windows (NTFS)').waitFor();
		assert.equal(await wizard.getByRole('radio', { name: /Kingston/ }).isDisabled(), true);
		await wizard.getByText('Vitrine was started from it.').waitFor();
		assert.equal(await wizard.getByRole('button', { name: 'Next' }).isDisabled(), true);
		await wizard.getByText(/^Samsung SSD 870, /).click();
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		await look('choose');
		await press(wizard, 'Next');
		await wizard.getByLabel('Passphrase', { exact: true }).fill('short');
		await press(wizard, 'Next');
		await wizard.getByText('Take at least 8 characters.').waitFor();
		await wizard.getByLabel('Passphrase', { exact: true }).fill('four plain words');
		await wizard.getByLabel('Passphrase once more', { exact: true }).fill('four plain word');
		await press(wizard, 'Next');
		await wizard.getByText('The two are not the same.').waitFor();
		await wizard.getByLabel('Passphrase once more', { exact: true }).fill('four plain words');
		await look('passphrase');
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		await press(wizard, 'Next');
		await wizard.getByText(/Everything on Samsung SSD 870, .* is erased/).waitFor();
		const erase = wizard.getByRole('button', { name: 'Erase and install' });
		assert.equal(await erase.isDisabled(), true);
		await wizard.getByText(/^Erase Samsung SSD 870 \(\/dev\/sda, /).click();
		await look('confirm');
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		assert.deepEqual(asked, []);
		await erase.click();
		await look('consent');
		assert.equal(await page.getByText('four plain words').count(), 0, 'the passphrase stands nowhere');
		await agree();
		await wizard.getByRole('heading', { name: 'Vitrine is on Samsung SSD 870' }).waitFor();
		await look('done');
		assert.deepEqual(asked, [{ disk: 'sda@3', passphrase: 'four plain words' }]);
		await wizard.getByRole('button', { name: 'Close' }).click();
	});

	it('cancels what goes on, and says what is left behind', async () => {
		const cancelled = Promise.withResolvers<void>();
		server.verbs.set('disk.install', async (_, { signal, report }) => {
			report('copying', 30, 100);
			const telling = setInterval(() => report('copying', 30 + asked.push({}), 100), 50);
			await once(signal, 'abort');
			clearInterval(telling);
			cancelled.resolve();
			throw new OsError('ECANCELED');
		});
		const wizard = await startProgram(page, 'Install Vitrine');
		await wizard.getByText(/^Samsung SSD 870, /).click();
		await press(wizard, 'Next');
		await wizard.getByText('Do not encrypt').click();
		await press(wizard, 'Next');
		await wizard.getByText(/^Erase Samsung/).click();
		await press(wizard, 'Erase and install');
		await agree();
		await wizard.getByText('Copying Vitrine').waitFor();
		await look('running');
		await press(wizard, 'Cancel');
		await wizard.getByRole('heading', { name: 'Cancelled' }).waitFor();
		await cancelled.promise;
		await wizard.getByRole('button', { name: 'Close' }).click();
	});

	it('says what went wrong in the words of the PC', async () => {
		server.verbs.set('disk.install', async () => {
			throw new OsError('EILSEQ', 'the disk did not keep what was written');
		});
		const wizard = await startProgram(page, 'Install Vitrine');
		await wizard.getByText(/^Samsung SSD 870, /).click();
		await press(wizard, 'Next');
		await wizard.getByText('Do not encrypt').click();
		await press(wizard, 'Next');
		await wizard.getByText(/^Erase Samsung/).click();
		await press(wizard, 'Erase and install');
		await agree();
		await wizard.getByText(/the disk did not keep what was written/).waitFor();
		await look('failed');
		await wizard.getByRole('button', { name: 'Close' }).click();
	});

	it('makes a data partition behind Vitrine on its stick, from Settings, and erases nothing for it', async () => {
		server.verbs.set('disk.make-data', async (given) => {
			asked.push(given);
			return {};
		});
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('navigation').getByText('This PC', { exact: true }).click();
		await settings.getByText('There is no data partition').waitFor();
		await look('settings');
		await press(settings, 'Make a data partition…');
		const wizard = windowNamed(page, 'Make a data partition');
		await wizard.getByText(/^Kingston DataTraveler 3.0, /).click();
		await press(wizard, 'Next');
		await wizard.getByText('Do not encrypt').click();
		await press(wizard, 'Next');
		await wizard.getByText(/Nothing is erased/).waitFor();
		await look('nothing-erased');
		await press(wizard, 'Make the data partition');
		await agree();
		await wizard.getByRole('heading', { name: 'The data partition is ready' }).waitFor();
		assert.deepEqual(asked, [{ disk: 'sdb@7', passphrase: '' }]);
		await wizard.getByRole('button', { name: 'Close' }).click();
		await settings.getByRole('button', { name: 'Close' }).click();
	});

	it('changes the passphrase of an encrypted data partition', async () => {
		server.verbs.set('data.state', async () => ({
			...{ state: 'kept', device: 'sdb4', disk: 'Kingston', encrypted: true, sizeBytes: 1e10, freeBytes: 9e9 },
		}));
		server.verbs.set('data.set-passphrase', async (given) => {
			if (asked.push(given) === 1) throw new OsError('EACCES', 'the passphrase is wrong');
			return {};
		});
		const settings = await startProgram(page, 'Settings');
		await settings.getByRole('navigation').getByText('This PC', { exact: true }).click();
		await press(settings, 'Change…');
		const fill = (label: string, text: string) => settings.getByLabel(label, { exact: true }).fill(text);
		await fill('Present passphrase', 'not the words');
		await fill('New passphrase', 'the next words');
		await fill('New passphrase once more', 'the next words');
		await press(settings, 'Change the passphrase');
		await agree();
		await settings.getByText(/the passphrase is wrong/).waitFor();
		await look('passphrase-wrong');
		assert.deepEqual(await findAccessibilityProblems(page, settings), []);
		await fill('Present passphrase', 'the old words');
		await press(settings, 'Change the passphrase');
		await agree();
		await settings.getByText('The old one opens nothing any more.').waitFor();
		assert.deepEqual(asked.at(-1), { present: 'the old words', next: 'the next words' });
	});
});
