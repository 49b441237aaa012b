/**
 * What runs in the page can send nothing to anybody: every way out is tried against a listener on this machine, once
 * from our origin, where nothing may arrive, and once from a page without our headers, where it must.
 */
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import type { Page } from 'playwright-core';
import { launchBrowser, startServer, type TestBrowser, type TestServer } from './browser.ts';
import { automaticUrl } from './desktop-page.ts';
import { until } from './until.ts';

let server: TestServer;
let browser: TestBrowser;
const listener = createServer((request, response) => {
	arrived.add((request.url ?? '').slice(1));
	response.setHeader('access-control-allow-origin', '*');
	if (request.url === '/allowlist') response.setHeader('connection-allowlist', '(response-origin)');
	response.setHeader('content-type', 'text/html');
	response.end('<!doctype html><title>a page without our headers</title>');
});
const datagrams = createSocket('udp4', () => arrived.add('webrtc'));
const arrived = new Set<string>();
let foreign = '';
let stunPort = 0;

before(async () => {
	server = await startServer();
	browser = await launchBrowser();
	await once(listener.listen(0, '127.0.0.1'), 'listening');
	foreign = `http://localhost:${(listener.address() as AddressInfo).port}/`;
	listener.on('upgrade', (request, socket) => {
		arrived.add((request.url ?? '').slice(1));
		socket.destroy();
	});
	datagrams.bind(0, '127.0.0.1');
	await once(datagrams, 'listening');
	stunPort = datagrams.address().port;
});

after(async () => {
	await browser.close();
	await server.close();
	listener.closeAllConnections();
	listener.close();
	datagrams.close();
});

/** Tries every way out, and waits until each was used or refused. */
function tryEveryWayOut(page: Page): Promise<void> {
	return page.evaluate(
		async ({ foreign, stunPort }) => {
			const add = (tag: string, attributes: Record<string, string>): void => {
				const element = document.createElement(tag);
				for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
				document.documentElement.append(element);
			};
			const attempt = (act: () => unknown): void => {
				try {
					void Promise.resolve(act()).catch(() => undefined);
				} catch {
					// Refused at once, as it should be.
				}
			};
			attempt(() => fetch(`${foreign}fetch`));
			attempt(() => fetch(`${foreign}no-cors`, { mode: 'no-cors', method: 'POST', body: 'x' }));
			attempt(() => navigator.sendBeacon(`${foreign}beacon`, 'x'));
			attempt(() => new WebSocket(`${foreign.replace('http', 'ws')}websocket`));
			attempt(() => new EventSource(`${foreign}event-source`));
			attempt(() => {
				const request = new XMLHttpRequest();
				request.open('GET', `${foreign}xhr`);
				request.send();
			});
			add('img', { src: `${foreign}image` });
			add('script', { src: `${foreign}script` });
			add('link', { rel: 'stylesheet', href: `${foreign}style` });
			add('link', { rel: 'prefetch', href: `${foreign}prefetch` });
			add('iframe', { src: `${foreign}frame` });
			add('object', { data: `${foreign}object` });
			add('video', { src: `${foreign}video`, preload: 'auto' });
			add('style', {});
			(document.querySelector('style') as HTMLStyleElement).textContent =
				`html { background: url(${foreign}background) }`;
			attempt(() => {
				const code = new Blob([`fetch('${foreign}worker')`], { type: 'text/javascript' });
				return new Worker(URL.createObjectURL(code));
			});
			attempt(async () => {
				const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${stunPort}` }] });
				connection.createDataChannel('a');
				await connection.setLocalDescription(await connection.createOffer());
			});
			await new Promise((resolve) => setTimeout(resolve, 1_500));
		},
		{ foreign, stunPort },
	);
}

/** Whether the browser keeps a page to its own origin by `Connection-Allowlist` alone. */
async function knowsAllowlist(page: Page): Promise<boolean> {
	const other = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
	await once(other, 'listening');
	const { port } = other.address() as AddressInfo;
	await page.goto(`${foreign}allowlist`);
	const reached = await page.evaluate(
		(address) =>
			fetch(address, { mode: 'no-cors' }).then(
				() => true,
				() => false,
			),
		`http://localhost:${port}/`,
	);
	other.close();
	arrived.clear();
	return !reached;
}

suite('What runs in the page', () => {
	test('reaches no other origin by any way that reaches it without our headers', async () => {
		const page = await browser.context.newPage();
		// An older browser has this one way left, which the desktop closes itself (the next test).
		const allowed = (await knowsAllowlist(page)) ? [] : ['webrtc'];
		await page.goto(`${server.url}build.json`);
		await tryEveryWayOut(page);
		assert.deepEqual(
			[...arrived].filter((way) => !allowed.includes(way)),
			[],
		);

		await page.goto(`${foreign}control`);
		arrived.clear();
		await tryEveryWayOut(page);
		const ways = [
			'fetch',
			'no-cors',
			'beacon',
			'websocket',
			'event-source',
			'xhr',
			'image',
			'script',
			'style',
			'frame',
			'worker',
			'webrtc',
		];
		await until(
			async () => ways.every((way) => arrived.has(way)),
			async () => `the control to use ${ways.join(', ')}; it used ${[...arrived].join(', ')}`,
		);
		await page.close();
	});

	test('has no WebRTC on the desktop, in whatever browser', async () => {
		const page = await browser.context.newPage();
		await page.goto(automaticUrl(server.url));
		await page.waitForFunction(() => performance.getEntriesByName('desktop-interactive').length > 0);
		const left = await page.evaluate(() =>
			Object.getOwnPropertyNames(globalThis).filter((name) => /RTCPeer|RTCData/.test(name)),
		);
		assert.deepEqual(
			left.filter((name) => !name.endsWith('Event')),
			[],
		);
		await page.close();
	});

	test('runs no script that stands in the page or in a string', async () => {
		const page = await browser.context.newPage();
		await page.goto(`${server.url}build.json`);
		const ran = await page.evaluate(async () => {
			const outcome: string[] = [];
			const script = document.createElement('script');
			script.textContent = 'globalThis.inlineRan = true';
			document.documentElement.append(script);
			if ('inlineRan' in globalThis) outcome.push('inline');
			// The inspector may evaluate strings; a timer of the page may not.
			const evaluate = setTimeout as (code: string) => void;
			evaluate('globalThis.stringRan = true');
			await new Promise((resolve) => setTimeout(resolve, 100));
			if ('stringRan' in globalThis) outcome.push('string');
			return outcome;
		});
		assert.deepEqual(ran, []);
		await page.close();
	});

	test('is cross-origin isolated, and has no camera, microphone or position', async () => {
		const page = await browser.context.newPage();
		await page.goto(`${server.url}build.json`);
		const powers = await page.evaluate(() => {
			const { featurePolicy } = document as unknown as { featurePolicy: { allowsFeature(name: string): boolean } };
			return ['camera', 'microphone', 'geolocation', 'usb', 'fullscreen'].filter((name) =>
				featurePolicy.allowsFeature(name),
			);
		});
		assert.deepEqual(powers, ['fullscreen']);
		assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), true);
		await page.close();
	});
});
