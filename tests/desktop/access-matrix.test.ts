/**
 * Who can open an encrypted file, at one computer in a real Chromium: its person, who it is shared with, an administrator who
 * sets a password anew, a recovery agent. The matrix through system calls is in `tests/encryption`.
 *
 * The tests are one story: each goes on where the one before ended.
 */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, suite, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { TestServer } from '../browser/browser.ts';
import { desktopIcon, startProgram, waitForDesktop } from '../browser/desktop-page.ts';
import { ExplorerWindow } from './files-desktop.ts';
import {
	addPerson,
	choosePerson,
	choosePower,
	managePeople,
	openWatchedPage,
	passwordField,
	setUpScreen,
	uncovered,
	type WatchedPage,
} from './logon-page.ts';

const exact = { exact: true };
const shared = '/Users/Public';
const file = 'plan.txt';
const picture = 'dot.png';
const pictureBytes = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
const [older, secret] = ['the ivory draft', 'the amber harvest'];
const passwords = { Ada: 'correct horse', Ben: 'green ladders', Cleo: 'blue umbrellas' };
const [reset, resetAgain] = ['set by Cleo', 'set by Cleo again'];
const passphrase = 'a long passphrase';

let watched: WatchedPage;
let server: TestServer;
let page: Page;
let recoveryCode = '';
let agentFile = '';

before(async () => {
	watched = await openWatchedPage();
	({ server, page } = watched);
});
after(() => watched.close());

const dialog = (name: string | RegExp): Locator => page.getByRole('dialog', { name });

/** Leaves the desktop to somebody else; their programs and keys stay. */
async function switchTo(name: string, password: string): Promise<void> {
	await choosePower(page, 'Switch user');
	await logOn(name, password);
}

async function logOn(name: string, password: string): Promise<void> {
	await choosePerson(page, name);
	await passwordField(page).and(page.locator(':focus')).waitFor();
	await page.keyboard.type(password);
	await page.keyboard.press('Enter');
	await uncovered(page);
	await desktopIcon(page, 'Recycle Bin').and(page.locator(':visible')).waitFor();
}

/** Types a line in a new terminal. */
async function type(line: string): Promise<Locator> {
	const terminal = await startProgram(page, 'Terminal');
	await terminal.locator('.xterm-rows').filter({ hasText: '$' }).waitFor();
	await terminal.getByRole('textbox').and(page.locator(':focus')).waitFor();
	await page.keyboard.type(`${line}\n`);
	return terminal;
}

/** Runs commands in a terminal; gives what it shows at the end. */
async function run(commands: string): Promise<string> {
	const terminal = await type(`clear; ${commands}; echo do"ne"`);
	const rows = terminal.locator('.xterm-rows');
	await rows.filter({ hasText: /(^|\W)done/ }).waitFor();
	const said = (await rows.textContent()) ?? '';
	await page.keyboard.type('exit\n');
	await terminal.waitFor({ state: 'detached' });
	return said;
}

async function openShared(): Promise<ExplorerWindow> {
	await desktopIcon(page, 'Computer').dblclick();
	const explorer = new ExplorerWindow(page, page.getByRole('dialog', { name: 'Computer', exact: true }));
	await explorer.grid('Computer').waitFor();
	const there = await explorer.goTo(shared);
	await there.item(file).waitFor();
	return there;
}

async function bringIn(explorer: ExplorerWindow, name: string, buffer: Buffer): Promise<void> {
	const choosing = page.waitForEvent('filechooser');
	await explorer.window.getByRole('button', { name: 'Bring in' }).click();
	await page.getByRole('menuitem', { name: 'Bring in files…' }).click();
	await (await choosing).setFiles({ name, mimeType: '', buffer });
	await explorer.item(name).waitFor();
}

/** Red, green and blue of a text, 0 to 255. */
function colourOf(text: Locator): Promise<[number, number, number]> {
	return text.evaluate((node) => {
		const canvas = new OffscreenCanvas(1, 1).getContext('2d') as OffscreenCanvasRenderingContext2D;
		canvas.fillStyle = getComputedStyle(node).color;
		canvas.fillRect(0, 0, 1, 1);
		const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
		return [red, green, blue];
	});
}

async function closeWindow(window: Locator): Promise<void> {
	await window.getByRole('button', { name: 'Close', exact: true }).first().click();
	await window.waitFor({ state: 'detached' });
}

async function openProperties(explorer: ExplorerWindow, tab: string): Promise<Locator> {
	await explorer.item(file).click();
	await explorer.press('Alt+Enter');
	const properties = page.getByRole('dialog', { name: `Properties of ${file}`, exact: true });
	await properties.getByRole('tab', { name: tab }).click();
	return properties;
}

async function cancel(properties: Locator): Promise<void> {
	await properties.getByRole('button', { name: 'Cancel', exact: true }).click();
	await properties.waitFor({ state: 'detached' });
}

async function reads(explorer: ExplorerWindow): Promise<void> {
	await explorer.item(file).dblclick();
	const notepad = dialog(/Notepad/).filter({ hasText: secret });
	await notepad.waitFor();
	await closeWindow(notepad);
}

/** Opening it fails, and what is said names who can. */
async function isRefused(explorer: ExplorerWindow, ...openers: readonly string[]): Promise<void> {
	await explorer.item(file).dblclick();
	const said = page.getByRole('alertdialog').and(page.locator(':visible'));
	await said.getByText(`it is encrypted; who can open it: ${openers.join(', ')}`).waitFor();
	await showsNothing();
	await said.getByRole('button', { name: 'OK' }).click();
	await closeWindow(dialog(/Notepad/));
}

async function showsNothing(): Promise<void> {
	for (const text of [older, secret]) assert.equal(await page.getByText(text).and(page.locator(':visible')).count(), 0);
}

/** Settings at a page of it. */
async function openSettings(name: string, ready: string): Promise<Locator> {
	const settings = await startProgram(page, 'Settings');
	await settings.getByRole('button', { name, ...exact }).click();
	await settings.getByRole('button', { name: ready, ...exact }).waitFor();
	return settings;
}

/** As another administrator; leaves no window. */
async function setPasswordOfAda(password: string): Promise<void> {
	const managing = await managePeople(page);
	await managing.getByRole('button', { name: 'Manage Ada' }).click();
	await page.getByRole('menuitem', { name: 'Set a password…' }).click();
	const setting = managing.getByRole('dialog', { name: 'Set a password for Ada' });
	await setting
		.getByRole('alert')
		.getByText(/does not open what Ada has encrypted/)
		.waitFor();
	await setting.getByLabel('New password', exact).fill(password);
	await setting.getByLabel('The same once more', exact).fill(password);
	await setting.getByRole('checkbox').click({ force: true });
	await setting.getByRole('button', { name: 'Set the password' }).click();
	await setting.waitFor({ state: 'detached' });
	await closeWindow(managing);
}

/** Gives what opened the keys before an administrator set the password: first a wrong one. */
async function openOlderKeys(kind: 'password' | 'recovery code', right: string): Promise<void> {
	const settings = await openSettings('Your account', 'Open older keys…');
	await settings.getByRole('button', { name: 'Open older keys…' }).click();
	const opening = settings.getByRole('dialog', { name: 'Open your older keys' });
	await opening.getByRole('radio', { name: `The ${kind} of that time` }).press('Space');
	const field = opening.getByLabel(kind === 'password' ? 'Old password' : 'Recovery code', exact);
	await field.fill(kind === 'password' ? 'not it' : right.replace(/.$/, (last) => (last === '0' ? '1' : '0')));
	await field.press('Enter');
	await opening.getByRole('alert').filter({ hasText: /\S/ }).waitFor();
	await field.fill(right);
	await field.press('Enter');
	await opening.waitFor({ state: 'detached' });
	await settings.getByText('Older keys').waitFor({ state: 'detached' });
	await closeWindow(settings);
}

suite('Ada, an administrator', () => {
	test('sets the computer up, and has her recovery code on paper, in a file and on the clipboard', async () => {
		await page.addInitScript(() => {
			window.print = () => {
				const sheet = document.querySelector('.recovery-code-sheet');
				document.documentElement.dataset.printed = sheet?.textContent ?? '';
			};
		});
		await page.goto(server.url);
		const screen = setUpScreen(page);
		await screen.getByLabel('Your name').fill('Ada');
		await screen.getByLabel('Password (optional)', exact).fill(passwords.Ada);
		await screen.getByLabel('The same once more', exact).fill(passwords.Ada);
		await page.keyboard.press('Enter');
		const recovery = page.getByRole('dialog', { name: 'Recovery code' });
		recoveryCode = (await recovery.getByLabel('Recovery code').textContent()) ?? '';
		assert.match(recoveryCode, /^[0-9A-Z]{4}(-[0-9A-Z]{4})+$/);

		await recovery.getByRole('button', { name: 'Print' }).click();
		const printed = await page.locator('html').getAttribute('data-printed');
		assert.ok(printed?.includes(`Recovery code of Ada for Vitrine\n\n${recoveryCode}\n`));
		assert.equal(await page.locator('.recovery-code-sheet').count(), 0);
		const downloading = page.waitForEvent('download');
		await recovery.getByRole('button', { name: 'Save to your computer' }).click();
		const saved = await downloading;
		assert.equal(saved.suggestedFilename(), 'Recovery code of Ada.txt');
		assert.equal(await readFile(await saved.path(), 'utf8'), printed);
		await recovery.getByRole('button', { name: 'Copy' }).click();
		await recovery.getByText('Copied.').waitFor();
		await recovery.getByLabel('Type it back').focus();
		await page.keyboard.press('Control+V');
		await page.keyboard.press('Enter');
		await uncovered(page);
		await waitForDesktop(page);
	});

	test('makes a recovery agent, and encrypts a file that all may read: its name is green', async () => {
		const settings = await openSettings('Encryption', 'Manage agents…');
		await settings.getByRole('button', { name: 'Manage agents…' }).click();
		await dialog(/administer this computer/)
			.getByRole('button', { name: 'Yes' })
			.click();
		await page.getByRole('button', { name: 'Add an agent…' }).click();
		const add = dialog('Add a recovery agent');
		await add.getByLabel('What the agent is called', exact).fill('The office');
		await add.getByLabel('Passphrase of the file', exact).fill(passphrase);
		await add.getByLabel('The same once more', exact).fill(passphrase);
		const downloading = page.waitForEvent('download');
		await add.getByRole('button', { name: 'Add', ...exact }).click();
		agentFile = await (await downloading).path();
		const managingAgents = dialog('Encryption – Settings').filter({ hasText: 'Add an agent…' });
		await managingAgents.getByRole('button', { name: 'Remove The office' }).waitFor();
		await closeWindow(managingAgents);
		await closeWindow(settings);

		await run(`echo ${older} > ${shared}/${file}`);
		const explorer = await openShared();
		const properties = await openProperties(explorer, 'Encryption');
		await properties.getByRole('checkbox', { name: 'Encrypt the content' }).press('Space');
		await properties.getByRole('button', { name: 'OK', ...exact }).click();
		const name = explorer.item(file).and(explorer.window.locator('[aria-description="Encrypted"]'));
		await name.waitFor();
		const [red, green, blue] = await colourOf(name.locator('.file-label'));
		assert.ok(green > red && green > blue, `${red} ${green} ${blue}`);

		await bringIn(explorer, picture, pictureBytes);
		await explorer.item(picture).click({ button: 'right' });
		await page.getByRole('menuitem', { name: 'Encrypt' }).click();
		const encrypted = explorer.item(picture).and(explorer.window.locator('[aria-description="Encrypted"]'));
		await encrypted.locator('img.thumbnail').waitFor();
		await closeWindow(explorer.window);
	});

	test('adds Ben, and Cleo, who is an administrator too, and meanwhile changes the file', async () => {
		// What a file held for less than ten seconds is no version of it.
		const terminal = await type(`sleep 11; echo ${secret} > ${shared}/${file}; exit`);
		const managing = await managePeople(page);
		await addPerson(managing, 'Ben', passwords.Ben);
		await addPerson(managing, 'Cleo', passwords.Cleo, { administrator: true });
		await terminal.waitFor({ state: 'detached' });
		const explorer = await openShared();
		await reads(explorer);
		const properties = await openProperties(explorer, 'Previous versions');
		await properties.getByRole('option').waitFor();
		await cancel(properties);
	});
});

suite('Ben, who may read it', () => {
	test('sees its name, and nothing of its content anywhere, although Ada is logged on', async () => {
		await switchTo('Ben', passwords.Ben);
		const explorer = await openShared();
		await explorer.item(file).and(explorer.window.locator('[aria-description="Encrypted"]')).waitFor();
		await isRefused(explorer, 'Ada', 'The office');

		const properties = await openProperties(explorer, 'Encryption');
		await properties.getByText('You cannot open this file.').waitFor();
		assert.equal(await properties.getByRole('button', { name: 'Let them open it' }).count(), 0);
		await properties.getByRole('tab', { name: 'Previous versions' }).click();
		await properties.getByText(/it is encrypted; who can open it: Ada/).waitFor();
		assert.equal(await properties.getByRole('option').count(), 0);
		await cancel(properties);

		const said = await run(
			`cat ${shared}/${file}; cp ${shared}/${file} ~/copy.txt; cat ~/copy.txt; grep amber ${shared}/${file}`,
		);
		assert.match(said, /encrypted; who can open it: Ada/);
		for (const text of [older, secret]) assert.ok(!said.includes(text.slice('the '.length)), said);
		await explorer.item(file).click();
		await explorer.press('Control+c');
		await explorer.press('Control+v');
		const copying = dialog(`Copying “${file}” to Public`);
		await copying.getByText(/it is encrypted; who can open it: Ada/).waitFor();
		await showsNothing();
		await closeWindow(copying);
		assert.deepEqual(await explorer.names(), [picture, file]);
		assert.equal(await explorer.window.locator('img.thumbnail').count(), 0);
		const search = explorer.window.getByRole('searchbox', { name: 'Search Public' });
		await search.fill('harvest');
		await explorer.window.getByText('Nothing here has “harvest” in its name.').waitFor();
		await search.press('Escape');
		await explorer.item(file).waitFor();
	});

	test('reads it when Ada lets him, and no more when she has removed him and encrypted it anew', async () => {
		await switchTo('Ada', passwords.Ada);
		const explorer = new ExplorerWindow(page, page.getByRole('dialog', { name: 'Public', exact: true }));
		const properties = await openProperties(explorer, 'Encryption');
		await properties.getByLabel('Let somebody else open it').click();
		await page.getByRole('option', { name: 'Ben', ...exact }).click();
		await properties.getByRole('button', { name: 'Let them open it' }).click();
		const ben = properties.getByRole('button', { name: 'Remove Ben' });
		await ben.waitFor();
		await switchTo('Ben', passwords.Ben);
		await reads(explorer);

		await switchTo('Ada', passwords.Ada);
		await ben.click();
		await dialog('Remove Ben').getByRole('button', { name: 'Remove and encrypt anew' }).click();
		await ben.waitFor({ state: 'detached' });
		await cancel(properties);
		await closeWindow(explorer.window);
		await choosePower(page, 'Log off');
		await logOn('Ben', passwords.Ben);
		await isRefused(explorer, 'Ada', 'The office');
	});
});

suite('Cleo, who sets a password for Ada', () => {
	test('is warned, and cannot open the file herself', async () => {
		await choosePower(page, 'Log off');
		await logOn('Cleo', passwords.Cleo);
		await setPasswordOfAda(reset);
		await isRefused(await openShared(), 'Ada', 'The office');
	});

	test('opens it as the agent, with the file of its keys and the passphrase', async () => {
		const explorer = new ExplorerWindow(page, page.getByRole('dialog', { name: 'Public', exact: true }));
		const documents = await explorer.goTo('/Users/Cleo/Documents');
		await bringIn(documents, 'office.age', await readFile(agentFile));
		const settings = await openSettings('Encryption', 'Restore keys…');
		await settings.getByRole('button', { name: 'Restore keys…' }).click();
		const restoring = settings.getByRole('dialog', { name: 'Restore keys' });
		await restoring.getByRole('button', { name: 'Choose the file…' }).click();
		const picking = dialog('Backup of keys');
		await picking.getByRole('button', { name: 'Documents', ...exact }).click();
		await picking.getByLabel('Name', exact).fill('office.age');
		await picking.getByRole('button', { name: 'Open', ...exact }).click();
		await picking.waitFor({ state: 'detached' });
		await restoring.getByLabel('Its passphrase', exact).fill('another passphrase');
		await restoring.getByRole('button', { name: 'Restore', ...exact }).click();
		await restoring.getByText('This is not the passphrase of the file.').waitFor();
		await restoring.getByLabel('Its passphrase', exact).fill(passphrase);
		await restoring.getByRole('checkbox').click({ force: true });
		await restoring.getByRole('button', { name: 'Restore', ...exact }).click();
		await restoring.waitFor({ state: 'detached' });
		await closeWindow(settings);
		const shared = await documents.goTo('/Users/Public');
		await reads(shared);
		// The keys were lent until she logs off.
		await choosePower(page, 'Log off');
		await logOn('Cleo', passwords.Cleo);
		await isRefused(shared, 'Ada', 'The office');
	});
});

suite('Ada, whose password was set', () => {
	test('cannot open the file either, until she gives the recovery code of before', async () => {
		await choosePower(page, 'Log off');
		await logOn('Ada', reset);
		const explorer = await openShared();
		await isRefused(explorer, 'Ada', 'The office');
		await openOlderKeys('recovery code', recoveryCode);
		await reads(explorer);
		await closeWindow(explorer.window);
	});

	test('whose password was set once more, opens it by the password of before', async () => {
		await choosePower(page, 'Log off');
		await logOn('Cleo', passwords.Cleo);
		await setPasswordOfAda(resetAgain);
		await choosePower(page, 'Log off');
		await logOn('Ada', resetAgain);
		const explorer = await openShared();
		await isRefused(explorer, 'Ada', 'The office');
		await openOlderKeys('password', reset);
		await reads(explorer);
	});
});
