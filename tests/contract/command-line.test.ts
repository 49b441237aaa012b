/** `npx vitrine`: what it prints and how it exits, as a person or a script meets it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';

const launcher = path.join(import.meta.dirname, '../../tools/vitrine.mjs');

interface Outcome {
	readonly status: number | null;
	readonly output: string;
	readonly error: string;
}

function vitrine(commandArguments: readonly string[], input = ''): Promise<Outcome> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [launcher, ...commandArguments]);
		let output = '';
		let error = '';
		child.stdout.on('data', (chunk: Buffer) => {
			output += chunk;
		});
		child.stderr.on('data', (chunk: Buffer) => {
			error += chunk;
		});
		child.once('error', reject);
		child.once('close', (status) => resolve({ status, output, error }));
		child.stdin.end(input);
	});
}

describe('the command line', { timeout: 120_000 }, () => {
	let directory: string;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-command-line-'));
	});
	after(() => rm(directory, { recursive: true, force: true }));

	it('tells its version and its use', async () => {
		assert.match((await vitrine(['--version'])).output, /^Vitrine \d+\.\d+\.\d+\n$/);
		const help = await vitrine(['--help']);
		assert.equal(help.status, 0);
		for (const command of ['start', 'sh', 'check']) assert.match(help.output, new RegExp(`^ {2}${command} `, 'm'));
	});

	it('refuses what it does not know with status 2 and a sentence', async () => {
		for (const line of [
			[],
			['frobnicate'],
			['check'],
			['check', '--volum', 'x'],
			['sh', '--volume'],
			['start', 'now'],
		]) {
			const { status, error, output } = await vitrine(line);
			assert.equal(status, 2, line.join(' '));
			assert.equal(output, '');
			assert.match(error, /^vitrine: .+ See "vitrine --help"\.\n$/);
		}
	});

	it('runs a command of the shell with its streams and its status', async () => {
		const { status, output, error } = await vitrine(['sh', '-c', 'cat; echo problem >&2; exit 5'], 'from outside\n');
		assert.deepEqual([status, output, error], [5, 'from outside\n', 'problem\n']);
	});

	it('runs a script from standard input', async () => {
		const { status, output } = await vitrine(['sh'], 'echo one > /f\ncat /f\n');
		assert.deepEqual([status, output], [0, 'one\n']);
	});

	it('keeps files on a volume, and verifies them', async () => {
		const volume = path.join(directory, 'volume');
		assert.equal((await vitrine(['sh', '--volume', volume, '-c', 'echo kept > /Users/Owner/f'])).status, 0);
		const { output } = await vitrine(['sh', '--volume', volume, '-c', 'cat /Users/Owner/f']);
		assert.equal(output, 'kept\n');
		const check = await vitrine(['check', '--volume', volume]);
		assert.equal(check.status, 0, check.error);
		assert.match(check.output, /Every checksum is right/);
	});

	it('copies a volume into one file, and makes a volume of that', async () => {
		const volume = path.join(directory, 'to-export');
		await vitrine(['sh', '--volume', volume, '-c', 'echo kept > /Users/Owner/f']);
		const file = path.join(directory, 'volume.vitrine');
		const exported = await vitrine(['volume', 'export', '--volume', volume, file]);
		assert.equal(exported.status, 0, exported.error);
		assert.match((await vitrine(['volume', 'export', '--volume', volume, file])).error, /EEXIST/);
		const copy = path.join(directory, 'imported');
		const imported = await vitrine(['volume', 'import', '--volume', copy, file]);
		assert.equal(imported.status, 0, imported.error);
		assert.equal((await vitrine(['sh', '--volume', copy, '-c', 'cat /Users/Owner/f'])).output, 'kept\n');
		assert.match((await vitrine(['volume', 'import', '--volume', copy, file])).error, /is not empty/);
		for (const command of ['repair', 'compact'])
			assert.equal((await vitrine(['volume', command, '--volume', copy])).status, 0, command);
	});

	it('finds damage, and says which volume there is not', async () => {
		const volume = path.join(directory, 'damaged');
		const numbers = Array.from({ length: 30_000 }, (_, number) => `${number}\n`).join('');
		await vitrine(['sh', '--volume', volume, '-c', 'cat > /Users/Owner/numbers'], numbers);
		await damage(volume);
		const check = await vitrine(['check', '--volume', volume]);
		assert.equal(check.status, 1, check.output + check.error);
		assert.match(check.output, /^damaged: /m);
		const rescued = path.join(directory, 'rescued');
		const rescue = await vitrine(['volume', 'rescue', '--volume', volume, rescued]);
		assert.match(rescue.output, /^only in part: \/Users\/Owner\/numbers$/m, rescue.error);
		assert.equal((await vitrine(['check', '--volume', rescued])).status, 0);
		const absent = await vitrine(['check', '--volume', path.join(directory, 'absent')]);
		assert.equal(absent.status, 1);
		assert.match(absent.error, /There is no directory/);
	});
});

/** A module with nothing in it, one that is cut off, and a component. */
const emptyModule = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const cutModule = Uint8Array.of(...emptyModule, 1, 99);
const component = Uint8Array.of(0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0);

describe('vitrine run', { timeout: 120_000 }, () => {
	let directory: string;
	let shared: string;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-run-'));
		shared = path.join(directory, 'shared');
		await mkdir(path.join(shared, 'inside'), { recursive: true });
		await writeFile(path.join(directory, 'secret'), 'secret\n');
		await writeFile(path.join(shared, 'inside', 'open'), 'open\n');
		await symlink('../secret', path.join(shared, 'relative'));
		await symlink(path.join(directory, 'secret'), path.join(shared, 'absolute'));
		await symlink('..', path.join(shared, 'up'));
		await symlink('inside', path.join(shared, 'good'));
	});
	after(() => rm(directory, { recursive: true, force: true }));

	it('passes streams through byte by byte, and the status', async () => {
		const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) & 0xff));
		const child = spawn(process.execPath, [launcher, 'run', 'sh', '-c', 'cat; exit 7']);
		const chunks: Buffer[] = [];
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.stdin.end(bytes);
		const [status] = await once(child, 'close');
		assert.equal(status, 7);
		assert.ok(Buffer.concat(chunks).equals(bytes));
	});

	it('refuses with a sentence what is no program that it can run', async () => {
		const cases = [
			['empty.wasm', emptyModule, /exports no function _start/],
			['cut.wasm', cutModule, /WebAssembly/],
			['component.wasm', component, /a component of WebAssembly/],
			['text.wasm', Buffer.from('no program'), /not a program that can be started/],
		] as const;
		for (const [name, bytes, sentence] of cases) {
			const file = path.join(directory, name);
			await writeFile(file, bytes);
			const { status, error, output } = await vitrine(['run', file]);
			assert.notEqual(status, 0, name);
			assert.equal(output, '');
			assert.match(error, sentence);
			assert.doesNotMatch(error, /\n.*\n/, 'one line');
		}
		const absent = await vitrine(['run', path.join(directory, 'absent.wasm')]);
		assert.deepEqual(
			[absent.status, absent.error.replace(directory, '')],
			[1, 'vitrine: There is no program /absent.wasm.\n'],
		);
		for (const line of [
			['run'],
			['run', '--dir', 'x', 'y'],
			['run', '--env', '=1', 'y'],
			['run', '--mem-limit', '1x', 'y'],
			['run', '-'],
		])
			assert.equal((await vitrine(line)).status, 2, line.join(' '));
	});

	it('lets nobody out of a directory of this computer, whatever links lie in it', async () => {
		const looks = ['/d/relative', '/d/absolute', '/d/up/secret', '/d/../secret', '/d/good/../../secret'];
		const script = `${looks.map((look) => `cat ${look}`).join('; ')}; cat /d/good/open; echo new > /d/made`;
		const { output, status } = await vitrine(['run', '--dir', `${shared}::/d`, 'sh', '-c', script]);
		assert.deepEqual([status, output], [0, 'open\n']);
		assert.equal(await readFile(path.join(shared, 'made'), 'utf8'), 'new\n');
	});

	it('changes nothing in a directory that is read-only', async () => {
		const before = await readdir(shared);
		const script = 'echo x > /d/more; rm /d/inside/open; mv /d/inside /d/other; mkdir /d/deep; cat /d/inside/open';
		const { output, error } = await vitrine(['run', '--dir', `${shared}::/d:ro`, 'sh', '-c', script]);
		assert.equal(output, 'open\n');
		assert.match(error, /\/d\/more: The file system is read-only/);
		assert.deepEqual(await readdir(shared), before);
	});

	it('ends as programs do when nobody reads what it writes', async () => {
		const child = spawn(process.execPath, [launcher, 'run', 'sh', '-c', 'cat /dev/zero']);
		let error = '';
		child.stderr.on('data', (chunk: Buffer) => {
			error += chunk;
		});
		child.stdout.once('data', () => child.stdout.destroy());
		await once(child, 'exit');
		assert.doesNotMatch(error, /Error:|\n {4}at /);
	});

	it('is ended by a signal with the status that shells give it', async () => {
		for (const [signal, status] of [
			['SIGINT', 130],
			['SIGTERM', 143],
		] as const) {
			const command = process.execPath;
			const child = spawn(command, [launcher, 'run', 'sh', '-c', 'echo ready; cat'], { detached: true });
			await once(child.stdout, 'data');
			// As a terminal does: to the whole group.
			process.kill(-(child.pid ?? 0), signal);
			const [code] = await once(child, 'exit');
			assert.equal(code, status, signal);
		}
	});
});

/** Turns over 64 bytes of what the volume holds for the file of numbers. */
async function damage(volume: string): Promise<void> {
	for (const name of await readdir(volume)) {
		const file = path.join(volume, name);
		const content = await readFile(file);
		const at = content.indexOf('20000\n20001\n');
		if (at < 0) continue;
		for (let place = at; place < at + 64; place++) content[place] = ~(content[place] ?? 0) & 0xff;
		await writeFile(file, content);
		return;
	}
	assert.fail('No file of the volume holds the numbers.');
}
