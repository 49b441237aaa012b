import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { AskLine } from '../../common/machine-contract.ts';
import { KeeperClient } from '../keeper-client.ts';
import { KeeperServer } from './keeper-server.ts';
import { runTool, tryTool } from './run-tool.ts';
import { defineDiskVerb, defineVerb, oneOf, textLike, type Verb, wholeNumber } from './verb.ts';

let directory = '';
let socketPath = '';
let keeper: KeeperServer;
let client: KeeperClient;
let said: string[] = [];
let aborted = Promise.withResolvers<void>();

const verbs: ReadonlyMap<string, Verb> = new Map([
	[
		'test.add',
		defineVerb(
			{ one: wholeNumber(0, 10), other: wholeNumber(0, 10), name: textLike(/[a-z]+/) },
			async ({ one, other, name }, { report }) => {
				report('adding', 1, 2);
				return { sum: one + other, name };
			},
		),
	],
	[
		'test.wait',
		defineDiskVerb({ how: oneOf('long') }, async (_, { signal, report }) => {
			report('waiting', 0, 0);
			await once(signal, 'abort');
			aborted.resolve();
			throw new OsError('ECANCELED');
		}),
	],
	[
		'test.break',
		defineVerb({}, async () => {
			throw new TypeError('a defect, with /secret/words');
		}),
	],
]);

async function ask(verb: string, given: Readonly<Record<string, unknown>>): Promise<AskLine[]> {
	const lines: AskLine[] = [];
	await client.ask({ verb, arguments: given }, { onLine: (line) => void lines.push(line) });
	return lines;
}

async function failureOf(verb: string, given: Readonly<Record<string, unknown>>): Promise<string> {
	const last = (await ask(verb, given)).at(-1);
	return last !== undefined && 'failure' in last ? `${last.failure.code} ${last.failure.detail}` : 'no failure';
}

/** What comes back for raw bytes on the socket. */
async function sendRaw(text: string): Promise<string> {
	const socket = connect(socketPath);
	let reply = '';
	socket.setEncoding('utf8').on('data', (chunk: string) => {
		reply += chunk;
	});
	socket.on('error', () => undefined);
	socket.write(text);
	await once(socket, 'close');
	return reply;
}

suite('The keeper', () => {
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-keeper-'));
		socketPath = path.join(directory, 'door');
	});
	after(() => rm(directory, { recursive: true }));
	beforeEach(async () => {
		said = [];
		aborted = Promise.withResolvers();
		keeper = await KeeperServer.start({ path: socketPath, verbs, say: (sentence) => void said.push(sentence) });
		client = new KeeperClient(socketPath);
	});
	afterEach(() => keeper.close());

	test('A verb is answered by its progress, then its result', async () => {
		assert.deepEqual(await ask('test.add', { one: 2, other: 3, name: 'sum' }), [
			{ progress: { step: 'adding', doneBytes: 1, totalBytes: 2 } },
			{ result: { sum: 5, name: 'sum' } },
		]);
	});

	test('Only its owner and its group may open the door', async () => {
		assert.equal((await stat(socketPath)).mode & 0o777, 0o660);
	});

	test('A verb that is not in the table, or is a name of every object, is refused', async () => {
		for (const verb of ['test.erase', '', 'toString', '__proto__', 'constructor'])
			assert.match(await failureOf(verb, {}), /^ENOSYS/, verb);
	});

	test('An argument that is missing, wrong or too much is refused before anything is done', async () => {
		const right = { one: 1, other: 1, name: 'a' };
		for (const one of [-1, 11, 0.5, '1', null, [1], { valueOf: 1 }])
			assert.equal(await failureOf('test.add', { ...right, one }), 'EINVAL one');
		for (const name of ['', 'A', 'a\n', 'a;rm -rf /', '$(a)', 'a'.repeat(300), 7])
			assert.equal(await failureOf('test.add', { ...right, name }), 'EINVAL name');
		assert.equal(await failureOf('test.add', { one: 1, other: 1 }), 'EINVAL name');
		assert.equal(await failureOf('test.add', { ...right, more: 1 }), 'EINVAL more');
		assert.equal(await failureOf('test.wait', { how: 'toString' }), 'EINVAL how');
		assert.equal(said.filter((line) => !line.startsWith('test.')).length, 0);
	});

	test('Bytes that are no request get no further', async () => {
		for (const text of ['null\n', '[]\n', '{"verb":"test.add"}\n', '{\n', '\n', '\0\n'])
			assert.match(await sendRaw(text), /"EPROTO"/, text);
		assert.equal(await sendRaw(`{"verb":"test.break","arguments":{}}\n{"verb":"test.break","arguments":{}}\n`), '');
		assert.equal(await sendRaw('x'.repeat(70_000)), '');
		assert.deepEqual((await ask('test.add', { one: 0, other: 0, name: 'x' })).at(-1), {
			result: { sum: 0, name: 'x' },
		});
	});

	test('A defect is answered without its words, and the keeper goes on', async () => {
		assert.equal(await failureOf('test.break', {}), 'EIO test.break');
		assert.match(said.join(), /secret/);
		assert.equal((await ask('test.add', { one: 0, other: 0, name: 'x' })).length, 2);
	});

	test('Who closes the connection cancels, and meanwhile no other verb changes disks', async () => {
		const leaving = new AbortController();
		const begun = Promise.withResolvers<void>();
		const waiting = client.ask(
			{ verb: 'test.wait', arguments: { how: 'long' } },
			{ signal: leaving.signal, onLine: (line) => ('progress' in line ? begun.resolve() : undefined) },
		);
		await begun.promise;
		assert.equal(await failureOf('test.wait', { how: 'long' }), 'EBUSY test.wait');
		leaving.abort();
		await waiting;
		await aborted.promise;
	});

	test('A keeper that is not there, or dies, is a failure and no wait without end', async () => {
		const waiting = ask('test.wait', { how: 'long' });
		const nobody = new KeeperClient(path.join(directory, 'nobody'));
		await assert.rejects(nobody.askFor('test.add', {}), /EIO/);
		while (said.length === 0) await new Promise(setImmediate);
		await keeper.close();
		assert.equal('failure' in ((await waiting).at(-1) ?? {}), true);
	});
});

suite('Tools that the keeper runs', () => {
	test('Words stay words, and input goes to standard input', async () => {
		assert.equal(await runTool('printf', ['%s|', '$(id)', '; ls', '*']), '$(id)|; ls|*|');
		assert.equal(await runTool('cat', [], { input: 'passphrase' }), 'passphrase');
	});

	test('A failure is told in the words of the tool, a missing tool as missing, an end by request as that', async () => {
		await assert.rejects(runTool('ls', ['/nowhere']), (error: OsError) => /nowhere/.test(error.detail));
		assert.equal((await tryTool('false', [])).status, 1);
		await assert.rejects(runTool('no-such-tool', []), { code: 'ENOENT' });
		const ending = new AbortController();
		const run = runTool('sleep', ['60'], { signal: ending.signal });
		ending.abort();
		await assert.rejects(run, { code: 'ECANCELED' });
	});
});
