/**
 * A built web site in memory: every file with its precompressed forms.
 *
 * Rules of use:
 * - Read once at start. A build that replaces the directory later changes nothing for a server that runs.
 * - `find` takes the path of a URL. Only names that were read can be found, so no path leads out of the directory.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export type ContentCoding = 'br' | 'gzip';

export interface StaticFile {
	readonly mediaType: string;
	/** Whether the name changes with the content, so that it may be kept for ever. */
	readonly immutable: boolean;
	/** Weak, because the compressed forms share it. */
	readonly entityTag: string;
	readonly content: Buffer;
	readonly encoded: ReadonlyMap<ContentCoding, Buffer>;
}

const mediaTypes: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.webmanifest': 'application/manifest+json; charset=utf-8',
	'.txt': 'text/plain; charset=utf-8',
	'.md': 'text/plain; charset=utf-8',
	'.wasm': 'application/wasm',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.jpg': 'image/jpeg',
	'.webp': 'image/webp',
	'.avif': 'image/avif',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
};

const codingSuffixes: ReadonlyMap<string, ContentCoding> = new Map([
	['.br', 'br'],
	['.gz', 'gzip'],
]);

function mediaTypeOf(name: string): string {
	return mediaTypes[path.extname(name).toLowerCase()] ?? 'application/octet-stream';
}

/** Splits `app.js.br` into the file it stands for and its coding. */
function splitCoding(name: string): { original: string; coding: ContentCoding } | undefined {
	const coding = codingSuffixes.get(path.extname(name));
	return coding === undefined ? undefined : { original: name.slice(0, -3), coding };
}

async function readAll(directory: string): Promise<Map<string, Buffer>> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true });
	const contents = new Map<string, Buffer>();
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const file = path.join(entry.parentPath, entry.name);
		contents.set(`/${path.relative(directory, file).split(path.sep).join('/')}`, await readFile(file));
	}
	return contents;
}

export class StaticSite {
	readonly #files = new Map<string, StaticFile>();
	/** Sources for `script-src` that allow the scripts written in the page, and no others (CSP 3, 2.3.1). */
	readonly inlineScriptHashes: string[] = [];

	/** Fails when `directory` has no `index.html`. */
	static async read(directory: string): Promise<StaticSite> {
		const site = new StaticSite();
		site.#fill(await readAll(directory));
		const page = site.find('/');
		if (page === undefined) throw new Error(`There is no page in ${directory}; run \`npm run build\`.`);
		for (const [, text] of page.content.toString('utf8').matchAll(/<script>([\s\S]*?)<\/script>/g)) {
			site.inlineScriptHashes.push(
				`'sha256-${createHash('sha256')
					.update(text as string)
					.digest('base64')}'`,
			);
		}
		return site;
	}

	/** The file for a URL's path (percent-encoded, without the query); `/` is the page. */
	find(urlPath: string): StaticFile | undefined {
		let name: string;
		try {
			name = decodeURIComponent(urlPath);
		} catch {
			// Not percent-encoded text, so it names none of our files.
			return undefined;
		}
		return this.#files.get(name === '/' ? '/index.html' : name);
	}

	#fill(contents: ReadonlyMap<string, Buffer>): void {
		for (const [name, content] of contents) {
			const split = splitCoding(name);
			if (split !== undefined && contents.has(split.original)) continue;
			const encoded = new Map<ContentCoding, Buffer>();
			for (const [suffix, coding] of codingSuffixes) {
				const form = contents.get(name + suffix);
				if (form !== undefined) encoded.set(coding, form);
			}
			this.#files.set(name, {
				mediaType: mediaTypeOf(name),
				immutable: name.startsWith('/assets/'),
				entityTag: `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
				content,
				encoded,
			});
		}
	}
}
