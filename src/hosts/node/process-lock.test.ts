import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { releaseLock, takeLock } from './process-lock.ts';

const directory = mkdtempSync(join(tmpdir(), 'vitrine-process-lock-'));
const file = join(directory, 'lock');
after(() => rmSync(directory, { recursive: true }));

suite('A process lock', () => {
	test('is held until it is released, and leaves nothing', () => {
		assert.equal(takeLock(file), undefined);
		assert.equal(takeLock(file), process.pid);
		releaseLock(file);
		assert.equal(takeLock(file), undefined);
		releaseLock(file);
		assert.deepEqual(readdirSync(directory), []);
	});

	test('of another process that lives is told by its number', async () => {
		const holder = spawn(process.execPath, ['--input-type=module', '-e', holding], {
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		await once(holder.stdout, 'data');
		assert.equal(takeLock(file), holder.pid);
		holder.kill('SIGKILL');
		await once(holder, 'exit');
		assert.equal(takeLock(file), undefined, 'its process is gone');
		releaseLock(file);
	});

	test('left by a process whose number another program has now is taken over', () => {
		takeLock(file);
		const [pid, started, ...machine] = readFileSync(file, 'utf8').split(' ');
		writeFileSync(file, [pid, Number(started) - 1, ...machine].join(' '));
		assert.equal(takeLock(file), undefined);
		releaseLock(file);
	});

	test('that was cut off while it was written is taken over', () => {
		for (const content of ['', ' ', 'x', '12']) {
			writeFileSync(file, content);
			assert.equal(takeLock(file), undefined, JSON.stringify(content));
			releaseLock(file);
			assert.ok(!existsSync(file));
		}
	});
});

const holding = `
	const { takeLock } = await import(${JSON.stringify(new URL('./process-lock.ts', import.meta.url).href)});
	takeLock(${JSON.stringify(file)});
	console.log('held');
	process.stdin.resume();
`;
