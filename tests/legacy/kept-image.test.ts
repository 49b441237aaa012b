/** Changes of a guest kept in its image, on the real kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeBits } from '#abi/attributes.ts';
import { KeptImage } from '#legacy/pc/kept-image.ts';
import { FileMachine } from '../desktop/file-machine.ts';

const path = '/Users/Owner/Documents/disk.img';
const sectors = 8;

async function start(): Promise<FileMachine> {
	const machine = await FileMachine.start();
	await machine.system.pathWrite(path, new Uint8Array(sectors * 512), 'create-new');
	return machine;
}

const run = (sector: number, value: number) => ({ at: sector * 512, bytes: new Uint8Array(512).fill(value) });

async function sectorsOf(machine: FileMachine): Promise<number[]> {
	const bytes = await machine.system.pathRead(path, sectors * 512);
	return Array.from({ length: sectors }, (_, sector) => bytes[sector * 512] ?? -1);
}

test('changes are kept more than once, and attributes stay', async () => {
	await using machine = await start();
	await machine.system.pathSetAttributes(path, attributeBits.hidden);
	const image = await KeptImage.open(machine.system, path);
	await image.keep([run(1, 7)]);
	await image.keep([run(1, 7), run(2, 8)]);
	assert.deepEqual(await sectorsOf(machine), [0, 7, 8, 0, 0, 0, 0, 0]);
	assert.equal((await machine.system.pathStat(path)).attributes, attributeBits.hidden);
	assert.deepEqual(await machine.tree('/Users/Owner/Documents'), ['disk.img']);
});

test('changes of two machines are never mixed in one image', async () => {
	await using machine = await start();
	const first = await KeptImage.open(machine.system, path);
	const second = await KeptImage.open(machine.system, path);
	await first.keep([run(1, 7)]);
	await assert.rejects(second.keep([run(2, 8)]), /changed by another/);
	assert.deepEqual(await sectorsOf(machine), [0, 7, 0, 0, 0, 0, 0, 0]);
	assert.deepEqual(await machine.tree('/Users/Owner/Documents'), ['disk.img']);
});
