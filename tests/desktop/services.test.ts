/** Services in a real tab: a person starts one, with their agreement; it is killed, and comes back. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { startProgram } from '../browser/desktop-page.ts';
import { openShellPage, type ShellPage } from './shell-page.ts';

let shell: ShellPage;
let page: Page;
let manager: Locator;

before(async () => {
	shell = await openShellPage();
	page = shell.page;
	manager = await startProgram(page, 'Task Manager');
	await manager.getByRole('tab', { name: 'Services' }).click();
	await row().click();
});
after(() => shell.close());

const row = (): Locator => manager.getByRole('row', { name: /Maintenance/ });
const inState = (state: string): Locator => row().filter({ hasText: state });
const question = (): Locator => page.getByRole('dialog', { name: /administer this computer/ });

describe('the services of Task Manager', () => {
	it('ask the person before one is started; when they say no, nothing happens', async () => {
		await manager.getByRole('button', { name: 'Start service', exact: true }).click();
		await question().waitFor();
		assert.match((await question().textContent()) ?? '', /start the service “Maintenance”/);
		await page.keyboard.press('Escape');
		await question().waitFor({ state: 'detached' });
		await inState('Stopped').waitFor();
	});

	it('run in a Worker of the tab, and come back when they are killed', async () => {
		await manager.getByRole('button', { name: 'Start service', exact: true }).click();
		await question().getByRole('button', { name: 'Yes' }).click();
		await inState('Running').waitFor();
		const pid = (await row().getByRole('gridcell').last().textContent()) ?? '';
		assert.match(pid, /^\d+$/);
		const terminal = await startProgram(page, 'Terminal');
		await terminal.locator('.xterm-rows').filter({ hasText: '~ $' }).waitFor();
		await page.keyboard.type(`elevate kill -9 ${pid}; log -n 9 -s services\n`);
		await question().getByRole('button', { name: 'Yes' }).click();
		await question().waitFor({ state: 'detached' });
		await terminal
			.locator('.xterm-rows')
			.filter({ hasText: /ended from outside.*started again/s })
			.waitFor();
		await terminal.getByRole('button', { name: 'Close', exact: true }).click();
		await row().getByRole('gridcell', { name: pid, exact: true }).waitFor({ state: 'detached' });
		await inState('Running').waitFor();
	});
});
