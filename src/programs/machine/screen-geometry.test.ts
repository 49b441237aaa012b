import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fitScreen } from './screen-geometry.ts';

const vga = { width: 320, height: 200, aspectRatio: 4 / 3 };
const text = { width: 640, height: 400, aspectRatio: 4 / 3 };
const crisp = { scaling: 'crisp', aspectCorrection: true } as const;

test('crisp: whole multiples, in the shape of the old monitor once dots are large', () => {
	assert.deepEqual(fitScreen(vga, { width: 640, height: 480 }, crisp), { width: 640, height: 480 });
	assert.deepEqual(fitScreen(text, { width: 640, height: 480 }, crisp), { width: 640, height: 400 });
	assert.deepEqual(fitScreen(text, { width: 1280, height: 960 }, crisp), { width: 1280, height: 960 });
	assert.deepEqual(fitScreen(text, { width: 1300, height: 900 }, crisp), { width: 1280, height: 800 });
});

test('smooth: as large as fits', () => {
	const smooth = { scaling: 'smooth', aspectCorrection: true } as const;
	assert.deepEqual(fitScreen(text, { width: 1000, height: 480 }, smooth), { width: 640, height: 480 });
	const plain = { scaling: 'smooth', aspectCorrection: false } as const;
	assert.deepEqual(fitScreen(text, { width: 1000, height: 480 }, plain), { width: 768, height: 480 });
});

test('a picture that does not fit is shrunk, never cut', () => {
	assert.deepEqual(fitScreen(text, { width: 320, height: 400 }, crisp), { width: 320, height: 200 });
});
