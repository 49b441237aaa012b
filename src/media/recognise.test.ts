import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ByteSource, MemorySource } from './byte-source.ts';
import { recognise } from './recognise.ts';

function executable(
	signature: string,
	fill: (view: DataView, at: number) => void,
	size = 512,
	stub = '',
): MemorySource {
	const bytes = new Uint8Array(size);
	const view = new DataView(bytes.buffer);
	bytes.set(new TextEncoder().encode('MZ'));
	bytes.set(new TextEncoder().encode(stub), 0x40);
	view.setUint32(0x3c, 0x80, true);
	bytes.set(new TextEncoder().encode(signature), 0x80);
	fill(view, 0x80);
	return new MemorySource(bytes);
}

const portable =
	(machine: number, magic: number, characteristics = 0) =>
	(view: DataView, at: number) => {
		view.setUint16(at + 4, machine, true);
		view.setUint16(at + 0x16, characteristics, true);
		view.setUint16(at + 0x18, magic, true);
		view.setUint16(at + 0x5c, 2, true);
	};

test('a 32-bit Windows program is named, and there is no machine for it yet', async () => {
	const verdict = await recognise(executable('PE\0\0', portable(0x14c, 0x10b)), 'A.EXE');
	assert.equal(verdict.sentence, 'This is a 32-bit Windows program. Vitrine cannot run these yet.');
	assert.equal(verdict.machine, undefined);
});

test('64-bit and 16-bit Windows programs and libraries are told apart', async () => {
	const wide = await recognise(executable('PE\0\0', portable(0x8664, 0x20b)), 'A.EXE');
	assert.equal(wide.kind, 'windows-64-bit');
	const library = await recognise(executable('PE\0\0', portable(0x14c, 0x10b, 0x2000)), 'A.DLL');
	assert.match(library.sentence, /32-bit Windows library/);
	const old = await recognise(
		executable('NE', (view, at) => view.setUint8(at + 0x36, 2)),
		'A.EXE',
	);
	assert.equal(old.kind, 'windows-16-bit');
});

test('a program bound to a DOS extender is a DOS program, whatever stands behind its stub', async () => {
	const bound = [
		executable('LX', () => undefined, 512, 'DOS/4GW Professional'),
		executable('NE', (view, at) => view.setUint8(at + 0x36, 5), 512, 'rtm.exe dpmi16bi.ovl'),
		executable('PE\0\0', portable(0x14c, 0x10b, 0), 512, 'DPMI32VM.OVL'),
		executable('NE', (view, at) => view.setUint8(at + 0x36, 1), 512, 'The Application Program Interface (API) entered'),
	];
	for (const program of bound) {
		const verdict = await recognise(program, 'TOOL.EXE');
		assert.equal(verdict.kind, 'dos-program');
		assert.deepEqual(verdict.machine, { engine: 'dos' });
		assert.equal(verdict.facts[0]?.label, 'DOS extender');
	}
});

test('a floppy that holds nothing is told as that, and nothing else of one byte is text', async () => {
	for (const byte of [0, 0xf6]) {
		const blank = await recognise(new MemorySource(new Uint8Array(1_474_560).fill(byte)), 'BLANK.IMG');
		assert.match(blank.sentence, /empty floppy image of 1.44 MB/);
		assert.equal(blank.machine, undefined);
	}
	assert.equal((await recognise(new MemorySource(new Uint8Array(70_000).fill(0xf6)), 'BLANK.DAT')).kind, 'unknown');
	assert.equal((await recognise(new MemorySource(new TextEncoder().encode('----')), 'LINE.TXT')).kind, 'text');
});

test('a kernel of Linux is no program of the firmware, though it can be one', async () => {
	const kernel = executable('PE\0\0', portable(0x14c, 0x10b, 0), 1024);
	const bytes = await kernel.read(0, 1024);
	bytes.set(new TextEncoder().encode('HdrS'), 0x202);
	assert.equal((await recognise(new MemorySource(bytes), 'vmlinuz')).kind, 'linux-kernel');
});

test('a driver for Windows 95 is no program', async () => {
	const verdict = await recognise(
		executable('LE', (view, at) => view.setUint16(at + 0x0a, 4, true)),
		'A.VXD',
	);
	assert.equal(verdict.kind, 'windows-driver');
});

test('a plain MZ file runs in DOS, also when its newer header lies outside', async () => {
	const bytes = new Uint8Array(100);
	bytes.set([0x4d, 0x5a]);
	new DataView(bytes.buffer).setUint32(0x3c, 0xfffffff0, true);
	assert.equal((await recognise(new MemorySource(bytes), 'A.EXE')).kind, 'dos-program');
});

test('a .COM file is a program when it can be one', async () => {
	assert.equal((await recognise(new MemorySource(Uint8Array.of(0xcd, 0x20)), 'A.COM')).kind, 'dos-command');
	assert.equal((await recognise(new MemorySource(new Uint8Array(10)), 'A.COM')).kind, 'unknown');
	const large = await recognise(new MemorySource(new Uint8Array(70_000).fill(0x90)), 'A.COM');
	assert.match(large.reasons[0] ?? '', /at most 65,280 bytes/);
});

test('a batch file is told from other text by its name', async () => {
	const text = new MemorySource(new TextEncoder().encode('@echo off\r\n'));
	assert.equal((await recognise(text, 'RUN.BAT')).kind, 'dos-batch');
	assert.equal((await recognise(text, 'RUN.TXT')).kind, 'text');
});

test('an empty file and an unknown one say why', async () => {
	assert.deepEqual((await recognise(new MemorySource(new Uint8Array(0)), 'A')).reasons, ['The file is empty.']);
	const unknown = await recognise(new MemorySource(Uint8Array.of(1, 2, 3)), 'A');
	assert.equal(unknown.kind, 'unknown');
	assert.equal(unknown.reasons.length, 1);
});

test('a hard disk shows its partitions', async () => {
	const bytes = new Uint8Array(4 * 1024 * 1024);
	const view = new DataView(bytes.buffer);
	view.setUint8(0x1be, 0x80);
	view.setUint8(0x1be + 4, 0x06);
	view.setUint32(0x1be + 8, 63, true);
	view.setUint32(0x1be + 12, 8000, true);
	view.setUint16(510, 0xaa55, true);
	const verdict = await recognise(new MemorySource(bytes), 'C.IMG');
	assert.equal(verdict.kind, 'hard-disk');
	assert.deepEqual(verdict.facts.at(-1), { label: 'Partition 1', value: 'FAT16, 3.9 MB, starts the PC' });
});

test('a 4 GB image full of nothing is answered at once, and hardly read', async () => {
	let read = 0;
	const sparse: ByteSource = {
		size: 4 * 1024 ** 3,
		read: (_at, length) => {
			read += length;
			return Promise.resolve(new Uint8Array(length));
		},
	};
	const started = performance.now();
	const verdict = await recognise(sparse, 'DISK.IMG');
	assert.equal(verdict.kind, 'unknown');
	assert.ok(read < 1024 * 1024, `${read} bytes were read`);
	assert.ok(performance.now() - started < 200);
});

test('an error of the source itself comes through', async () => {
	const broken: ByteSource = { size: 1000, read: () => Promise.reject(new Error('the volume failed')) };
	await assert.rejects(recognise(broken, 'A.EXE'), /the volume failed/);
});
