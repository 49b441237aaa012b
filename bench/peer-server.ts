/**
 * Serves another desktop's static output as a plain web server does: gzip, conditional requests, nothing clever.
 *
 * Rules of use: for measuring only. It compresses each file once, in memory, at the usual level 6.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PeerServer extends AsyncDisposable {
	readonly url: string;
}

interface PeerFile {
	readonly type: string;
	readonly tag: string;
	readonly plain: Buffer;
	readonly zipped: Buffer | undefined;
}

const types: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript',
	'.mjs': 'text/javascript',
	'.css': 'text/css',
	'.json': 'application/json',
	'.wasm': 'application/wasm',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.webp': 'image/webp',
	'.avif': 'image/avif',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
};
const isolation = {
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-embedder-policy': 'require-corp',
};
const zips = /\.(html|js|css|json|svg|wasm|txt|xml)$/;

/** `isolated`: its pages may share memory with their Workers. */
export async function startPeerServer(directory: string, { isolated = false } = {}): Promise<PeerServer> {
	const root = path.resolve(directory);
	const files = new Map<string, Promise<PeerFile | undefined>>();
	const server = createServer((request, response) => {
		const urlPath = decodeURIComponent((request.url ?? '/').split('?', 1)[0] ?? '/');
		const file = path.join(root, urlPath.endsWith('/') ? `${urlPath}index.html` : urlPath);
		const content = files.get(file) ?? readPeerFile(root, file);
		files.set(file, content);
		if (isolated) response.setHeaders(new Map(Object.entries(isolation)));
		void content.then((found) => answer(found, request, response));
	});
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://localhost:${port}/`,
		async [Symbol.asyncDispose]() {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}

async function readPeerFile(root: string, file: string): Promise<PeerFile | undefined> {
	if (!file.startsWith(root + path.sep)) return undefined;
	const plain = await readFile(file).catch(() => undefined);
	if (plain === undefined) return undefined;
	const extension = path.extname(file);
	return {
		type: types[extension] ?? 'application/octet-stream',
		tag: `"${createHash('sha256').update(plain).digest('hex').slice(0, 16)}"`,
		plain,
		zipped: zips.test(file) ? gzipSync(plain) : undefined,
	};
}

function answer(file: PeerFile | undefined, request: IncomingMessage, response: ServerResponse): void {
	if (file === undefined) {
		response.writeHead(404).end();
		return;
	}
	response.setHeader('content-type', file.type);
	response.setHeader('etag', file.tag);
	response.setHeader(
		'cache-control',
		request.url?.includes('/_next/static/') ? 'max-age=31536000, immutable' : 'no-cache',
	);
	if (request.headers['if-none-match'] === file.tag) {
		response.writeHead(304).end();
		return;
	}
	const body = file.zipped ?? file.plain;
	if (file.zipped !== undefined) response.setHeader('content-encoding', 'gzip');
	response.setHeader('content-length', body.length);
	response.writeHead(200).end(body);
}
