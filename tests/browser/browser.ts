/**
 * The real thing for tests, benchmarks and screenshots: the built site on a free port, and a real Chromium.
 *
 * Rules of use:
 * - `await using server = await startServer()`, `await using browser = await launchBrowser()`: both end with their scope.
 * - A test gets a new profile, hence an empty volume. To restart on the same data, give both launches one
 *   `profileDirectory` and the server the same `port` (the data belong to the origin).
 * - `kill` ends the whole browser without warning, as a power cut does.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { ensureSite } from '../../tools/build.ts';
import { ensureChromium } from '../../tools/setup/chromium.ts';
import { killProcesses } from './kill-processes.ts';

export interface TestServer extends AsyncDisposable {
	readonly url: string;
	readonly port: number;
	close(): Promise<void>;
}

export interface TestBrowser extends AsyncDisposable {
	readonly context: BrowserContext;
	readonly profileDirectory: string;
	newPage(): Promise<Page>;
	close(): Promise<void>;
	kill(): Promise<void>;
}

export interface LaunchOptions {
	/** Kept by the caller when given; else a new one that is deleted at the end. */
	readonly profileDirectory?: string;
	readonly viewport?: { readonly width: number; readonly height: number };
	readonly colorScheme?: 'light' | 'dark';
	readonly extraArguments?: readonly string[];
}

const chromiumArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--autoplay-policy=no-user-gesture-required',
];

/** How long a test waits for what a person would see: not a limit of the product, so a busy machine may take it. */
const patienceMs = 90_000;

/** Serves an up-to-date build; `port` 0 takes a free one. */
export async function startServer(port = 0): Promise<TestServer> {
	const site = await StaticSite.read(await ensureSite());
	const server = await startStaticServer(site, port);
	return { ...server, [Symbol.asyncDispose]: () => server.close() };
}

export async function launchBrowser(options: LaunchOptions = {}): Promise<TestBrowser> {
	const executablePath = await ensureChromium();
	const profileDirectory = options.profileDirectory ?? (await mkdtemp(path.join(tmpdir(), 'vitrine-profile-')));
	const context = await chromium.launchPersistentContext(profileDirectory, {
		executablePath,
		headless: true,
		args: [...chromiumArguments, ...(options.extraArguments ?? [])],
		viewport: options.viewport ?? { width: 1280, height: 720 },
		colorScheme: options.colorScheme ?? 'light',
		// Without it Chromium cannot open files of the host whose names are not plain ASCII.
		env: { ...process.env, LC_ALL: 'C.UTF-8' },
		permissions: ['clipboard-read', 'clipboard-write'],
	});
	context.setDefaultTimeout(patienceMs);
	const removeProfile = async (): Promise<void> => {
		if (options.profileDirectory !== undefined) return;
		await rm(profileDirectory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
	};
	const close = async (): Promise<void> => {
		await context.close();
		await removeProfile();
	};
	return {
		context,
		profileDirectory,
		newPage: () => openPage(context),
		close,
		kill: async () => {
			await killProcesses(profileDirectory);
			await context.close().catch(expectClosed);
			await removeProfile();
		},
		[Symbol.asyncDispose]: close,
	};
}

/** A persistent context opens with one blank page: the first caller gets that one. */
async function openPage(context: BrowserContext): Promise<Page> {
	const blank = context.pages().find((page) => page.url() === 'about:blank');
	return blank ?? (await context.newPage());
}

function expectClosed(error: unknown): void {
	if (!/closed|crash/i.test(String(error))) throw error;
}
