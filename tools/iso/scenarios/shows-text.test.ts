import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Picture } from '../read-png.ts';
import { showsText } from './shows-text.ts';

/** Black, with one grey bar. */
function paint([width, height]: [number, number], bar: { x: number; y: number; wide: number; high: number }): Picture {
	const bgrx = Buffer.alloc(width * height * 4);
	for (let y = bar.y; y < bar.y + bar.high; y++)
		bgrx.fill(0xaa, (y * width + bar.x) * 4, (y * width + bar.x + bar.wide) * 4);
	return { width, height, bgrx };
}

suite('Text between the start menu and the desktop', () => {
	test('A line of a console is seen, in each mode', () => {
		assert.equal(showsText(paint([1024, 768], { x: 0, y: 16, wide: 200, high: 12 })), true);
		assert.equal(showsText(paint([720, 400], { x: 0, y: 0, wide: 0, high: 0 })), true);
	});

	test('The logo, a pointer, nothing at all and a desktop are no text', () => {
		assert.equal(showsText(paint([1280, 720], { x: 592, y: 208, wide: 96, high: 96 })), false);
		assert.equal(showsText(paint([1280, 720], { x: 640, y: 400, wide: 16, high: 24 })), false);
		assert.equal(showsText(paint([1280, 720], { x: 0, y: 0, wide: 0, high: 0 })), false);
		assert.equal(showsText(paint([1280, 720], { x: 0, y: 0, wide: 1280, high: 700 })), false);
	});
});
