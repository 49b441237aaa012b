/** `npx vitrine`: what it prints and how it exits, as a person or a script meets it. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

	it('finds damage, and says which volume there is not', async () => {
		const volume = path.join(directory, 'damaged');
		const numbers = Array.from({ length: 30_000 }, (_, number) => `${number}\n`).join('');
		await vitrine(['sh', '--volume', volume, '-c', 'cat > /Users/Owner/numbers'], numbers);
		await damage(volume);
		const check = await vitrine(['check', '--volume', volume]);
		assert.equal(check.status, 1, check.output + check.error);
		assert.match(check.output, /^damaged: /m);
		const absent = await vitrine(['check', '--volume', path.join(directory, 'absent')]);
		assert.equal(absent.status, 1);
		assert.match(absent.error, /There is no directory/);
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
