/**
 * Lets the page paint its first picture from the first answer alone: `index.html` has the styles of that picture in
 * itself, and waits neither for a style sheet nor for an image nor for the desktop's code.
 *
 * - An image marked `data-inline` is replaced by its SVG, a script so marked by its text (the server allows that very text
 *   by its hash).
 * - The desktop, which the first script imports after that paint, is fetched from the start: scripts and style sheets
 *   are named in the head as things to load and not to wait for.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';

/** The module that the first script imports after the first paint. */
const desktopModule = '/main.tsx';
const inlineImage = /<img data-inline src="([^"]+)" width="(\d+)" height="(\d+)" alt="">/g;
const inlineScript = /<script data-inline src="([^"]+)"><\/script>/g;

export function inlineFirstPaint(): Plugin {
	return {
		name: 'vitrine:inline-first-paint',
		transformIndexHtml: {
			order: 'pre',
			handler: (html, { filename }) =>
				inlineMarked(html, (source) => readFile(path.join(path.dirname(filename), source), 'utf8')),
		},
	};
}

/** `page` is the path of the desktop's page. */
export function fetchDesktopEarly(page: string): Plugin {
	return {
		name: 'vitrine:fetch-desktop-early',
		apply: 'build',
		transformIndexHtml: {
			order: 'post',
			// A page of the tests has no desktop.
			handler: (html, { bundle = {}, filename }) =>
				filename !== page
					? []
					: listDesktopFiles(Object.values(bundle))
							.filter((file) => !html.includes(`/${file}"`))
							.map(toLink),
		},
	};
}

type BuiltFile = Pick<Rolldown.OutputChunk, 'fileName' | 'moduleIds' | 'imports'> & {
	readonly type: 'chunk';
	readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> };
};

/** Names of the scripts and style sheets that the desktop's module needs before it runs. */
export function listDesktopFiles(files: readonly (BuiltFile | { readonly type: 'asset' })[]): string[] {
	const chunks = files.filter((file): file is BuiltFile => file.type === 'chunk');
	const desktop = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(desktopModule)));
	if (desktop === undefined) throw new Error(`The build has no chunk for ${desktopModule}.`);
	const needed = new Set<string>();
	const visit = (chunk: BuiltFile): void => {
		if (needed.has(chunk.fileName)) return;
		needed.add(chunk.fileName);
		for (const sheet of chunk.viteMetadata?.importedCss ?? []) needed.add(sheet);
		for (const name of chunk.imports) {
			const imported = chunks.find(({ fileName }) => fileName === name);
			if (imported !== undefined) visit(imported);
		}
	};
	visit(desktop);
	return [...needed];
}

function toLink(file: string): HtmlTagDescriptor {
	const href = `/${file}`;
	// Both with `crossorigin`, as the chunks ask for them: a preload asked in another way is fetched twice.
	const kind = file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload' };
	const attrs = { ...kind, crossorigin: true, href };
	return { tag: 'link', attrs, injectTo: 'head' };
}

/** Puts the SVG of each marked image in its place, at the size that the image says, and the text of each marked script. */
export async function inlineMarked(html: string, read: (source: string) => Promise<string>): Promise<string> {
	let inlined = html;
	for (const [image, source, width, height] of html.matchAll(inlineImage)) {
		const picture = (await read(source as string))
			.replace(/\s*<title>.*?<\/title>/, '')
			.replace(/ width="\d+" height="\d+"/, ` width="${width}" height="${height}" aria-hidden="true"`);
		inlined = inlined.replace(image, () => picture.trim());
	}
	for (const [script, source] of html.matchAll(inlineScript)) {
		const text = await read(source as string);
		inlined = inlined.replace(script, () => `<script>\n${text}</script>`);
	}
	return inlined;
}
