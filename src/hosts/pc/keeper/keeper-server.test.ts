import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
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
import { defineDiskVerb, defineTakingVerb, defineVerb, oneOf, textLike, type Verb, wholeNumber } from './verb.ts';

let directory = '';
let socketPath = '';
let keeper: KeeperServer;
let client: KeeperClient;
let said: string[] = [];
const holding = Promise.withResolvers<void>();
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
		'test.take',
		defineTakingVerb({ size: wholeNumber(0, 100_000_000) }, async ({ size }, { receive }) => {
			const sum = createHash('sha256');
			for (let left = size; left > 0; left -= Math.min(left, 700_001))
				sum.update(await receive(Math.min(left, 700_001)));
			return { sum: sum.digest('hex') };
		}),
	],
	[
		'test.hold',
		defineTakingVerb({}, async (_, { receive, report, signal }) => {
			await receive(1);
			// All that comes by itself has come by then.
			for (let turn = 0; turn < 1000; turn++) await new Promise(setImmediate);
			report('holding', 0, 0);
			await once(signal, 'abort');
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

	test('Bytes go to a verb that takes some, whole and in order, and what it does not take does no harm', async () => {
		const bytes = randomBytes(12_345_678);
		const source = async function* () {
			for (let place = 0; place < bytes.length; place += 1_000_000) yield bytes.subarray(place, place + 1_000_000);
		};
		const take = async (size: number) => {
			const lines: AskLine[] = [];
			const request = { verb: 'test.take', arguments: { size } };
			await client.ask(request, { source: source(), onLine: (line) => void lines.push(line) });
			return lines;
		};
		for (const size of [bytes.length, 2_000_000, 0]) {
			const sum = createHash('sha256').update(bytes.subarray(0, size)).digest('hex');
			assert.deepEqual(await take(size), [{ result: { sum } }]);
		}
		assert.deepEqual(await take(-1), [{ failure: { code: 'EINVAL', detail: 'size' } }]);
	});

	test('Who sends bytes goes no faster than who takes them', async () => {
		let sent = 0;
		const source = (async function* () {
			for (; sent < 200; sent++) yield new Uint8Array(1_000_000);
		})();
		const leaving = new AbortController();
		const asking = client.ask(
			{ verb: 'test.hold', arguments: {} },
			{ source, signal: leaving.signal, onLine: (line) => ('progress' in line ? holding.resolve() : undefined) },
		);
		await holding.promise;
		assert.ok(sent < 20, `${sent} MB were taken in while nobody asked for them`);
		leaving.abort();
		await asking;
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
