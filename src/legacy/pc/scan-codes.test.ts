import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findScanCodes } from './scan-codes.ts';

test('places of the keyboard give the codes of set 1', () => {
	assert.deepEqual(findScanCodes('KeyA', true), [0x1e]);
	assert.deepEqual(findScanCodes('KeyM', true), [0x32]);
	assert.deepEqual(findScanCodes('Digit0', true), [0x0b]);
	assert.deepEqual(findScanCodes('Digit1', false), [0x82]);
	assert.deepEqual(findScanCodes('F1', true), [0x3b]);
	assert.deepEqual(findScanCodes('F10', true), [0x44]);
	assert.deepEqual(findScanCodes('F12', true), [0x58]);
});

test('keys that came later send E0 first', () => {
	assert.deepEqual(findScanCodes('ArrowUp', true), [0xe0, 0x48]);
	assert.deepEqual(findScanCodes('ArrowUp', false), [0xe0, 0xc8]);
	assert.deepEqual(findScanCodes('AltRight', true), [0xe0, 0x38]);
});

test('Pause sends everything at once, and an unknown key nothing', () => {
	assert.equal(findScanCodes('Pause', true)?.length, 6);
	assert.deepEqual(findScanCodes('Pause', false), []);
	assert.equal(findScanCodes('BrowserHome', true), undefined);
});
