import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import {
	type AskRequest,
	driveHeader,
	keyElementName,
	keyHeader,
	machinePaths,
	type ReadyReport,
	type ScreenReport,
	tellElementName,
	workHeader,
} from '../common/machine-contract.ts';
import { type StaticServer, startStaticServer } from '../node/static-server.ts';
import { StaticSite } from '../node/static-site.ts';
import type { AskListener } from './keeper-client.ts';
import { type Machine, MachineDoor } from './machine-door.ts';

interface Question {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

let directory = '';
let server: StaticServer;
let newDoor: (shows?: Machine['shows']) => MachineDoor;
/** The one that answers. */
let door: MachineDoor | undefined;
let asked: string[] = [];

const machine: Machine = {
	power: async (action: string) => void asked.push(action),
	ask: async ({ verb, arguments: given }: AskRequest, { source, onLine }: AskListener) => {
		if (source !== undefined) {
			let text = '';
			for await (const piece of source) {
				text += Buffer.from(piece).toString();
				if (text.endsWith('last')) break;
			}
			return onLine({ result: text });
		}
		asked.push(`${verb} ${JSON.stringify(given)}`);
		onLine({ progress: { step: 'writing', doneBytes: 1, totalBytes: 2 } });
		onLine({ result: { written: 2 } });
	},
	starts: () => undefined,
	begins: () => void asked.push('begins'),
	askDrive: (drive, question) => Buffer.from(`${drive} ${question.length}`),
	picture: async () => Buffer.from('a picture'),
	ready: ({ screen, width, height }: ReadyReport) => void asked.push(`${screen} ${width}x${height}`),
};

function ask(urlPath: string, { method = 'GET', headers = {}, body = '' }: Question = {}) {
	return new Promise<{ status: number; cache: string; text: string }>((resolve, reject) => {
		const named = { host: `localhost:${server.port}`, ...headers };
		const made = request(
			{ host: '127.0.0.1', port: server.port, path: urlPath, method, headers: named },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					resolve({
						status: response.statusCode ?? 0,
						cache: response.headers['cache-control'] ?? '',
						text: Buffer.concat(chunks).toString('utf8'),
					}),
				);
			},
		);
		made.on('error', reject);
		made.end(body);
	});
}

const navigation = { 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' };

async function navigate(): Promise<string> {
	const { text } = await ask('/', { headers: navigation });
	const key = new RegExp(`<meta name="${keyElementName}" content="([^"]+)">`).exec(text)?.[1];
	assert.ok(key, 'the document holds a key');
	return key;
}

function fromPage(key: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
	return {
		origin: `http://localhost:${server.port}`,
		'sec-fetch-site': 'same-origin',
		'content-type': 'application/json',
		[keyHeader]: key,
		...more,
	};
}

const shutDown = JSON.stringify({ action: 'shut-down' });

suite('The door to the PC', () => {
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-door-'));
		await writeFile(
			path.join(directory, 'index.html'),
			'<!doctype html><html><head><title>Vitrine</title></head></html>',
		);
		const site = await StaticSite.read(directory);
		const page = site.find('/')?.content.toString('utf8') ?? '';
		server = await startStaticServer(site, 0, (one, other) => door?.answer(one, other) ?? false);
		newDoor = (shows) =>
			new MachineDoor({ ...machine, shows }, new Map([['/', page]]), `http://localhost:${server.port}`);
	});
	after(async () => {
		await server.close();
		await rm(directory, { recursive: true });
	});
	beforeEach(() => {
		asked = [];
		door = newDoor();
	});

	test('The page that was navigated to can end the PC, and say that the desktop stands', async () => {
		const key = await navigate();
		const headers = fromPage(key);
		assert.equal((await ask(machinePaths.power, { method: 'POST', headers, body: shutDown })).status, 204);
		const ready = JSON.stringify({ screen: 'logon', width: 1280, height: 720 });
		assert.equal((await ask(machinePaths.ready, { method: 'POST', headers, body: ready })).status, 204);
		assert.equal((await ask(machinePaths.begins, { method: 'POST', headers, body: '{}' })).status, 204);
		assert.deepEqual(asked, ['shut-down', 'logon 1280x720', 'begins']);
	});

	test('What the keeper is asked for goes through as it stands, and its lines come back', async () => {
		const headers = fromPage(await navigate());
		const body = JSON.stringify({ verb: 'disk.list', arguments: { all: 1 } });
		const { status, text } = await ask(machinePaths.ask, { method: 'POST', headers, body });
		assert.equal(status, 200);
		assert.deepEqual(asked, ['disk.list {"all":1}']);
		assert.equal(text, '{"progress":{"step":"writing","doneBytes":1,"totalBytes":2}}\n{"result":{"written":2}}\n');
		for (const wrong of ['{}', '{"verb":1,"arguments":{}}', '{"verb":"disk.list","arguments":[]}'])
			assert.equal((await ask(machinePaths.ask, { method: 'POST', headers, body: wrong })).status, 400, wrong);
	});

	test('The page gets a picture of the screen, and no script without the key does', async () => {
		const headers = fromPage(await navigate());
		const { status, text } = await ask(machinePaths.picture, { method: 'POST', headers, body: '{}' });
		assert.deepEqual([status, text], [200, 'a picture']);
		const { [keyHeader]: _, ...withoutKey } = headers;
		const refused = await ask(machinePaths.picture, { method: 'POST', headers: withoutKey, body: '{}' });
		assert.deepEqual([refused.status, refused.text], [403, '']);
	});

	test('Files of a drive are for who has the key alone', async () => {
		const headers = {
			...fromPage(await navigate()),
			'content-type': 'application/octet-stream',
			[driveHeader]: 'sdb1',
		};
		assert.equal((await ask(machinePaths.drive, { method: 'POST', headers, body: 'what' })).text, 'sdb1 4');
		for (const [name, value] of [
			[keyHeader, 'A'],
			['origin', 'null'],
			['content-type', 'application/json'],
		] as const) {
			const wrong = { ...headers, [name]: value };
			const { status, text } = await ask(machinePaths.drive, { method: 'POST', headers: wrong });
			assert.deepEqual([status, text], [403, '']);
		}
	});

	test('Bytes that a verb takes come in pieces under its name, from who has the key alone', async () => {
		const key = await navigate();
		const piece = (work: string, body: string, more = {}) =>
			ask(machinePaths.piece, {
				method: 'POST',
				headers: fromPage(key, { 'content-type': 'application/octet-stream', [workHeader]: work, ...more }),
				body,
			});
		const body = JSON.stringify({ verb: 'test.take', arguments: {} });
		const headers = fromPage(key, { [workHeader]: 'one' });
		const taking = ask(machinePaths.ask, { method: 'POST', headers, body });
		while ((await piece('one', 'first ')).status === 409);
		assert.equal((await ask(machinePaths.ask, { method: 'POST', headers, body })).status, 400, 'the name is taken');
		assert.equal((await piece('other', 'x')).status, 409);
		assert.equal((await piece('one', 'x', { [keyHeader]: 'x'.repeat(43) })).status, 403);
		assert.equal((await piece('one', 'last')).status, 204);
		assert.match((await taking).text, /"result":"first last"/);
		assert.equal((await piece('one', 'too late')).status, 409);
	});

	test('A script that fetches the page gets no key, and the document with one is kept nowhere', async () => {
		for (const dest of ['empty', 'worker', 'iframe', 'script'])
			assert.doesNotMatch((await ask('/', { headers: { 'sec-fetch-dest': dest } })).text, /machine-key/);
		assert.doesNotMatch((await ask('/')).text, /machine-key/);
		assert.equal((await ask('/', { headers: navigation })).cache, 'no-store');
	});

	test('What stands on the screen is asked for, and heard, only where a test has started the PC', async () => {
		const report = { screen: 'desktop', windows: ['*a – Notepad'], front: '*a – Notepad', icons: [], focus: 'Text' };
		const tell = async (body: object) => {
			const headers = fromPage(await navigate());
			return (await ask(machinePaths.shows, { method: 'POST', headers, body: JSON.stringify(body) })).status;
		};
		const isAsked = async () => (await ask('/', { headers: navigation })).text.includes(tellElementName);
		assert.equal(await isAsked(), false);
		assert.equal(await tell(report), 400);
		door = newDoor(({ front }: ScreenReport) => void asked.push(front));
		assert.equal(await isAsked(), true);
		assert.equal(await tell(report), 204);
		for (const wrong of [{ windows: 'all' }, { icons: [7] }, { focus: 'x'.repeat(300) }, { front: null }])
			assert.equal(await tell({ ...report, ...wrong }), 400, JSON.stringify(wrong));
		assert.deepEqual(asked, ['*a – Notepad']);
	});

	test('A new navigation makes the key of the one before worthless', async () => {
		const old = await navigate();
		await navigate();
		assert.equal(
			(await ask(machinePaths.power, { method: 'POST', headers: fromPage(old), body: shutDown })).status,
			403,
		);
		assert.deepEqual(asked, []);
	});

	test('Without the key, from elsewhere, by another method or type, nothing is done', async () => {
		const key = await navigate();
		const { [keyHeader]: _, ...withoutKey } = fromPage(key);
		const attempts: Question[] = [
			{ method: 'POST', headers: withoutKey },
			{ method: 'POST', headers: fromPage(`${key}A`) },
			{ method: 'POST', headers: fromPage('') },
			{ method: 'POST', headers: fromPage(key, { origin: 'http://localhost:7071' }) },
			{ method: 'POST', headers: fromPage(key, { origin: 'null' }) },
			{ method: 'POST', headers: fromPage(key, { 'sec-fetch-site': 'cross-site' }) },
			{ method: 'POST', headers: fromPage(key, { 'content-type': 'text/plain' }) },
			{ method: 'PUT', headers: fromPage(key) },
		];
		for (const attempt of attempts)
			assert.equal(
				(await ask(machinePaths.power, { ...attempt, body: shutDown })).status,
				403,
				JSON.stringify(attempt),
			);
		const named = { ...fromPage(key), host: 'evil.example:7070' };
		assert.equal((await ask(machinePaths.power, { method: 'POST', headers: named, body: shutDown })).status, 403);
		assert.deepEqual(asked, []);
	});

	test('What the contract does not know is refused, whatever its shape', async () => {
		const headers = fromPage(await navigate());
		const bodies = ['', 'null', '[]', '{', '{"action":"erase"}', '{"action":["shut-down"]}', `"${'x'.repeat(40_000)}"`];
		for (const body of bodies)
			assert.equal((await ask(machinePaths.power, { method: 'POST', headers, body })).status, 400, body.slice(0, 40));
		for (const body of ['"width":0', '"width":1e9', '"width":"1280"', '"width":1280,"screen":"other"']) {
			const report = `{"screen":"desktop","height":720,${body}}`;
			assert.equal((await ask(machinePaths.ready, { method: 'POST', headers, body: report })).status, 400, report);
		}
		assert.deepEqual(asked, []);
	});
});
