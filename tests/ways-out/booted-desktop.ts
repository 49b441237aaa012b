/**
 * The desktop as a PC shows it, without a PC: the image's compositor, Chromium, flags and policies from the unpacked base
 * system of `npm run iso`, in namespaces of their own, on an X server in memory.
 *
 * Rules of use:
 * - `findObstacle` first: it says in a sentence why this machine cannot do it (no root, no built base, a program missing).
 * - `press` and `click` go through the compositor, as from a keyboard and a mouse: what Chromium keeps for itself, it gets.
 * - What the page shows and what the screen shows are two pictures. Whatever lies over the page is in the second alone.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ensureSite } from '../../tools/build.ts';
import { type Picture, readPng } from '../../tools/iso/read-png.ts';
import { findProgram } from '../../tools/iso/requirements.ts';
import { cacheDirectory, fromRoot } from '../../tools/setup/paths.ts';
import { getOutput, runCommand } from '../../tools/setup/run-command.ts';

const baseArchive = path.join(cacheDirectory, 'iso/base/base.tar');
const patienceMs = 60_000;
/** Programs beside what every Debian has, and the packages that bring them. */
const tools: ReadonlyMap<string, string> = new Map([
	['Xvfb', 'xvfb'],
	['xdotool', 'xdotool'],
	['grim', 'grim'],
]);

export interface DesktopOptions {
	/**
	 * `observed`: as shipped, but that the test may look into the page. `none`: the harness's planted defect, where the page
	 * is served as to a tab, too.
	 */
	readonly policies?: 'observed' | 'none';
}

/** Why the desktop cannot be started here; `undefined` when it can. */
export async function findObstacle(): Promise<string | undefined> {
	if (process.getuid?.() !== 0) return 'The booted desktop is started in namespaces, which takes root.';
	if (!(await exists(baseArchive))) return 'There is no base system yet: npm run iso builds it.';
	const isMissing = (program: string) => findProgram(program) === undefined;
	if ([...tools.keys()].some(isMissing))
		await runCommand('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...tools.values()]);
	const missing = [...tools.keys()].filter(isMissing).map((program) => tools.get(program) ?? program);
	return missing.length === 0 ? undefined : `Programs are missing: sudo apt-get install ${missing.join(' ')}.`;
}

export class BootedDesktop implements AsyncDisposable {
	readonly page: Page;
	readonly #work: string;
	readonly #process: ChildProcess;
	readonly #browser: Browser;
	readonly #relay: Server;

	private constructor(parts: { work: string; process: ChildProcess; browser: Browser; relay: Server; page: Page }) {
		this.#work = parts.work;
		this.#process = parts.process;
		this.#browser = parts.browser;
		this.#relay = parts.relay;
		this.page = parts.page;
	}

	static async start({ policies = 'observed' }: DesktopOptions = {}): Promise<BootedDesktop> {
		const work = await mkdtemp(path.join(tmpdir(), 'vitrine-booted-'));
		for (const folder of ['layer', 'desktop']) await mkdir(path.join(work, folder));
		await getOutput('chmod', ['711', work]);
		const child = await startNamespaces({ work, base: await ensureBase(), policies });
		try {
			const relay = await startRelay(path.join(work, 'debugging'));
			const browser = await connect(relay, child, work);
			const page = await firstPage(browser);
			page.setDefaultTimeout(patienceMs);
			const desktop = new BootedDesktop({ work, process: child, browser, relay, page });
			await desktop.#fillScreen();
			return desktop;
		} catch (error) {
			child.kill('SIGKILL');
			throw error;
		}
	}

	/** The compositor's window begins smaller than the screen of the X server. */
	async #fillScreen(): Promise<void> {
		const found = await this.#run('xdotool', ['search', '--onlyvisible', '--name', '']);
		await this.#run('xdotool', ['windowsize', found.trim().split('\n').at(-1) ?? '', '1280', '720']);
		await this.page.waitForFunction(() => innerWidth === 1280 && innerHeight === 720);
	}

	/** Presses keys together, by the names of X: `press('ctrl+shift+n')`. */
	async press(chord: string): Promise<void> {
		await this.#run('xdotool', ['key', '--delay', '30', chord]);
	}

	/** Clicks at a place of the screen; buttons are 1 left, 2 middle, 3 right. */
	async click(x: number, y: number, button: 1 | 2 | 3 = 1): Promise<void> {
		await this.#run('xdotool', ['mousemove', String(x), String(y), 'click', String(button)]);
	}

	/** Drags with the left button. */
	async drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
		const move = ([x, y]: readonly [number, number]) => ['mousemove', '--sync', String(x), String(y), 'sleep', '0.1'];
		const halfway = [(from[0] + to[0]) >> 1, (from[1] + to[1]) >> 1] as const;
		await this.#run('xdotool', [...move(from), 'mousedown', '1', ...move(halfway), ...move(to), 'mouseup', '1']);
	}

	/** What the screen shows. */
	async takeScreen(): Promise<Picture> {
		const file = path.join(this.#work, 'screen.png');
		// Level 0: it is read once.
		await this.#run('grim', ['-l', '0', file]);
		return readPng(await readFile(file));
	}

	/** What the page has painted. */
	async takePage(): Promise<Picture> {
		const session = await this.page.context().newCDPSession(this.page);
		const { data } = await session.send('Page.captureScreenshot', { optimizeForSpeed: true });
		await session.detach();
		return readPng(Buffer.from(data, 'base64'));
	}

	/** Addresses of everything with a page of its own in this Chromium: windows, tabs, dialogs, tools. */
	async listPages(): Promise<string[]> {
		const session = await this.#browser.newBrowserCDPSession();
		const { targetInfos } = await session.send('Target.getTargets');
		await session.detach();
		const silent = new Set(['worker', 'shared_worker', 'service_worker', 'browser', 'iframe', 'tab']);
		return targetInfos.filter(({ type }) => !silent.has(type)).map(({ url }) => url);
	}

	/** What the host service and the desktop have said. */
	async readLog(): Promise<string> {
		return readLogs(this.#work);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#browser.close();
		this.#relay.close();
		if (this.#process.exitCode === null && this.#process.signalCode === null) {
			this.#process.kill('SIGKILL');
			await once(this.#process, 'exit');
		}
		await rm(this.#work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	}

	async #run(program: string, words: readonly string[]): Promise<string> {
		const display = (await readFile(path.join(this.#work, 'display'), 'utf8')).trim();
		const runtime = path.join(this.#work, 'desktop');
		const environment = { DISPLAY: `:${display}`, XDG_RUNTIME_DIR: runtime, WAYLAND_DISPLAY: 'wayland-0' };
		return getOutput(program, words, { environment });
	}
}

/** The base system as a folder, but what a desktop without a PC has no use for; unpacked again when it was built anew. */
async function ensureBase(): Promise<string> {
	const { mtimeMs } = await stat(baseArchive);
	const folder = path.join(cacheDirectory, 'ways-out', `base-${Math.round(mtimeMs)}`);
	if (await exists(folder)) return folder;
	await rm(path.dirname(folder), { recursive: true, force: true });
	const unfinished = `${folder}-unfinished`;
	await mkdir(unfinished, { recursive: true });
	const left = ['./usr/lib/modules', './usr/lib/firmware', './boot', './dev', './usr/bin/node'];
	await getOutput('tar', ['-xf', baseArchive, '-C', unfinished, ...left.map((name) => `--exclude=${name}`)]);
	for (const name of ['dev', 'data']) await mkdir(path.join(unfinished, name), { recursive: true });
	await rename(unfinished, folder);
	return folder;
}

function exists(file: string): Promise<boolean> {
	return access(file).then(
		() => true,
		() => false,
	);
}

interface Start {
	readonly work: string;
	readonly base: string;
	readonly policies: string;
}

async function startNamespaces({ work, base, policies }: Start): Promise<ChildProcess> {
	const namespaces = ['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc'];
	const host = [process.execPath, policies === 'none' ? 'tests/ways-out/open-host.ts' : 'src/hosts/pc/main.ts'];
	const words = ['tests/ways-out/start-desktop.sh', base, work, policies, ...host];
	const child = spawn('unshare', [...namespaces, 'sh', ...words], {
		cwd: fromRoot(),
		stdio: ['ignore', 'ignore', 'inherit'],
		env: {
			PATH: `${path.dirname(process.execPath)}:${process.env.PATH ?? ''}:/usr/sbin:/sbin`,
			VITRINE_SITE: await ensureSite(),
		},
	});
	await once(child, 'spawn');
	return child;
}

async function startRelay(socket: string): Promise<Server> {
	const relay = createServer((near) => {
		const far = createConnection(socket);
		near.pipe(far).pipe(near);
		near.on('error', () => far.destroy());
		far.on('error', () => near.destroy());
	});
	relay.listen(0, '127.0.0.1');
	await once(relay, 'listening');
	return relay;
}

/** Waits until Chromium answers, and connects to it. */
async function connect(relay: Server, child: ChildProcess, work: string): Promise<Browser> {
	const { port } = relay.address() as AddressInfo;
	const deadline = Date.now() + patienceMs;
	for (;;) {
		try {
			return await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
		} catch (error) {
			if (Date.now() > deadline || child.exitCode !== null)
				throw new Error(`Chromium did not start:\n${await readLogs(work)}`, { cause: error });
			await wait(100);
		}
	}
}

async function firstPage(browser: Browser): Promise<Page> {
	const [context] = browser.contexts();
	if (context === undefined) throw new Error('Chromium has no window.');
	return context.pages()[0] ?? (await context.waitForEvent('page'));
}

async function readLogs(work: string): Promise<string> {
	const logs = ['host.log', 'desktop.log'].map((name) => readFile(path.join(work, name), 'utf8').catch(() => ''));
	return (await Promise.all(logs)).join('\n');
}
