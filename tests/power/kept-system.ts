/**
 * The system on a data partition, as on a PC of its own: Chromium's profile on the partition, the site and the door to the PC
 * on loopback, and a program in the page that does numbered steps (`tests/kill/steps.ts`).
 *
 * Rules of use: the address is part of where the files are, so that one server serves every start. Starts end with their scope.
 */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { settleData } from '#hosts/pc/data-settle.ts';
import { type Machine, MachineDoor } from '#hosts/pc/machine-door.ts';
import { fromRoot } from '../../tools/setup/paths.ts';
import { launchBrowser, type TestBrowser } from '../browser/browser.ts';
import { buildPage } from '../kill/browser-kills.ts';

/** Defined by `tests/kill/page/page.ts`. */
declare const resume: (acknowledged: number) => Promise<{ steps: number | string }>;
declare const work: (from: number, ahead: number) => Promise<void>;

/** Flags of the image that decide what becomes of files; the others are about screens and networks. */
const storageFlags = /^--(unlimited-storage)$/;

export interface Start {
	readonly browser: TestBrowser;
	/** How many steps are there, or what is wrong, when so many had been acknowledged. */
	findSteps(acknowledged: number): Promise<number | string>;
	/** Goes on until the browser ends; `acknowledge` is waited for after each step. */
	work(from: number): Promise<void>;
}

export class KeptSystem implements AsyncDisposable {
	readonly #server: Awaited<ReturnType<typeof startStaticServer>>;
	/** The mounted data partition. */
	#folder = '';
	/** The planted defect: what the browser made is said to be on the disk, and nothing is done. */
	settles = true;

	private constructor(server: Awaited<ReturnType<typeof startStaticServer>>) {
		this.#server = server;
	}

	static async serve(siteDirectory: string): Promise<KeptSystem> {
		const site = await buildPage(siteDirectory);
		const page = site.find('/')?.content.toString('utf8') ?? '';
		let door: MachineDoor | undefined;
		const server = await startStaticServer(site, 0, (request, response) => door?.answer(request, response) ?? false);
		const system = new KeptSystem(server);
		door = new MachineDoor(system.#makeMachine(), new Map([['/', page]]), `http://localhost:${server.port}`);
		return system;
	}

	async start(folder: string, acknowledge: (step: number) => Promise<void>): Promise<Start> {
		this.#folder = folder;
		const profileDirectory = path.join(folder, 'desktop', 'chromium');
		await mkdir(profileDirectory, { recursive: true });
		const browser = await launchBrowser({ profileDirectory, extraArguments: await readStorageFlags() });
		try {
			const page = await this.#open(browser, acknowledge);
			return {
				browser,
				findSteps: async (acknowledged) => (await page.evaluate((count) => resume(count), acknowledged)).steps,
				work: (from) => page.evaluate((count) => work(count, 0), from),
			};
		} catch (error) {
			await browser.kill();
			throw error;
		}
	}

	async #open(browser: TestBrowser, acknowledge: (step: number) => Promise<void>): Promise<Page> {
		const page = await browser.newPage();
		await page.exposeFunction('acknowledge', acknowledge);
		await page.goto(`http://localhost:${this.#server.port}/`);
		await page.waitForFunction(() => 'resume' in globalThis);
		return page;
	}

	#makeMachine(): Machine {
		return {
			power: () => Promise.reject(new Error('This PC stays on.')),
			starts: () => undefined,
			ready: () => undefined,
			picture: () => Promise.reject(new Error('This PC has no screen.')),
			ask: async ({ verb }, { onLine }) => {
				if (verb !== 'data.settle') throw new Error(`Nothing here does ${verb}.`);
				onLine({ result: this.settles ? await settleData(this.#folder) : null });
			},
		};
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#server.close();
	}
}

async function readStorageFlags(): Promise<string[]> {
	const text = await readFile(fromRoot('distro/root/usr/lib/vitrine/chromium-flags'), 'utf8');
	return text.split('\n').flatMap((line) => line.split(/\s/, 1).filter((word) => storageFlags.test(word)));
}
