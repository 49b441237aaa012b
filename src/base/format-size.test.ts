import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatSize } from './format-size.ts';

test('three digits matter, and a unit changes at 1,024', () => {
	const sizes = [0, 1, 1023, 1024, 1536, 10_240, 123_456, 1_048_576, 87_031_808, 11_811_160_064, 5 * 1024 ** 5];
	assert.deepEqual(sizes.map(formatSize), [
		'0 bytes',
		'1 byte',
		'1023 bytes',
		'1 KB',
		'1.5 KB',
		'10 KB',
		'121 KB',
		'1 MB',
		'83 MB',
		'11 GB',
		'5,120 TB',
	]);
});
