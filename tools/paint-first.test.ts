import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inlineImages, moveStyleSheets } from './paint-first.ts';

test('style sheets go to the end of the body, in their order, and nothing else moves', () => {
	const html =
		'<head>\n<link rel="stylesheet" href="/a.css">\n<link rel="icon" href="/i.svg">\n<link rel="stylesheet" crossorigin href="/b.css">\n</head>\n<body>\n<p>a</p>\n</body>';
	assert.equal(
		moveStyleSheets(html),
		'<head>\n<link rel="icon" href="/i.svg">\n</head>\n<body>\n<p>a</p>\n<link rel="stylesheet" href="/a.css">\n<link rel="stylesheet" crossorigin href="/b.css">\n</body>',
	);
});

test('a marked image becomes its picture, at the size that the page says, and is hidden from screen readers', async () => {
	const html = '<p><img data-inline src="a.svg" width="32" height="32" alt=""><img src="b.svg" alt="b"></p>';
	const read = async (source: string) =>
		`<svg viewBox="0 0 64 64" width="64" height="64"><title>${source}</title></svg>\n`;
	assert.equal(
		await inlineImages(html, read),
		'<p><svg viewBox="0 0 64 64" width="32" height="32" aria-hidden="true"></svg><img src="b.svg" alt="b"></p>',
	);
});
