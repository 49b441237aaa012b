import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { chooseCoding, parseRange, type StaticServer, startStaticServer } from './static-server.ts';
import { StaticSite } from './static-site.ts';

const pageScript = '\ndocument.title += 1;\n';
const page = `<!doctype html><title>Vitrine</title><script>${pageScript}</script><script src="a.js"></script>`;
const script = `export const text = '${'glass '.repeat(100)}';`;
let directory = '';
let server: StaticServer;

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

interface Question {
	readonly method?: string;
	readonly host?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly address?: string;
}

/** Asks without cleaning the path, as a hostile client does. */
function ask(urlPath: string, question: Question = {}): Promise<Answer> {
	const { method = 'GET', host = `localhost:${server.port}`, headers = {}, address = '127.0.0.1' } = question;
	return new Promise((resolve, reject) => {
		const asked = request(
			{ host: address, port: server.port, path: urlPath, method, headers: { ...headers, host }, agent: false },
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('end', () =>
					resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
				);
			},
		);
		asked.on('error', reject);
		asked.end();
	});
}

before(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'vitrine-site-'));
	const site = path.join(directory, 'site');
	await mkdir(path.join(site, 'assets'), { recursive: true });
	await writeFile(path.join(directory, 'secret.txt'), 'secret');
	await writeFile(path.join(site, 'index.html'), page);
	await writeFile(path.join(site, 'assets', 'app-1a2b.js'), script);
	await writeFile(path.join(site, 'assets', 'app-1a2b.js.br'), brotliCompressSync(script));
	await writeFile(path.join(site, 'disk.img'), Buffer.from(Array.from({ length: 256 }, (_, index) => index)));
	server = await startStaticServer(await StaticSite.read(site), 0);
});

after(async () => {
	await server.close();
	await rm(directory, { recursive: true, force: true });
});

suite('The static server answers', () => {
	test('the page, to be asked for anew each time', async () => {
		const { status, headers, body } = await ask('/');
		assert.equal(status, 200);
		assert.equal(body.toString(), page);
		assert.equal(headers['content-type'], 'text/html; charset=utf-8');
		assert.equal(headers['cache-control'], 'no-cache');
	});

	test('hashed assets, to be kept for ever, in the form that the client takes', async () => {
		const { headers, body } = await ask('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } });
		assert.equal(headers['content-encoding'], 'br');
		assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
		assert.equal(headers.vary, 'accept-encoding');
		assert.equal(brotliDecompressSync(body).toString(), script);
		const plain = await ask('/assets/app-1a2b.js');
		assert.equal(plain.headers['content-encoding'], undefined);
		assert.equal(plain.body.toString(), script);
	});

	test('304 when the client has the file', async () => {
		const { headers } = await ask('/');
		const again = await ask('/', { headers: { 'if-none-match': headers.etag ?? '' } });
		assert.equal(again.status, 304);
		assert.equal(again.body.length, 0);
		assert.equal((await ask('/', { headers: { 'if-none-match': '"other"' } })).status, 200);
	});

	test('HEAD with the headers alone', async () => {
		const { status, headers, body } = await ask('/disk.img', { method: 'HEAD' });
		assert.deepEqual([status, headers['content-length'], body.length], [200, '256', 0]);
	});

	test('a range of bytes', async () => {
		const { status, headers, body } = await ask('/disk.img', { headers: { range: 'bytes=10-13' } });
		assert.equal(status, 206);
		assert.equal(headers['content-range'], 'bytes 10-13/256');
		assert.deepEqual([...body], [10, 11, 12, 13]);
		const beyond = await ask('/disk.img', { headers: { range: 'bytes=256-' } });
		assert.deepEqual([beyond.status, beyond.headers['content-range']], [416, 'bytes */256']);
	});

	test('on IPv6 as well', async () => {
		assert.equal((await ask('/', { address: '::1' })).status, 200);
	});

	test('with every security header, on refusals too', async () => {
		for (const answer of [await ask('/'), await ask('/nothing'), await ask('/', { host: 'evil.example' })]) {
			assert.match(String(answer.headers['content-security-policy']), /^default-src 'none'; /);
			const hash = createHash('sha256').update(pageScript).digest('base64');
			const scripts = `script-src 'self' blob: 'wasm-unsafe-eval' 'sha256-${hash}'; `;
			assert.ok(String(answer.headers['content-security-policy']).includes(scripts));
			assert.equal(answer.headers['connection-allowlist'], '(response-origin)');
			assert.equal(answer.headers['cross-origin-opener-policy'], 'same-origin');
			assert.equal(answer.headers['cross-origin-embedder-policy'], 'require-corp');
			assert.equal(answer.headers['cross-origin-resource-policy'], 'same-origin');
			assert.equal(answer.headers['x-content-type-options'], 'nosniff');
			assert.match(String(answer.headers['permissions-policy']), /camera=\(\)/);
			assert.equal(answer.headers['access-control-allow-origin'], undefined);
		}
	});
});

suite('The static server refuses', () => {
	test('a name that is not this computer (DNS rebinding)', async () => {
		for (const host of [
			'evil.example',
			`evil.example:${server.port}`,
			'localhost',
			'localhost:1',
			`localhost.evil:${server.port}`,
		])
			assert.equal((await ask('/', { host })).status, 403, host);
	});

	test('to show the page at a second origin, where the files would seem gone', async () => {
		const { status, headers } = await ask('/', { host: `127.0.0.1:${server.port}` });
		assert.deepEqual([status, headers.location], [307, `http://localhost:${server.port}/`]);
	});

	test('everything but GET and HEAD', async () => {
		for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
			assert.equal((await ask('/', { method })).status, 405, method);
	});

	test('paths that lead out of the site', async () => {
		for (const urlPath of [
			'/../secret.txt',
			'/%2e%2e/secret.txt',
			'/..%2fsecret.txt',
			'/assets/../../secret.txt',
			'/%00',
			'/%ff',
			'//secret.txt',
			'/..\\secret.txt',
			'/__proto__',
		])
			assert.equal((await ask(urlPath)).status, 404, urlPath);
	});

	test('nothing but loopback reaches it', async () => {
		const { networkInterfaces } = await import('node:os');
		const foreign = Object.values(networkInterfaces())
			.flat()
			.filter((address) => address !== undefined && !address.internal && address.family === 'IPv4');
		for (const address of foreign) {
			const failed = await new Promise<boolean>((resolve) => {
				const socket = connect(server.port, address?.address ?? '');
				socket.once('error', () => resolve(true));
				socket.once('connect', () => socket.destroy() && resolve(false));
			});
			assert.ok(failed, address?.address);
		}
		await assert.rejects(startStaticServer({ find: () => undefined } as never, server.port), { code: 'EADDRINUSE' });
	});
});

suite('The headers of a request are read as RFC 9110 says:', () => {
	test('ranges', () => {
		assert.deepEqual(parseRange('bytes=0-', 10), { start: 0, end: 9 });
		assert.deepEqual(parseRange('bytes=5-100', 10), { start: 5, end: 9 });
		assert.deepEqual(parseRange('bytes=-3', 10), { start: 7, end: 9 });
		assert.deepEqual(parseRange('bytes=-300', 10), { start: 0, end: 9 });
		assert.equal(parseRange('bytes=10-', 10), 'unsatisfiable');
		assert.equal(parseRange('bytes=-0', 10), 'unsatisfiable');
		for (const text of ['bytes=5-2', 'bytes=-', 'bytes=0-1,3-4', 'lines=0-1', ''])
			assert.equal(parseRange(text, 10), 'whole', text);
	});

	test('content codings', () => {
		const file = {
			encoded: new Map([
				['br', Buffer.alloc(1)],
				['gzip', Buffer.alloc(1)],
			] as const),
		};
		assert.equal(chooseCoding(file, 'gzip, deflate, br'), 'br');
		assert.equal(chooseCoding(file, 'br;q=0, gzip;q=0.5'), 'gzip');
		assert.equal(chooseCoding(file, 'identity'), undefined);
		assert.equal(chooseCoding(file, undefined), undefined);
		assert.equal(chooseCoding({ encoded: new Map() }, 'br'), undefined);
	});
});
