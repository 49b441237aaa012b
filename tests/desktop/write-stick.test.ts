/** Writing an image to a stick from Explorer, in a browser before a door like the image's; the stick is the test's. */
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { OsError } from '#abi/errors.ts';
import type { PcDisk } from '#abi/structures.generated.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { openDesktop, windowNamed } from '../browser/desktop-page.ts';
import { type PcServer, startPcServer } from '../browser/pc-server.ts';
import { findAccessibilityProblems } from './accessibility.ts';
import { ExplorerWindow } from './files-desktop.ts';

/** Where to put pictures of each page, to look at; none are made without it. */
const pictures = process.env.VITRINE_PICTURES;

const internal: PcDisk = {
	...{ identifier: 'sda@3', device: 'sda', model: 'Samsung SSD 870', connection: 'sata', sizeBytes: 500_107_862_016 },
	...{ removable: false, startedFrom: false, install: 'possible', makeData: 'possible', writeImage: 'not-removable' },
	...{ parts: [], dataErases: true, dataBytes: 500_105_764_864 },
};
const own: PcDisk = {
	...{ identifier: 'sdb@7', device: 'sdb', model: 'Kingston DataTraveler 3.0', connection: 'usb' },
	...{ sizeBytes: 15_728_640_000, removable: true, startedFrom: true, install: 'started-from', makeData: 'possible' },
	...{ writeImage: 'started-from', dataErases: false, dataBytes: 15_237_906_432 },
	parts: [{ device: 'sdb1', label: 'VITRINE', format: 'iso9660', sizeBytes: 480_854_016 }],
};
const source: PcDisk = {
	...{ identifier: 'sdc@8', device: 'sdc', model: 'SanDisk Ultra', connection: 'usb', sizeBytes: 31_000_000_000 },
	...{ removable: true, startedFrom: false, install: 'possible', makeData: 'possible', writeImage: 'possible' },
	...{ dataErases: true, dataBytes: 30_000_000_000 },
	parts: [{ device: 'sdc1', label: 'IMAGES', format: 'vfat', sizeBytes: 31_000_000_000 }],
};
const target: PcDisk = {
	...source,
	...{ identifier: 'sdd@9', device: 'sdd', model: 'Intenso Rainbow Line', sizeBytes: 8_053_063_680 },
	parts: [{ device: 'sdd1', label: 'HOLIDAY', format: 'exfat', sizeBytes: 8_053_063_680 }],
};
const drive = { identifier: 'sdc1@8', name: 'IMAGES', format: 'vfat', sizeBytes: 31_000_000_000, readOnly: false };
const image = randomBytes(9_000_001);
image.set([0x55, 0xaa], 510);
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('An image that is written to a stick from Explorer', { timeout: 600_000 }, () => {
	let server: PcServer;
	let browser: TestBrowser;
	let page: Page;
	let asked: string[] = [];

	before(async () => {
		server = await startPcServer();
		server.verbs.set('disk.list', async () => [internal, own, source, target]);
		server.verbs.set('drive.list', async () => [drive]);
		server.verbs.set('image.judge', async (given) => {
			const { signature } = given as { signature: string };
			if (signature === 'signed') return { verdict: 'signed', version: '0.2.0' };
			return { verdict: signature === '' ? 'unsigned' : 'damaged', version: '' };
		});
		const files = path.join(server.drives, drive.identifier);
		await mkdir(files, { recursive: true });
		for (const name of ['vitrine 0.2.0.iso', "it's old.iso", 'broken.iso'])
			await writeFile(path.join(files, name), image);
		await writeFile(path.join(files, 'vitrine 0.2.0.iso.minisig'), 'signed');
		await writeFile(path.join(files, 'broken.iso.minisig'), 'something else');
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
		server.verbs.set('image.check', async (given, { receive, report }) => {
			const { sizeBytes } = given as { sizeBytes: number };
			report('checking', 0, sizeBytes);
			asked.push(`check ${hashOf(await receive(sizeBytes))}`);
			return {};
		});
		server.verbs.set('image.write', async (given, { receive, report }) => {
			const { sizeBytes, disk } = given as { sizeBytes: number; disk: string };
			report('writing', 0, sizeBytes);
			asked.push(`write ${disk} ${hashOf(await receive(sizeBytes))}`);
			report('comparing', sizeBytes, sizeBytes);
			return {};
		});
	});

	async function look(name: string): Promise<void> {
		if (pictures !== undefined) await page.screenshot({ path: path.join(pictures, `stick-${name}.png`) });
	}
	async function agree(): Promise<void> {
		const question = page.getByRole('dialog', { name: /administer this computer/ });
		await question.getByRole('button', { name: 'Yes' }).click();
		await question.waitFor({ state: 'detached' });
	}
	const press = (window: Locator, name: string) => window.getByRole('button', { name, exact: true }).click();
	/** Explorer, in the folder of the drive. */
	async function openDrive(): Promise<ExplorerWindow> {
		await page.keyboard.press('Meta+e');
		const explorer = new ExplorerWindow(page, windowNamed(page, 'Owner'));
		await explorer.window.getByRole('treeitem', { name: 'IMAGES' }).click();
		return new ExplorerWindow(page, windowNamed(page, 'IMAGES'));
	}
	async function choose(explorer: ExplorerWindow, name: string): Promise<Locator> {
		await explorer.item(name).click({ button: 'right' });
		await look('menu');
		await page.getByRole('menuitem', { name: 'Write to a stick…' }).click();
		return windowNamed(page, 'Write to a stick');
	}

	it('says what it is, erases nothing before the person has agreed, and hands every byte over', async () => {
		const wizard = await choose(await openDrive(), 'vitrine 0.2.0.iso');
		await wizard.getByText(/Vitrine 0\.2\.0, signed/).waitFor();
		assert.equal(await wizard.getByText('Samsung').count(), 0, 'what is built in is not offered');
		assert.equal(await wizard.getByRole('radio', { name: /Kingston/ }).isDisabled(), true);
		await wizard.getByText('Vitrine was started from it.').waitFor();
		await wizard.getByText('The image is on it.').waitFor();
		assert.equal(await wizard.getByRole('radio', { name: /SanDisk/ }).isDisabled(), true, 'the image is on it');
		await wizard.getByText(/^Intenso Rainbow Line, /).click();
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		await look('choose');
		await press(wizard, 'Next');
		await wizard.getByText(/Everything on Intenso Rainbow Line, .* is erased/).waitFor();
		await wizard.getByText('“HOLIDAY”, exFAT').waitFor();
		await wizard.getByText(/^Erase Intenso Rainbow Line \(\/dev\/sdd, /).click();
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		await look('confirm');
		assert.deepEqual(asked, []);
		await press(wizard, 'Erase and write');
		await look('consent');
		await agree();
		await wizard.getByRole('heading', { name: 'The image is on Intenso Rainbow Line' }).waitFor();
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		await look('done');
		assert.deepEqual(asked, [`check ${hashOf(image)}`, `write sdd@9 ${hashOf(image)}`]);
		await wizard.getByRole('button', { name: 'Close' }).click();
	});

	it('writes an image that nobody signed when the person wants it, whatever its name, by keys alone', async () => {
		const explorer = new ExplorerWindow(page, windowNamed(page, 'IMAGES'));
		await explorer.item("it's old.iso").click();
		await page.keyboard.press('Shift+F10');
		await page.getByRole('menu').waitFor();
		while ((await page.evaluate(() => document.activeElement?.textContent)) !== 'Write to a stick…')
			await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		const wizard = windowNamed(page, 'Write to a stick');
		await wizard.getByText(/There is no signature beside it/).waitFor();
		await look('unsigned');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Space');
		assert.equal(await wizard.getByRole('radio', { name: /Intenso/ }).isChecked(), true);
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await wizard.getByRole('heading', { name: 'This will be erased' }).waitFor();
		await page.keyboard.press('Tab');
		await page.keyboard.press('Space');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Tab');
		await page.keyboard.press('Enter');
		await agree();
		await wizard.getByRole('heading', { name: 'The image is on Intenso Rainbow Line' }).waitFor();
		assert.equal(asked.at(-1), `write sdd@9 ${hashOf(image)}`);
		await wizard.getByRole('button', { name: 'Close' }).click();
	});

	it('offers no stick for an image that is not what was signed', async () => {
		const wizard = await choose(new ExplorerWindow(page, windowNamed(page, 'IMAGES')), 'broken.iso');
		await wizard.getByText(/It is not what was signed/).waitFor();
		assert.equal(await wizard.getByRole('radio', { name: /Intenso/ }).isDisabled(), true);
		await look('damaged');
		assert.deepEqual(await findAccessibilityProblems(page, wizard), []);
		await wizard.getByRole('button', { name: 'Close' }).click();
	});

	it('cancels while it writes, and says what went wrong when something does', async () => {
		const cancelled = Promise.withResolvers<void>();
		server.verbs.set('image.write', async (_, { receive, signal, report }) => {
			await receive(5_000_000);
			report('writing', 5_000_000, 9_000_001);
			await once(signal, 'abort');
			cancelled.resolve();
			throw new OsError('ECANCELED');
		});
		const begin = async (): Promise<Locator> => {
			const wizard = await choose(new ExplorerWindow(page, windowNamed(page, 'IMAGES')), 'vitrine 0.2.0.iso');
			await wizard.getByText(/^Intenso/).click();
			await press(wizard, 'Next');
			await wizard.getByText(/^Erase Intenso/).click();
			await press(wizard, 'Erase and write');
			await agree();
			return wizard;
		};
		const wizard = await begin();
		await wizard.getByText('Writing to the stick').waitFor();
		await look('running');
		await press(wizard, 'Cancel');
		await wizard.getByRole('heading', { name: 'Cancelled' }).waitFor();
		await cancelled.promise;
		await wizard.getByRole('button', { name: 'Close' }).click();
		server.verbs.set('image.write', async (_, { receive }) => {
			await receive(100);
			throw new OsError('EILSEQ', 'the stick did not keep what was written: it is worn out or a fake');
		});
		const failing = await begin();
		await failing.getByText(/it is worn out or a fake/).waitFor();
		await look('failed');
		assert.deepEqual(await findAccessibilityProblems(page, failing), []);
		await failing.getByRole('button', { name: 'Close' }).click();
	});
});
