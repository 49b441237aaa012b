/**
 * Serves the built site on loopback, to this machine alone.
 *
 * Rules of use:
 * - `startStaticServer` listens on 127.0.0.1 and ::1; `close` ends both at once, with the connections that are open.
 * - Only GET and HEAD are answered, and no answer depends on anything but the path: the server holds no state. A host
 *   that serves more than the site gives an `EarlierAnswer`.
 *
 * Invariants:
 * - A request whose `Host` is not this machine's own name is refused, so that a foreign page which points its name
 *   at 127.0.0.1 (DNS rebinding) gets nothing.
 * - The page is answered at one origin only. `127.0.0.1` and `[::1]` lead to `localhost`, because a person's files
 *   belong to the origin and would seem to be gone at another.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeSecurityHeaders } from './security-headers.ts';
import type { ContentCoding, StaticFile, StaticSite } from './static-site.ts';

export interface StaticServer {
	readonly port: number;
	/** `http://localhost:PORT/` */
	readonly url: string;
	close(): Promise<void>;
}

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Offered every request that names this machine, before the site is asked; `true` when it has answered. */
export type EarlierAnswer = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Starts listening; `port` 0 takes a free one. Rejects with the system's error (`EADDRINUSE`, …). */
export async function startStaticServer(
	site: StaticSite,
	port: number,
	earlier: EarlierAnswer = () => false,
): Promise<StaticServer> {
	const first = createServer();
	await listen(first, port, '127.0.0.1');
	const chosen = (first.address() as AddressInfo).port;
	const second = createServer();
	const servers = [first, second];
	try {
		await listen(second, chosen, '::1');
	} catch (error) {
		servers.pop();
		// A machine without IPv6 is served on 127.0.0.1 alone.
		if (!['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes((error as NodeJS.ErrnoException).code ?? '')) {
			await closeAll(servers);
			throw error;
		}
	}
	const headers = new Headers(makeSecurityHeaders(site.inlineScriptHashes));
	for (const server of servers) {
		server.on('request', (request, response) => {
			response.setHeaders(headers);
			answer({ site, port: chosen, earlier }, request, response);
		});
	}
	return { port: chosen, url: `http://localhost:${chosen}/`, close: () => closeAll(servers) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({ port, host, exclusive: true }, () => {
			server.off('error', reject);
			resolve();
		});
	});
}

async function closeAll(servers: readonly Server[]): Promise<void> {
	await Promise.all(
		servers.map((server) => {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			server.closeAllConnections();
			return closed;
		}),
	);
}

interface Service {
	readonly site: StaticSite;
	readonly port: number;
	readonly earlier: EarlierAnswer;
}

function answer({ site, port, earlier }: Service, request: IncomingMessage, response: ServerResponse): void {
	// A browser leaves out the port that is the usual one.
	const named = request.headers.host ?? '';
	const host = port === 80 && !/:\d+$/.test(named) ? `${named}:80` : named;
	const urlPath = (request.url ?? '/').split('?', 1)[0] as string;
	if (!loopbackNames.some((name) => host === `${name}:${port}`)) {
		refuse(response, 403, 'Vitrine answers only to this computer by its own name.');
	} else if (earlier(request, response)) {
		// Answered by who serves more than the site.
	} else if (request.method !== 'GET' && request.method !== 'HEAD') {
		response.setHeader('allow', 'GET, HEAD');
		refuse(response, 405, 'Only GET and HEAD are answered here.');
	} else if (urlPath === '/' && host !== `localhost:${port}`) {
		response.setHeader('location', `http://localhost:${port}/`);
		refuse(response, 307, 'Vitrine is at localhost.');
	} else {
		const file = site.find(urlPath);
		if (file === undefined) refuse(response, 404, 'There is nothing at this address.');
		else sendFile(file, request, response);
	}
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
	response.setHeader('content-type', 'text/plain; charset=utf-8');
	response.setHeader('cache-control', 'no-store');
	response.writeHead(status).end(`${sentence}\n`);
}

function sendFile(file: StaticFile, request: IncomingMessage, response: ServerResponse): void {
	response.setHeader('content-type', file.mediaType);
	response.setHeader('cache-control', file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
	response.setHeader('etag', file.entityTag);
	response.setHeader('accept-ranges', 'bytes');
	if (file.encoded.size > 0) response.setHeader('vary', 'accept-encoding');
	if (matchesTag(request.headers['if-none-match'], file.entityTag)) {
		response.writeHead(304).end();
		return;
	}
	const range = request.headers.range;
	// `If-Range` asks for a strong tag, which ours are not: such a request is answered whole.
	if (range !== undefined && request.headers['if-range'] === undefined) {
		sendRange(file, range, request, response);
		return;
	}
	const coding = chooseCoding(file, request.headers['accept-encoding']);
	if (coding !== undefined) response.setHeader('content-encoding', coding);
	send(response, request, 200, coding === undefined ? file.content : (file.encoded.get(coding) as Buffer));
}

function send(response: ServerResponse, request: IncomingMessage, status: number, body: Buffer): void {
	response.setHeader('content-length', body.length);
	response.writeHead(status);
	response.end(request.method === 'HEAD' ? undefined : body);
}

function matchesTag(header: string | undefined, tag: string): boolean {
	if (header === undefined) return false;
	return header.split(',').some((candidate) => [tag, tag.replace(/^W\//, ''), '*'].includes(candidate.trim()));
}

/** The best form that the client accepts, by RFC 9110: a coding with `q=0` is refused. */
export function chooseCoding(
	file: Pick<StaticFile, 'encoded'>,
	acceptEncoding: string | string[] | undefined,
): ContentCoding | undefined {
	const accepted = new Set(
		String(acceptEncoding ?? '')
			.split(',')
			.map((part) => part.trim().split(/\s*;\s*/))
			.filter(([, weight]) => !/^q=0(\.0*)?$/.test(weight ?? ''))
			.map(([name]) => name),
	);
	return (['br', 'gzip'] as const).find((coding) => accepted.has(coding) && file.encoded.has(coding));
}

/** One range, as media and disk readers ask; a list of ranges is answered whole, as RFC 9110 allows. */
function sendRange(file: StaticFile, range: string, request: IncomingMessage, response: ServerResponse): void {
	const size = file.content.length;
	const parsed = parseRange(range, size);
	if (parsed === 'whole') {
		send(response, request, 200, file.content);
	} else if (parsed === 'unsatisfiable') {
		response.setHeader('content-range', `bytes */${size}`);
		refuse(response, 416, 'The file is shorter than that.');
	} else {
		response.setHeader('content-range', `bytes ${parsed.start}-${parsed.end}/${size}`);
		send(response, request, 206, file.content.subarray(parsed.start, parsed.end + 1));
	}
}

/** Reads `bytes=a-b`, `bytes=a-` and `bytes=-n`; `end` is inclusive. */
export function parseRange(range: string, size: number): { start: number; end: number } | 'whole' | 'unsatisfiable' {
	const match = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
	if (match === null) return 'whole';
	const [, first = '', last = ''] = match;
	if (first === '' && last === '') return 'whole';
	if (first === '') {
		const length = Math.min(Number(last), size);
		return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
	}
	const start = Number(first);
	const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
	if (last !== '' && Number(last) < start) return 'whole';
	return start >= size ? 'unsatisfiable' : { start, end };
}
