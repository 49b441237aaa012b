/**
 * Lets the page paint its first picture from the first answer alone: `index.html` has the styles of that picture in
 * itself, and waits neither for a style sheet nor for an image.
 *
 * - The sheets go to the end of the body. Module scripts still wait for them, so the desktop never shows without styles.
 * - An image marked `data-inline` is replaced by its SVG.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

const styleSheet = /\s*<link rel="stylesheet"[^>]*>/g;
const inlineImage = /<img data-inline src="([^"]+)" width="(\d+)" height="(\d+)" alt="">/g;

export function paintFirst(): Plugin {
	return {
		name: 'vitrine:paint-first',
		transformIndexHtml: {
			order: 'pre',
			handler: (html, { filename }) =>
				inlineImages(html, (source) => readFile(path.join(path.dirname(filename), source), 'utf8')),
		},
	};
}

export function paintBeforeSheets(): Plugin {
	return {
		name: 'vitrine:paint-before-sheets',
		apply: 'build',
		transformIndexHtml: { order: 'post', handler: moveStyleSheets },
	};
}

export function moveStyleSheets(html: string): string {
	const sheets = html.match(styleSheet) ?? [];
	return html.replace(styleSheet, '').replace(/\s*<\/body>/, (end) => sheets.join('') + end);
}

/** Puts the SVG of each marked image in its place, at the size that the image says. */
export async function inlineImages(html: string, read: (source: string) => Promise<string>): Promise<string> {
	let inlined = html;
	for (const [image, source, width, height] of html.matchAll(inlineImage)) {
		const picture = (await read(source as string))
			.replace(/\s*<title>.*?<\/title>/, '')
			.replace(/ width="\d+" height="\d+"/, ` width="${width}" height="${height}" aria-hidden="true"`);
		inlined = inlined.replace(image, () => picture.trim());
	}
	return inlined;
}
