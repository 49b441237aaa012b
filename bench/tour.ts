/** A tour through every program and a machine, with the browser's network log on: how many requests went elsewhere. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../tests/browser/browser.ts';
import { desktopIcon, gridItem, openDesktop, startProgram, windowNamed } from '../tests/browser/desktop-page.ts';
import { netLogSwitch, readForeignRequests } from './foreign-requests.ts';
import type { Benchmark } from './measurement.ts';
import { openVitrine } from './vitrine-site.ts';

const programs = ['Explorer', 'Notepad', 'Pictures', 'Terminal', 'Task Manager', 'Settings', 'Help'];

export const benchmark: Benchmark = async (context) => {
	await using site = await openVitrine();
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-tour-'));
	const netLog = path.join(directory, 'net.json');
	try {
		context.say('tour with the network log on');
		await tour(site.url, netLog);
		const { own, foreign } = await readForeignRequests(netLog, new URL(site.url).origin);
		for (const address of foreign) context.say(`asked ${address}`);
		return [
			{ title: 'Requests to any other origin', unit: '', samples: [foreign.length], target: { most: 0 } },
			{ title: 'Requests to its own', unit: '', samples: [own] },
		];
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
};

async function tour(url: string, netLog: string): Promise<void> {
	const browser = await launchBrowser({ extraArguments: [netLogSwitch(netLog)] });
	const page = await browser.newPage();
	await openDesktop(page, url);
	for (const title of programs) await startProgram(page, title);
	await page.getByRole('button', { name: 'Show the desktop' }).click();
	await desktopIcon(page, 'Samples').dblclick();
	await gridItem(windowNamed(page, 'Samples'), 'LATHE').dblclick();
	await gridItem(windowNamed(page, 'LATHE'), 'LATHE.COM').dblclick();
	const machine = windowNamed(page, 'LATHE.COM');
	await machine.locator('canvas').and(page.locator(':visible')).waitFor();
	// The log is whole only when the browser was closed in order.
	await browser.close();
}
