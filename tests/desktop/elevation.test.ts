/** A program that asks to administer this computer, from the command to the answer of the person. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { startProgram } from '../browser/desktop-page.ts';
import { openShellPage, type ShellPage } from './shell-page.ts';

let shell: ShellPage;
let page: Page;
let terminal: Locator;

before(async () => {
	shell = await openShellPage();
	page = shell.page;
	terminal = await startProgram(page, 'Terminal');
	await shows('~ $');
	await terminal.getByRole('textbox').and(page.locator(':focus')).waitFor();
});
after(() => shell.close());

async function shows(text: string | RegExp): Promise<void> {
	await terminal.locator('.xterm-rows').filter({ hasText: text }).waitFor();
}

async function type(command: string): Promise<void> {
	await page.keyboard.type(command);
	await page.keyboard.press('Enter');
}

const question = (): Locator => page.getByRole('dialog', { name: /administer this computer/ });

describe('a program that asks to administer this computer', () => {
	it('is refused below /System without asking, with the folder', async () => {
		await type('mkdir /System/Proof');
		await shows(/Access is denied\..*\/System: nothing allows making folders/s);
	});

	it('is shown with its command, who asks and why; Escape says no, and the keyboard goes back', async () => {
		await type('elevate mkdir /System/Proof');
		await question().waitFor();
		const facts = (await question().textContent()) ?? '';
		assert.match(facts, /mkdir \/System\/Proof/);
		assert.match(facts, /Asked by\s*sh \(process \d+\), for Owner/);
		assert.match(facts, /Typed in the shell/);
		assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'No');
		await page.keyboard.press('Escape');
		await question().waitFor({ state: 'detached' });
		await shows(/said no/);
		await type('ls /System; echo "looked" again');
		await shows(/looked again/);
		assert.doesNotMatch((await terminal.locator('.xterm-rows').textContent()) ?? '', /Proof\//);
	});

	it('cannot be reached around: what lies behind takes neither mouse nor keys, and a script cannot say yes', async () => {
		await type('elevate mkdir /System/Proof');
		await question().waitFor();
		await page.keyboard.press('Meta');
		assert.equal(await page.getByRole('dialog', { name: 'Start menu' }).count(), 0);
		const behind = await page.evaluate(() => {
			return document.elementFromPoint(innerWidth / 2, innerHeight - 20)?.tagName;
		});
		assert.equal(behind, 'DIALOG');
		const yes = question().getByRole('button', { name: 'Yes' });
		await page.waitForFunction(
			(button) => button instanceof HTMLButtonElement && !button.disabled,
			await yes.elementHandle(),
		);
		await yes.evaluate((button: HTMLElement) => button.click());
		assert.equal(await question().count(), 1);
		for (let step = 0; step < 5; step++) {
			await page.keyboard.press('Tab');
			assert.equal(await page.evaluate(() => document.activeElement?.closest('dialog') !== null), true);
		}
		await question().getByRole('button', { name: 'No' }).click();
		await question().waitFor({ state: 'detached' });
	});

	it('runs as an administrator when the person agrees, and only then', async () => {
		await type('elevate mkdir /System/Proof && ls /System && echo made-it');
		await question().getByRole('button', { name: 'Yes' }).click();
		await question().waitFor({ state: 'detached' });
		await shows(/Proof\/.*made-it/s);
		await type('rmdir /System/Proof');
		await shows(/Proof: Access is denied\..*nothing allows deleting/s);
	});
});
