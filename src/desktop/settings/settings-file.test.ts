import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { System } from '#runtime/system.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { fieldsOf, SettingsFile } from './settings-file.ts';

/** One file of a system: what `pathRead` gives and `pathWrite` keeps. */
class OneFile {
	text: string | undefined;
	writes = 0;
	failing = false;
	damaged = false;
	log: string[] = [];

	async logWrite(_level: string, message: string): Promise<void> {
		this.log.push(message);
	}

	async pathRead(): Promise<Uint8Array<ArrayBuffer>> {
		if (this.damaged) throw new OsError('EILSEQ');
		if (this.text === undefined) throw new OsError('ENOENT');
		return new TextEncoder().encode(this.text);
	}

	async pathWrite(_path: string, bytes: Uint8Array): Promise<void> {
		if (this.failing) throw new OsError('ENOSPC');
		this.writes++;
		this.text = new TextDecoder().decode(bytes);
	}

	get system(): System {
		return this as unknown as System;
	}
}

function makeFile(clock: ManualClock, failures: unknown[] = []) {
	return new SettingsFile<{ level: number }>({
		defaults: { level: 1 },
		parse: (json) => {
			const { level } = fieldsOf(json);
			return typeof level === 'number' ? { level } : undefined;
		},
		clock,
		onFailed: (error) => failures.push(error),
	});
}

test('many changes make one write, of the last one', async () => {
	const [clock, disk] = [new ManualClock(), new OneFile()];
	const file = makeFile(clock);
	await file.load(disk.system, '/settings.json');
	for (const level of [2, 3, 4]) file.set({ level });
	clock.advance(400);
	await file.flush();
	assert.equal(disk.writes, 1);
	assert.deepEqual(JSON.parse(disk.text ?? ''), { level: 4 });
});

test('flush writes at once, and nothing when nothing has changed', async () => {
	const disk = new OneFile();
	const file = makeFile(new ManualClock());
	await file.load(disk.system, '/settings.json');
	await file.flush();
	assert.equal(disk.writes, 0);
	file.set({ level: 7 });
	await file.flush();
	assert.equal(disk.writes, 1);
});

test('what was set before the system was there holds on and is written', async () => {
	const [clock, disk] = [new ManualClock(), new OneFile()];
	disk.text = '{"level":9}';
	const file = makeFile(clock);
	file.set({ level: 5 });
	assert.deepEqual(await file.load(disk.system, '/settings.json'), { level: 5 });
	clock.advance(400);
	await file.flush();
	assert.deepEqual(JSON.parse(disk.text ?? ''), { level: 5 });
});

test('a spoilt file gives the defaults and is left alone', async () => {
	for (const text of ['{"level":', '[]', '{"level":"high"}', '']) {
		const disk = new OneFile();
		disk.text = text;
		assert.deepEqual(await makeFile(new ManualClock()).load(disk.system, '/settings.json'), { level: 1 }, text);
		assert.equal(disk.text, text);
	}
});

test('a write that fails is told, and the value stays', async () => {
	const [disk, failures] = [new OneFile(), [] as unknown[]];
	disk.failing = true;
	const file = makeFile(new ManualClock(), failures);
	await file.load(disk.system, '/settings.json');
	file.set({ level: 6 });
	await file.flush();
	assert.equal(failures.length, 1);
	assert.deepEqual(file.value, { level: 6 });
});

test('a file whose bytes are damaged gives the defaults, which is logged', async () => {
	const store = new OneFile();
	store.damaged = true;
	assert.deepEqual(await makeFile(new ManualClock()).load(store.system, '/settings.json'), { level: 1 });
	assert.match(store.log.join(), /settings\.json could not be read/);
});
