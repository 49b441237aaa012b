import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recognisePicture } from './picture-types.ts';

const cases: readonly (readonly [string, string | undefined])[] = [
	['\x89PNG\r\n\x1a\n....', 'image/png'],
	['\xff\xd8\xff\xe0', 'image/jpeg'],
	['GIF89a', 'image/gif'],
	['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
	['\0\0\0\x20ftypavif', 'image/avif'],
	['BM......', 'image/bmp'],
	['\0\0\x01\0\x01\0', 'image/x-icon'],
	['<svg xmlns="http://www.w3.org/2000/svg">', 'image/svg+xml'],
	['<?xml version="1.0"?>\n<!-- drawn -->\n<svg>', 'image/svg+xml'],
	['<html><svg>', undefined],
	['GIF', undefined],
	['', undefined],
	['MZ', undefined],
];

for (const [text, expected] of cases)
	test(`${JSON.stringify(text)} is ${expected ?? 'no picture'}`, () => {
		assert.equal(recognisePicture(Uint8Array.from(text, (character) => character.charCodeAt(0)))?.mediaType, expected);
	});
