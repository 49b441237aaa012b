import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { fileLock } from './file-lock.ts';
import { mapLimited } from './map-limited.ts';
import { fromRoot } from './paths.ts';
import { describePortHolder, findHolder } from './port-holder.ts';

async function listen(answer: string): Promise<{ server: Server; port: number }> {
	const server = createServer((_request, response) => response.end(answer));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return { server, port: (server.address() as AddressInfo).port };
}

suite('A port that is taken', () => {
	test('is told with the process that holds it', async () => {
		const { server, port } = await listen('something else');
		assert.equal((await findHolder(port))?.pid, process.pid);
		assert.match(
			await describePortHolder(port),
			new RegExp(`Port ${port} is taken by another program \\(process ${process.pid}, node\\)`),
		);
		server.close();
	});

	test('is told as Vitrine when it is Vitrine', async () => {
		const { server, port } = await listen('{"product":"Vitrine"}');
		assert.match(
			await describePortHolder(port),
			new RegExp(`^Vitrine is already running at http://localhost:${port}/`),
		);
		server.close();
	});

	test('stops `npm start` with status 1, before anything is built', async () => {
		const { server, port } = await listen('something else');
		const child = spawn(process.execPath, [fromRoot('tools', 'start.ts')], {
			env: { ...process.env, VITRINE_PORT: String(port), VITRINE_OPEN: '0' },
		});
		let output = '';
		child.stdout.on('data', (chunk) => (output += chunk));
		child.stderr.on('data', (chunk) => (output += chunk));
		const [status] = await once(child, 'exit');
		server.close();
		assert.equal(status, 1);
		assert.match(output, /is taken by another program/);
		assert.doesNotMatch(output, /Building|is ready/);
	});

	test('must be a number', async () => {
		for (const port of ['0', '65536', 'many', '-1', '70.5']) {
			const child = spawn(process.execPath, [fromRoot('tools', 'start.ts')], {
				env: { ...process.env, VITRINE_PORT: port, VITRINE_OPEN: '0' },
				stdio: 'ignore',
			});
			const [status] = await once(child, 'exit');
			assert.equal(status, 1, port);
		}
	});
});

suite('A file lock', () => {
	test('is held by one at a time', async () => {
		const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-lock-'));
		const file = path.join(directory, 'a.lock');
		const order: string[] = [];
		const first = await fileLock(file);
		const second = fileLock(file).then((lock) => {
			order.push('second has it');
			lock[Symbol.dispose]();
		});
		order.push('first leaves');
		first[Symbol.dispose]();
		await second;
		assert.deepEqual(order, ['first leaves', 'second has it']);
		await rm(directory, { recursive: true });
	});
});

suite('A limited map', () => {
	test('keeps the order and the limit', async () => {
		let running = 0;
		let most = 0;
		const results = await mapLimited([3, 1, 2, 0], 2, async (item) => {
			most = Math.max(most, ++running);
			for (let turn = 0; turn < item; turn++) await Promise.resolve();
			running--;
			return item * 10;
		});
		assert.deepEqual(results, [30, 10, 20, 0]);
		assert.equal(most, 2);
	});
});
