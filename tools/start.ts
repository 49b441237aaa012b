/**
 * `npm start`: builds Vitrine when something changed, serves it to this computer, and opens the browser.
 *
 * Fixed points: prints `Vitrine is ready at http://localhost:PORT/` on a line of its own. `VITRINE_PORT` chooses the
 * port (7070 when unset); `VITRINE_OPEN=0` opens no browser. The port is part of the address of a person's files, so a
 * port that is taken ends the start: it never moves to another by itself.
 */
import { spawn } from 'node:child_process';
import { type StaticServer, startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { ensureSite } from './build.ts';
import { findChromium } from './setup/chromium.ts';
import { describePortHolder } from './setup/port-holder.ts';
import { say } from './setup/progress.ts';

const defaultPort = 7070;

function readPort(text: string | undefined): number {
	if (text === undefined || text === '') return defaultPort;
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
		throw new Error(`VITRINE_PORT is "${text}"; it must be a number from 1 to 65535.`);
	return port;
}

async function serve(port: number): Promise<StaticServer> {
	// Asked before the build, so that nobody waits for a build in vain.
	await refuseTakenPort(port);
	const site = await StaticSite.read(await ensureSite());
	try {
		return await startStaticServer(site, port);
	} catch (error) {
		const code = (error as NodeJS.ErrnoException).code;
		if (code === 'EADDRINUSE') throw new Error(await describePortHolder(port), { cause: error });
		if (code === 'EACCES')
			throw new Error(`This account may not use port ${port}; choose one from 1024 up with VITRINE_PORT.`, {
				cause: error,
			});
		throw error;
	}
}

async function refuseTakenPort(port: number): Promise<void> {
	const { createServer } = await import('node:net');
	for (const host of ['127.0.0.1', '::1']) {
		const probe = createServer();
		const code = await new Promise<string | undefined>((resolve) => {
			probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
			probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
		});
		if (code === 'EADDRINUSE') throw new Error(await describePortHolder(port));
	}
}

/** Opens the page where there is a screen, in Chromium rather than in another browser; else says to open it. */
async function openBrowser(url: string): Promise<void> {
	const ask = (): void => say(`Open ${url} in Chromium.`);
	if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return ask();
	// Chromium refuses to run as root.
	const chromium = process.getuid?.() === 0 ? undefined : await findChromium();
	const opener = chromium ?? (process.platform === 'darwin' ? 'open' : 'xdg-open');
	const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
	child.once('error', ask);
	child.once('exit', (status) => {
		if (status !== 0) ask();
	});
	child.unref();
}

async function main(): Promise<void> {
	const server = await serve(readPort(process.env.VITRINE_PORT));
	console.log(`Vitrine is ready at ${server.url}`);
	say('Press Ctrl+C to stop it. Your files stay in the browser.');
	if (process.env.VITRINE_OPEN !== '0') await openBrowser(server.url);
	const stop = (): void => {
		process.off('SIGINT', stop).off('SIGTERM', stop).off('SIGHUP', stop);
		void server.close().then(() => say('Vitrine has stopped.'));
	};
	process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
}

try {
	await main();
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}
