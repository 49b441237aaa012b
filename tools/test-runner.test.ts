import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { fromRoot } from './setup/paths.ts';
import { runCommand } from './setup/run-command.ts';

const hangs = (pidFile: string) => `
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
test('hangs, and so does what it started', async () => {
	const child = spawn('sleep', ['600'], { stdio: 'inherit', detached: true });
	writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
	await new Promise((resolve) => setTimeout(resolve, 600_000));
});`;
const passes = `import { test } from 'node:test';\ntest('passes', () => {});\ntest('passes too', () => {});`;

test('files that hang are ended with what they started, and every file counts', { timeout: 60_000 }, async () => {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-runner-'));
	try {
		const pidFiles = ['one', 'two'].map((name) => path.join(directory, name));
		const files: string[] = [];
		for (const [index, text] of [...pidFiles.map(hangs), passes].entries()) {
			const file = path.join(directory, `${index}.test.mjs`);
			await writeFile(file, text);
			files.push(path.relative(fromRoot(), file));
		}
		assert.equal(await runElsewhere(directory, files), JSON.stringify({ passed: 2, failed: 2, skipped: 0 }));
		for (const pidFile of pidFiles) await assertEnded(Number(await readFile(pidFile, 'utf8')));
	} finally {
		await rm(directory, { recursive: true });
	}
});

/** In a process that is no test itself: Node's runner does nothing inside of one. The last line it prints. */
async function runElsewhere(directory: string, files: readonly string[]): Promise<string | undefined> {
	const program = `
		import { runTestFiles } from ${JSON.stringify(fromRoot('tools', 'test-runner.ts'))};
		console.log(JSON.stringify(await runTestFiles('Files of a test', ${JSON.stringify(files)}, 2, { fileMs: 3_000, totalMs: 60_000 })));`;
	// A file, and not an argument: Node hands its own options on to the processes of the tests.
	const file = path.join(directory, 'run.mjs');
	await writeFile(file, program);
	const { output } = await runCommand('env', ['-u', 'NODE_TEST_CONTEXT', process.execPath, file]);
	return output.trim().split('\n').at(-1);
}

/** One that was ended may stand in the table until its parent has asked for it (a zombie). */
async function assertEnded(processNumber: number): Promise<void> {
	const status = await readFile(`/proc/${processNumber}/stat`, 'utf8').catch(() => '(ended) Z');
	assert.match(status, /\) Z/, 'still runs');
}
