/** Text files through real system calls: what was read is what is written. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { editableBytes, readTextFile, writeTextFile } from '#programs/notepad/text-file.ts';
import { TestMachine } from './test-machine.ts';

let machine: TestMachine;

before(async () => {
	machine = new TestMachine({});
	await machine.system.pathMakeDirectory('/home');
});

after(() => machine[Symbol.asyncDispose]());

const write = (path: string, bytes: Uint8Array<ArrayBuffer>) => machine.system.pathWrite(path, bytes, 'replace');

test('A file of any encoding and line end is written back byte for byte', async () => {
	const files: readonly (readonly [string, number[]])[] = [
		['dos.nfo', [0xc9, 0xcd, 0xbb, 13, 10, 0x81, 13, 10]],
		['old.txt', [0x47, 0x72, 0xfc, 0xdf, 0x65, 10]],
		['wide.txt', [0xff, 0xfe, 0x61, 0, 13, 0, 10, 0, 0xe4, 0]],
		['bom.txt', [0xef, 0xbb, 0xbf, 0xc3, 0xa4, 13, 0x62]],
		['empty.txt', []],
		['binary.bin', Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => byte !== 10 && byte !== 13)],
	];
	for (const [name, bytes] of files) {
		const path = `/home/${name}`;
		await write(path, Uint8Array.from(bytes));
		const file = await readTextFile(machine.system, path);
		assert.ok(file.exact, name);
		const result = await writeTextFile(machine.system, path, file);
		assert.equal(result.kind, 'written', name);
		assert.deepEqual([...(await machine.system.pathRead(path, 1000))], bytes, name);
	}
});

test('What the encoding lacks is told, and the file stays as it was', async () => {
	await write('/home/keep.txt', new TextEncoder().encode('kept'));
	const change = { text: 'line\n漢', encoding: 'cp437', lineEnd: 'crlf' } as const;
	const result = await writeTextFile(machine.system, '/home/keep.txt', change);
	assert.deepEqual(result, { kind: 'unencodable', character: '漢', index: 5 });
	assert.equal(new TextDecoder().decode(await machine.system.pathRead('/home/keep.txt', 100)), 'kept');
});

test('Of a file that is too large the beginning is read, and it says so', async () => {
	await write('/home/large.log', new Uint8Array(editableBytes + 1).fill(0x61));
	const file = await readTextFile(machine.system, '/home/large.log');
	assert.ok(file.partial);
	assert.equal(file.text.length, editableBytes);
	assert.equal(file.sizeBytes, editableBytes + 1);
	const handles = (await machine.system.processList()).map((process) => process.handles);
	assert.deepEqual(handles, [0]);
});
