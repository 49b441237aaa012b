import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PcDisk } from '#abi/structures.generated.ts';
import { erases, hintOf, parseProgress, placeOf, titleOf } from './install-words.ts';

const disk: PcDisk = {
	identifier: 'sda@3',
	device: 'sda',
	model: 'Samsung SSD 870',
	connection: 'sata',
	sizeBytes: 500_000_000_000,
	removable: false,
	startedFrom: false,
	parts: [
		{ device: 'sda1', label: '', format: 'vfat', sizeBytes: 100_000_000 },
		{ device: 'sda2', label: 'Office', format: 'ntfs', sizeBytes: 499_000_000_000 },
	],
	install: 'possible',
	makeData: 'possible',
	writeImage: 'not-removable',
	dataErases: true,
	dataBytes: 499_999_000_000,
};

suite('The words of Install Vitrine', () => {
	test('A disk is told by its name, its size, its place and what is on it', () => {
		assert.match(titleOf(disk), /^Samsung SSD 870, \d/);
		assert.equal(placeOf(disk), '/dev/sda, SATA');
		assert.match(hintOf(disk, 'install'), /sda1, FAT.*“Office”, Windows \(NTFS\)/);
		assert.match(titleOf({ ...disk, model: '' }), /^Disk sda, /);
	});

	test('What stands in the way is said, for each purpose apart', () => {
		const stick: PcDisk = { ...disk, startedFrom: true, install: 'started-from', dataErases: false };
		assert.match(hintOf(stick, 'install'), /was started from it/);
		assert.match(hintOf(stick, 'data'), /behind it are free/);
		assert.deepEqual([erases(stick, 'data'), erases(disk, 'data'), erases(disk, 'install')], [false, true, true]);
	});

	test('The bar of a stick never goes back', () => {
		const lines = ['checking 0 9', 'checking 9 9', 'preparing 0 0', 'writing 1 9', 'writing 9 9', 'comparing 1 9'];
		const fractions = lines.map((line) => parseProgress(line, 'write')?.fraction ?? -1);
		assert.deepEqual(
			fractions,
			fractions.toSorted((one, other) => one - other),
		);
		assert.ok(fractions.every((fraction) => fraction >= 0));
	});

	test('The bar never goes back, whatever the steps', () => {
		const lines = [
			'preparing 0 0',
			'copying 0 100',
			'copying 99 100',
			'flushing 100 100',
			'checking 50 100',
			'data 0 0',
		];
		const fractions = lines.map((line) => parseProgress(line, 'install')?.fraction ?? -1);
		assert.deepEqual(
			fractions,
			fractions.toSorted((one, other) => one - other),
		);
		assert.ok(fractions.every((fraction) => fraction >= 0));
		assert.equal(parseProgress('something else', 'install'), undefined);
		assert.equal(parseProgress('toString 1 2', 'install'), undefined);
	});
});
