/**
 * The shell and the everyday commands beside Bash and GNU's, which every Debian has: the same script, the same output and
 * the same exit code. What standard error says is each one's own.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import sh from '#programs/sh/program.ts';
import { TestMachine } from './test-machine.ts';

/** Each runs in an empty folder; a line `%%` stands between them. */
const scripts = readFileSync(new URL('./shell-scripts.txt', import.meta.url), 'utf8')
	.trimEnd()
	.split('\n%%\n');

let machine: TestMachine;

before(async () => {
	machine = new TestMachine({ sh });
	await machine.system.pathMakeDirectory('/home');
});

after(() => machine[Symbol.asyncDispose]());

function runInBash(script: string): { output: string; code: number | null } {
	const folder = mkdtempSync(path.join(tmpdir(), 'vitrine-sh-'));
	try {
		const { stdout, status } = spawnSync('bash', ['-c', script], {
			cwd: folder,
			env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC', HOME: folder },
			input: '',
		});
		return { output: stdout.toString('latin1'), code: status };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

describe('The same as in Bash', () => {
	for (const [index, script] of scripts.entries())
		test(script.replaceAll('\n', '⏎').slice(0, 100), async () => {
			const folder = `/home/${index}`;
			await machine.system.pathMakeDirectory(folder);
			const { output, error, status } = await machine.run('sh', ['-c', `cd ${folder}; ${script}`]);
			const expected = runInBash(script);
			assert.equal(output, expected.output, error);
			assert.equal(status.code, expected.code, error);
		});
});
