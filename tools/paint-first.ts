/**
 * Lets the page paint its first picture before its style sheets are there: `index.html` has the styles of that picture
 * in itself, and a style sheet in the head would hold it back.
 *
 * The sheets go to the end of the body. Module scripts still wait for them, so the desktop never shows without styles.
 */
import type { Plugin } from 'vite';

const styleSheet = /\s*<link rel="stylesheet"[^>]*>/g;

export function paintFirst(): Plugin {
	return {
		name: 'vitrine:paint-first',
		apply: 'build',
		transformIndexHtml: { order: 'post', handler: moveStyleSheets },
	};
}

export function moveStyleSheets(html: string): string {
	const sheets = html.match(styleSheet) ?? [];
	return html.replace(styleSheet, '').replace(/\s*<\/body>/, (end) => sheets.join('') + end);
}
