import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moveStyleSheets } from './paint-first.ts';

test('style sheets go to the end of the body, in their order, and nothing else moves', () => {
	const html =
		'<head>\n<link rel="stylesheet" href="/a.css">\n<link rel="icon" href="/i.svg">\n<link rel="stylesheet" crossorigin href="/b.css">\n</head>\n<body>\n<p>a</p>\n</body>';
	assert.equal(
		moveStyleSheets(html),
		'<head>\n<link rel="icon" href="/i.svg">\n</head>\n<body>\n<p>a</p>\n<link rel="stylesheet" href="/a.css">\n<link rel="stylesheet" crossorigin href="/b.css">\n</body>',
	);
});
