/** Explorer and the desktop's files in a real Chromium, by mouse and by keyboard. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { startServer, type TestServer } from '../browser/browser.ts';
import { settledBox, waitForDesktop, waitUntilKept } from '../browser/desktop-page.ts';
import { FileDesktop } from './files-desktop.ts';

const documents = '/Users/Owner/Documents';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
let server: TestServer;

before(async () => {
	server = await startServer();
});
after(() => server.close());

test('a folder dropped on the desktop is there whole, opens by double-click, and undo takes it away', async () => {
	await using desktop = await FileDesktop.start(server);
	const folder = await desktop.hostFolder('OLDPROG', {
		'PROG.EXE': 'MZ',
		'README.TXT': 'hello',
		'DATA/part 10.nc': 'ten',
		'DATA/part 9.nc': 'nine',
		'EMPTY/': '',
	});
	await desktop.dropFromHost([folder], desktop.icons);
	await desktop.icon('OLDPROG').dblclick();
	const explorer = desktop.explorer('OLDPROG');
	await explorer.shows('DATA', 'EMPTY', 'PROG.EXE', 'README.TXT');
	await explorer.item('DATA').dblclick();
	await desktop.explorer('DATA').shows('part 9.nc', 'part 10.nc');
	await desktop.explorer('DATA').press('Control+z');
	await desktop.icon('OLDPROG').waitFor({ state: 'detached' });
});

test('one walks by breadcrumbs, back, forward and up, and comes back to the selection', async () => {
	await using desktop = await FileDesktop.start(server);
	let explorer = await desktop.openFolder('/Users/Owner');
	await explorer.press('d', 'o', 'c', 'Enter');
	explorer = desktop.explorer('Documents');
	await explorer.grid('Documents').waitFor();
	await explorer.window
		.getByRole('navigation', { name: 'Address' })
		.getByRole('button', { name: 'Owner', exact: true })
		.click();
	explorer = desktop.explorer('Owner');
	await explorer.press('Alt+ArrowLeft');
	await desktop.explorer('Documents').press('Alt+ArrowLeft');
	await explorer.grid('Owner').waitFor();
	await explorer.window.getByRole('row', { name: /^Documents/, selected: true }).waitFor();
	await explorer.press('Alt+ArrowRight');
	await desktop.explorer('Documents').press('Alt+ArrowUp');
	await explorer.grid('Owner').waitFor();
	await explorer.window.getByRole('button', { name: 'Folders in Users' }).click();
	await desktop.page.getByRole('menuitem', { name: 'Owner' }).click();
	await explorer.grid('Owner').waitFor();
});

test('the address is typed with completion, ignores case, and explains what is not there', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder('/Users/Owner');
	await explorer.press('F4');
	const field = explorer.window.getByRole('combobox', { name: 'Path' });
	await field.fill('/users/owner/nothing');
	await field.press('Enter');
	await explorer.window.getByRole('alert').getByText('“/users/owner/nothing” was not found.').waitFor();
	await field.fill('/Users/Owner/Do');
	await explorer.window.getByRole('option', { name: '/Users/Owner/Documents' }).waitFor();
	await field.press('ArrowDown');
	await field.press('Enter');
	await desktop.explorer('Documents').grid('Documents').waitFor();
});

test('a file is renamed in place, with its name without the extension selected', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder(documents);
	await desktop.dropFromHost(
		[`${await desktop.hostFolder('x', { 'report.txt': 'r', 'taken.txt': 't' })}/report.txt`],
		explorer.grid('Documents'),
	);
	await explorer.item('report.txt').click();
	await explorer.press('F2');
	const field = explorer.window.getByRole('textbox', { name: 'New name for report.txt' });
	await field.and(desktop.page.locator(':focus')).waitFor();
	const selection = await field.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]);
	assert.deepEqual(selection, [0, 6]);
	await field.fill('a/b.txt');
	await explorer.window.getByRole('alert').getByText('cannot contain the character /').waitFor();
	await field.fill('summary.txt');
	await field.press('Enter');
	await explorer.shows('summary.txt');
	await explorer.press('F2');
	const again = explorer.window.getByRole('textbox', { name: 'New name for summary.txt' });
	await again.press('Escape');
	await again.waitFor({ state: 'detached' });
	await explorer.shows('summary.txt');
	await explorer.press('Control+z');
	await explorer.shows('report.txt');
	await explorer.press('Control+y');
	await explorer.shows('summary.txt');
});

test('Tab takes a name and goes on to the next item; a taken name is explained', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder(documents);
	await explorer.newFolder('a');
	await explorer.newFolder('b');
	await explorer.shows('a', 'b');
	await explorer.press('Home', 'F2');
	const name = explorer.window.getByRole('textbox', { name: 'New name for a' });
	await name.and(desktop.page.locator(':focus')).waitFor();
	await desktop.page.keyboard.type('b');
	await desktop.page.keyboard.press('Enter');
	await explorer.window.getByRole('alert').getByText('There is already something named “b” here.').waitFor();
	await name.fill('c');
	await name.press('Tab');
	const next = explorer.window.getByRole('textbox', { name: 'New name for b' });
	await next.waitFor();
	await next.fill('d');
	await next.press('Enter');
	await explorer.shows('c', 'd');
});

test('copy and paste, cut and paste with a conflict, by keyboard alone', async () => {
	await using desktop = await FileDesktop.start(server);
	const folder = await desktop.hostFolder('set', { 'a.txt': 'first', 'b.txt': 'second' });
	let explorer = await desktop.openFolder(documents);
	await desktop.dropFromHost([folder], explorer.grid('Documents'));
	await explorer.item('set').waitFor();
	explorer = await explorer.goTo(`${documents}/set`);
	await explorer.press('Control+a', 'Control+c');
	explorer = await explorer.goTo(documents);
	await explorer.press('Control+v');
	await explorer.shows('set', 'a.txt', 'b.txt');
	explorer = await explorer.goTo(`${documents}/set`);
	await explorer.press('Control+a', 'Control+x');
	await explorer.window.locator('.is-faint').first().waitFor();
	explorer = await explorer.goTo(documents);
	await explorer.press('Control+v');
	const question = desktop.page.getByRole('dialog', { name: /^Moving 2 items to Documents/ });
	await question.getByText('There is already something named “a.txt”').waitFor();
	await question.getByRole('checkbox', { name: 'Do this for the next 1 conflict too' }).press('Space');
	await question.getByRole('button', { name: 'Keep both' }).press('Enter');
	await explorer.shows('set', 'a (2).txt', 'a.txt', 'b (2).txt', 'b.txt');
	await explorer.press('Control+z');
	await explorer.shows('set', 'a.txt', 'b.txt');
	await explorer.press('Control+z');
	await explorer.shows('set');
});

test('files are dragged into a folder and to the desktop; Ctrl copies and the hint says so', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await desktop.openFolder(documents);
	await explorer.newFolder('box');
	const host = await desktop.hostFolder('x', { 'a.txt': 'a', 'b.txt': 'b' });
	await desktop.dropFromHost([`${host}/a.txt`, `${host}/b.txt`], explorer.grid('Documents'));
	await explorer.shows('box', 'a.txt', 'b.txt');
	await explorer.item('a.txt').locator('.file-name').hover();
	await page.mouse.down();
	await explorer.item('box').locator('.file-name').hover();
	await explorer.item('box').locator('.file-name').hover();
	await page.getByRole('status').getByText('Move to box').waitFor();
	await page.mouse.up();
	await explorer.shows('box', 'b.txt');
	const icons = await settledBox(desktop.icons);
	await explorer.item('b.txt').locator('.file-name').hover();
	await page.mouse.down();
	await page.keyboard.down('Control');
	await page.mouse.move(60, icons.height - 60, { steps: 4 });
	await page.getByRole('status').getByText('Copy to Desktop').waitFor();
	await page.mouse.up();
	await page.keyboard.up('Control');
	await desktop.icon('b.txt').waitFor();
	await explorer.shows('box', 'b.txt');
});

test('what is deleted is restored from the Recycle Bin to its place', async () => {
	await using desktop = await FileDesktop.start(server);
	let explorer = await desktop.openFolder(documents);
	await explorer.newFolder('keep');
	await explorer.press('Delete');
	await explorer.shows();
	await desktop.icon('Recycle Bin').locator('img[src*="bin-full"]').waitFor();
	explorer = await explorer.goTo('/Recycle Bin');
	await explorer.shows('keep');
	await explorer.window.getByRole('gridcell', { name: documents }).waitFor();
	await explorer.item('keep').dblclick();
	await desktop.page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
	await explorer.press('Control+a');
	await explorer.window.getByRole('button', { name: 'Restore', exact: true }).click();
	await explorer.shows();
	explorer = await explorer.goTo(documents);
	await explorer.shows('keep');
	await explorer.press('Control+z');
	await explorer.shows();
	explorer = await explorer.goTo('/Recycle Bin');
	await explorer.window.getByRole('button', { name: 'Empty Recycle Bin' }).click();
	const question = desktop.page.getByRole('alertdialog', { name: 'Empty the Recycle Bin' });
	await question.getByRole('button', { name: 'Delete' }).click();
	await explorer.shows();
	await desktop.icon('Recycle Bin').locator('img[src*="bin-empty"]').waitFor();
});

test('properties add up a folder and set attributes', async () => {
	await using desktop = await FileDesktop.start(server);
	const folder = await desktop.hostFolder('sum', { a: 'x'.repeat(1000), 'sub/b': 'y'.repeat(1000) });
	const explorer = await desktop.openFolder(documents);
	await desktop.dropFromHost([folder], explorer.grid('Documents'));
	await explorer.item('sum').click();
	await explorer.press('Alt+Enter');
	const properties = desktop.page.getByRole('dialog', { name: 'Properties of sum' });
	await properties.getByText('1.95 KB (2,000 bytes)').waitFor();
	await properties.getByText('2 files, 1 folder').waitFor();
	await properties.getByRole('checkbox', { name: 'Hidden' }).press('Space');
	await properties.getByRole('button', { name: 'OK' }).click();
	await explorer.shows();
	await explorer.window.getByText('(1 hidden)').waitFor();
	await explorer.press('Control+h');
	await explorer.shows('sum');
});

test('a folder of 5,000 files is usable at once and draws few elements', async () => {
	await using desktop = await FileDesktop.start(server);
	const tree = Object.fromEntries(Array.from({ length: 5000 }, (_, number) => [`file ${number}.txt`, 'x']));
	const folder = await desktop.hostFolder('many', tree);
	await desktop.dropFromHost([folder], desktop.icons);
	await desktop.icon('many').dblclick();
	const explorer = desktop.explorer('many');
	await explorer.window.getByText('5,000 items').waitFor();
	const nodes = await desktop.page.evaluate(() => document.querySelectorAll('*').length);
	assert.ok(nodes < 3000, `${nodes} elements`);
	await explorer.press('End');
	await explorer.item('file 4999.txt').waitFor();
	await explorer.press('Control+a');
	await explorer.window.getByText('5,000 items selected').waitFor();
	await explorer.press('Home', 'f', 'i', 'l', 'e', 'Space', '1', '2', '3');
	await explorer.window.getByRole('row', { selected: true, name: /^file 123\.txt/ }).waitFor();
	await explorer.press('Delete');
	await explorer.window.getByText('4,999 items').waitFor();
});

test('a rubber band selects, in icons too, and the views change with Ctrl and the wheel', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await desktop.openFolder(documents);
	for (const name of ['a', 'b', 'c']) await explorer.newFolder(name);
	await explorer.shows('a', 'b', 'c');
	const box = await settledBox(explorer.grid('Documents'));
	await page.mouse.move(box.x + 300, box.y + 200);
	await page.mouse.down();
	await page.mouse.move(box.x + 100, box.y + 62, { steps: 4 });
	await page.mouse.up();
	await explorer.window.getByText('2 items selected').waitFor();
	await page.keyboard.down('Control');
	await page.mouse.wheel(0, -100);
	await page.mouse.wheel(0, -100);
	await page.keyboard.up('Control');
	await explorer.window.locator('.icon-cell').first().waitFor();
	await page.mouse.move(box.x + 400, box.y + 250);
	await page.mouse.down();
	await page.mouse.move(box.x + 5, box.y + 5, { steps: 4 });
	await page.mouse.up();
	await explorer.window.getByText('3 items selected').waitFor();
});

test('names the system cannot hold are named, the rest comes in', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder(documents);
	const odd = ['a:b*c?.txt', 'naïve “quotes”.txt', 'ends with dot.', '😀'.repeat(60), '  spaces  '];
	const folder = await desktop.hostFolder('odd', Object.fromEntries(odd.map((name) => [name, name])));
	await desktop.dropFromHost([folder], explorer.grid('Documents'));
	await explorer.item('odd').dblclick();
	const inside = desktop.explorer('odd');
	await inside.window.getByText('5 items').waitFor();
	const chooser = desktop.page.waitForEvent('filechooser');
	await inside.window.getByRole('button', { name: 'Bring in' }).click();
	await desktop.page.getByRole('menuitem', { name: 'Bring in files…' }).click();
	await (await chooser).setFiles([
		{ name: '😀'.repeat(255), mimeType: 'text/plain', buffer: Buffer.from('x') },
		{ name: 'fine.txt', mimeType: 'text/plain', buffer: Buffer.from('fine') },
	]);
	await inside.item('fine.txt').waitFor();
	const report = desktop.page.getByRole('dialog', { name: /from your computer/ });
	await report.getByText('The name is too long').waitFor();
	await report.getByRole('button', { name: 'Close' }).last().click();
	await report.waitFor({ state: 'detached' });
});

test('files go out to the host as they are, and a folder as a ZIP', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder(documents);
	const folder = await desktop.hostFolder('out', { 'a.txt': 'hello' });
	await desktop.dropFromHost([folder], explorer.grid('Documents'));
	await explorer.item('out').click();
	const zip = desktop.page.waitForEvent('download');
	await explorer.window.getByRole('button', { name: 'Save to your computer…' }).click();
	assert.equal((await zip).suggestedFilename(), 'out.zip');
	const inside = await explorer.goTo(`${documents}/out`);
	await inside.item('a.txt').click();
	const file = desktop.page.waitForEvent('download');
	await inside.window.getByRole('button', { name: 'Save to your computer…' }).click();
	assert.equal((await file).suggestedFilename(), 'a.txt');
});

test('icons stand where they were dragged, and their keys and menu work', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	await desktop.icon('Recycle Bin').hover();
	await page.mouse.down();
	await page.mouse.move(560, 330, { steps: 5 });
	await page.mouse.up();
	const moved = await settledBox(desktop.icon('Recycle Bin'));
	assert.ok(Math.abs(moved.x + moved.width / 2 - 560) < 60, JSON.stringify(moved));
	await waitUntilKept(page);
	await page.reload();
	await waitForDesktop(page);
	const kept = await settledBox(desktop.icon('Recycle Bin'));
	assert.deepEqual([kept.x, kept.y], [moved.x, moved.y]);
	await desktop.icons.focus();
	await page.keyboard.press('Escape');
	await page.keyboard.press('Shift+F10');
	await page.getByRole('menuitem', { name: 'New folder' }).click();
	await page.getByRole('textbox', { name: 'New name for New folder' }).fill('Jobs');
	await page.keyboard.press('Enter');
	await desktop.icons.getByText('Jobs', { exact: true }).waitFor();
	await desktop.icons.getByRole('option', { name: 'Jobs', selected: true }).waitFor();
	await desktop.icons.and(page.locator(':focus, :focus-within')).waitFor();
	await page.keyboard.press('Enter');
	await desktop.explorer('Jobs').grid('Jobs').waitFor();
});

test('files are dragged between two windows and into the Recycle Bin on the desktop', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const first = await desktop.openFolder(documents);
	await first.newFolder('goods');
	await desktop.icon('Computer').dblclick();
	const computer = desktop.explorer('Computer');
	await computer.grid('Computer').waitFor();
	const second = await computer.goTo('/Users/Owner/Pictures');
	await dragTitle(desktop, 'Pictures', { x: 30, y: 300 });
	const source = await settledBox(first.item('goods').locator('.file-name'));
	const target = await settledBox(second.grid('Pictures'));
	await page.mouse.move(source.x + 30, source.y + 10);
	await page.mouse.down();
	// Pressing brings the first window to the front; the second still shows its right edge.
	for (const y of [80, 84]) await page.mouse.move(target.x + target.width - 20, target.y + y, { steps: 5 });
	await page.getByRole('status').getByText('Move to Pictures').waitFor();
	await page.mouse.up();
	await second.item('goods').waitFor();
	await first.shows();
	await first.press('Control+z');
	await first.shows('goods');
	const bin = await settledBox(desktop.icon('Recycle Bin'));
	await first.item('goods').locator('.file-name').hover();
	await page.mouse.down();
	for (const y of [40, 44]) await page.mouse.move(bin.x + 40, bin.y + y, { steps: 5 });
	await page.getByRole('status').getByText('Move to Recycle Bin').waitFor();
	await page.mouse.up();
	await first.shows();
	await desktop.icon('Recycle Bin').locator('img[src*="bin-full"]').waitFor();
});

test('no screen of Explorer has a serious fault of accessibility', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await desktop.openFolder(documents);
	await explorer.newFolder('a');
	await assertAccessible(page);
	await explorer.press('F2');
	await assertAccessible(page);
	await page.keyboard.press('Escape');
	await explorer.press('Shift+F10');
	await page.getByRole('menuitem', { name: 'Properties' }).waitFor();
	await assertAccessible(page);
	await page.keyboard.press('Escape');
	await explorer.press('Alt+Enter');
	await page.getByRole('dialog', { name: 'Properties of a' }).getByText('0 files, 0 folders').waitFor();
	await assertAccessible(page);
});

async function assertAccessible(page: Page): Promise<void> {
	await page.evaluate(`${await readFile(axePath, 'utf8')};0`);
	const faults = await page.evaluate(async () => {
		const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
		const { violations } = await axe.run();
		return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
	});
	assert.deepEqual(
		faults.filter((fault) => /^(serious|critical)/.test(fault)),
		[],
	);
}

async function dragTitle(desktop: FileDesktop, title: string, by: { x: number; y: number }): Promise<void> {
	const box = await settledBox(desktop.explorer(title).window);
	await desktop.page.mouse.move(box.x + 200, box.y + 18);
	await desktop.page.mouse.down();
	await desktop.page.mouse.move(box.x + 200 + by.x, box.y + 18 + by.y, { steps: 4 });
	await desktop.page.mouse.up();
}

test('Escape gives a drag up, and nothing has moved', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const explorer = await desktop.openFolder(documents);
	await explorer.newFolder('a');
	await explorer.newFolder('b');
	await explorer.item('a').locator('.file-name').hover();
	await page.mouse.down();
	await explorer.item('b').locator('.file-name').hover();
	await explorer.item('b').locator('.file-name').hover();
	await page.getByRole('status').getByText('Move to b').waitFor();
	await page.keyboard.press('Escape');
	await page.getByRole('status').getByText('Move to b').waitFor({ state: 'detached' });
	await page.mouse.up();
	await explorer.shows('a', 'b');
});

test('a full disk is told in plain words, and nothing half is left', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const folder = await desktop.hostFolder('large', { 'disk.img': new Uint8Array(220 << 20) });
	const session = await page.context().newCDPSession(page);
	const { usage } = await session.send('Storage.getUsageAndQuota', { origin: new URL(page.url()).origin });
	await session.send('Storage.overrideQuotaForOrigin', {
		origin: new URL(page.url()).origin,
		quotaSize: usage + (40 << 20),
	});
	await desktop.dropFromHost([`${folder}/disk.img`], desktop.icons, { x: 500, y: 300 });
	const report = page.getByRole('dialog', { name: /^Copying “disk.img”/ });
	await report.getByText('The disk is full. Empty the Recycle Bin or delete something, then try again.').waitFor();
	await report.getByRole('button', { name: 'Close' }).last().click();
	await desktop.icon('disk.img').waitFor({ state: 'detached' });
	const explorer = await desktop.openFolder('/Users/Owner/Settings');
	await explorer.goTo('/Users/Owner/Settings/Unfinished copies').then((staging) => staging.shows());
});

/** A white picture of one bit a point: small as a file, whatever its size. */
function whitePng(edge: number): Uint8Array {
	const chunk = (type: string, content: Uint8Array): Buffer => {
		const typed = Buffer.concat([Buffer.from(type, 'latin1'), content]);
		const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
		length.writeUInt32BE(content.length);
		sum.writeUInt32BE(crc32(typed));
		return Buffer.concat([length, typed, sum]);
	};
	const head = Buffer.alloc(13);
	head.writeUInt32BE(edge, 0);
	head.writeUInt32BE(edge, 4);
	head[8] = 1;
	const rows = Buffer.alloc(edge * (1 + Math.ceil(edge / 8)), 0xff);
	for (let row = 0; row < edge; row++) rows[row * (1 + Math.ceil(edge / 8))] = 0;
	const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]);
	return Buffer.concat([
		signature,
		chunk('IHDR', head),
		chunk('IDAT', deflateSync(rows)),
		chunk('IEND', Buffer.alloc(0)),
	]);
}

test('a picture that would take all memory keeps its icon', async () => {
	await using desktop = await FileDesktop.start(server);
	const folder = await desktop.hostFolder('out', { 'bomb.png': whitePng(9_000), 'small.png': whitePng(64) });
	const explorer = await desktop.openFolder('/Users/Owner/Pictures');
	await desktop.dropFromHost([`${folder}/bomb.png`, `${folder}/small.png`], explorer.grid('Pictures'));
	await explorer.shows('bomb.png', 'small.png');
	await explorer.item('small.png').locator('img.thumbnail').waitFor();
	await desktop.page.waitForTimeout(4000);
	assert.equal(await explorer.item('bomb.png').locator('img.thumbnail').count(), 0);
});

test('blanks around a typed name are no part of it, and a name of nothing else is refused', async () => {
	await using desktop = await FileDesktop.start(server);
	const explorer = await desktop.openFolder('/Users/Owner/Documents');
	await explorer.newFolder('Drawings');
	await explorer.press('F2');
	const field = explorer.window.getByRole('textbox', { name: 'New name for Drawings' });
	await field.fill('   ');
	await field.press('Enter');
	await explorer.window.getByRole('alert').getByText('Type a name.').waitFor();
	await field.fill('  Old drawings ');
	await field.press('Enter');
	await explorer.shows('Old drawings');
});

test('nothing can be put into a deleted folder: dropped on it in the Recycle Bin, a file is deleted itself', async () => {
	await using desktop = await FileDesktop.start(server);
	const documents = await desktop.openFolder('/Users/Owner/Documents');
	await documents.newFolder('Gone');
	await documents.press('Delete');
	await documents.shows();
	await documents.newFolder('Kept');
	await desktop.icon('Recycle Bin').dblclick();
	const bin = desktop.explorer('Recycle Bin');
	await bin.shows('Gone');
	await dragTitle(desktop, 'Documents', { x: 60, y: 320 });
	const { page } = desktop;
	const source = await documents.item('Kept').locator('.file-name').boundingBox();
	assert.ok(source);
	await page.mouse.move(source.x + 30, source.y + 10);
	await page.mouse.down();
	const target = await bin.item('Gone').boundingBox();
	assert.ok(target);
	for (const x of [20, 24]) await page.mouse.move(target.x + x, target.y + 10, { steps: 5 });
	await page.getByRole('status').getByText('Move to Recycle Bin').waitFor();
	await page.mouse.up();
	await documents.shows();
	await bin.window.locator('.status-bar').getByText('2 items').waitFor();
});

test('of a line of four megabytes, Notepad draws what is in view', async () => {
	await using desktop = await FileDesktop.start(server);
	const { page } = desktop;
	const folder = await desktop.hostFolder('lines', { 'short.txt': 'x', 'long.txt': 'abcdefghij '.repeat(400_000) });
	await desktop.dropFromHost([folder], desktop.icons);
	await desktop.icon('lines').waitFor();
	const explorer = await desktop.openFolder('/Users/Owner/Desktop/lines');
	await page.evaluate(() => {
		const make = Document.prototype.createTextNode;
		const drawn = { letters: 0 };
		Object.assign(document, { drawn });
		Document.prototype.createTextNode = function (text: string) {
			drawn.letters += text.length;
			return make.call(this, text);
		};
	});
	await explorer.item('long.txt').dblclick();
	const notepad = page.getByRole('dialog', { name: 'long.txt – Notepad', exact: true });
	await notepad.getByText('4.2 MB').waitFor();
	await notepad.locator('.cm-line').getByText('abcdefghij').waitFor();
	const letters = await page.evaluate(() => (document as unknown as { drawn: { letters: number } }).drawn.letters);
	assert.ok(letters < 200_000, `${letters} letters were drawn`);
});

test('what was renamed, and where one comes from, is brought into view', async () => {
	await using desktop = await FileDesktop.start(server);
	const folders = Array.from({ length: 60 }, (_, number) => [`folder ${number}/`, '']);
	const host = await desktop.hostFolder('many', Object.fromEntries(folders));
	await desktop.dropFromHost([host], desktop.icons);
	await desktop.icon('many').waitFor();
	const many = await desktop.openFolder('/Users/Owner/Desktop/many');
	await many.press('Home', 'F2');
	const field = many.window.getByRole('textbox', { name: 'New name for folder 0' });
	await field.fill('the last');
	await field.press('Enter');
	await many.window.locator('.file-label').getByText('the last', { exact: true }).waitFor();
	await many.press('Enter');
	const last = desktop.explorer('the last');
	await last.grid('the last').waitFor();
	await last.press('Alt+ArrowUp');
	await many.item('the last').waitFor();
	await many.window.getByText('1 item selected').waitFor();
});

test('a path may be typed in quotes, with backslashes, or as the name of a place', async () => {
	await using desktop = await FileDesktop.start(server);
	let explorer = await desktop.openFolder(documents);
	const places = {
		'"/users/owner/pictures/"': 'Pictures',
		'\\Users\\Owner': 'Owner',
		downloads: 'Downloads',
		'~': 'Owner',
	};
	for (const [typed, title] of Object.entries(places)) {
		await explorer.press('Control+l');
		await explorer.window.getByRole('combobox', { name: 'Path' }).fill(typed);
		await desktop.page.keyboard.press('Enter');
		explorer = desktop.explorer(title);
		await explorer.grid(title).waitFor();
	}
	await explorer.press('Control+l');
	await explorer.window.getByRole('combobox', { name: 'Path' }).fill('never was');
	await desktop.page.keyboard.press('Enter');
	await explorer.window.getByRole('alert').getByText('“never was” was not found.').waitFor();
});
