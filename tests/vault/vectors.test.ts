/**
 * Test vectors of the cryptography that the vault uses, in Node and in Chromium.
 *
 * Those of the RFCs stand here. Those of Wycheproof and of age's test kit are read from the folder that VITRINE_VECTORS
 * names; without it they are left out, and it is said. `npm run vectors` asks for them.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { fromRoot } from '../../tools/setup/paths.ts';
import { launchBrowser } from '../browser/browser.ts';
import { buildVaultPage } from './build-vault-page.ts';
import { checkOwnVectors, checkVectorFiles } from './vectors/check-vectors.ts';
import type { VectorReport } from './vectors/vector-report.ts';
import { judge, lacking } from './vectors/vector-report.ts';
import { checkWycheproof } from './vectors/wycheproof.ts';

/** Put into the page by `page/page.ts`. */
declare const checkVectors: (files: readonly (readonly [name: string, base64: string])[]) => Promise<VectorReport[]>;

const folder = process.env.VITRINE_VECTORS ?? fromRoot('..', 'shared', 'data');
const longMs = 600_000;

async function readVectors(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
	const files = new Map<string, Uint8Array<ArrayBuffer>>();
	for (const part of ['wycheproof', 'age-testkit'])
		for (const name of await readdir(path.join(folder, part)).catch(() => []))
			files.set(`${part}/${name}`, new Uint8Array(await readFile(path.join(folder, part, name))));
	return files;
}

function demandAll(context: TestContext, host: 'Node' | 'Chromium', reports: readonly VectorReport[]): void {
	for (const { title, passed, skipped } of reports) {
		const left = skipped.map(([reason, count]) => `, ${count} left out: ${reason}`).join('');
		context.diagnostic(`${title}: ${passed} passed${left}`);
	}
	assert.deepEqual(
		reports.flatMap(({ title, failures }) => failures.map((failure) => `${title}: ${failure}`)),
		[],
	);
	// Chromium has ChaCha20-Poly1305 since one of its newest versions; the Node of the project has all of them.
	const isLeftOut = ({ skipped }: VectorReport) =>
		host === 'Chromium' && skipped.some(([why]) => why.includes(lacking));
	const unchecked = reports.filter((report) => report.passed === 0 && !isLeftOut(report));
	assert.deepEqual(
		unchecked.map(({ title }) => title),
		[],
	);
}

const files = await readVectors();
const without = files.size === 0 ? `there are no vectors in ${folder}; set VITRINE_VECTORS` : false;

suite('Vectors in Node', { timeout: longMs }, () => {
	test('of the RFCs', async (context) => demandAll(context, 'Node', await checkOwnVectors()));

	test('of Wycheproof and the age test kit', { skip: without }, async (context) =>
		demandAll(context, 'Node', await checkVectorFiles(files)),
	);

	test('are held to: a wrong one is found (planted)', async () => {
		const key = '4a656665';
		const vector = { tcId: 1, key, msg: '00', tag: '00'.repeat(32) };
		const plant = (result: string, tag = vector.tag): Promise<VectorReport> => {
			const testGroups = [{ tests: [{ ...vector, result, tag }] }];
			return checkWycheproof('hmac_sha256_test', JSON.stringify({ testGroups }));
		};
		assert.equal((await plant('valid')).failures.length, 1);
		assert.equal((await plant('invalid')).passed, 1);
		assert.equal((await plant('invalid', '')).failures.length, 1);
		assert.equal((await judge('that throws', [1], () => Promise.reject(new Error('no')))).failures.length, 1);
	});
});

suite('Vectors in Chromium', { timeout: longMs }, () => {
	let directory: string;
	let server: Awaited<ReturnType<typeof startStaticServer>>;
	before(async () => {
		directory = await mkdtemp(path.join(tmpdir(), 'vitrine-vectors-'));
		server = await startStaticServer(await buildVaultPage(directory), 0);
	});
	after(async () => {
		await server.close();
		await rm(directory, { recursive: true, force: true });
	});

	test('of the RFCs, of Wycheproof and of the age test kit', async (context) => {
		if (without !== false) context.diagnostic(`Those of the RFCs alone: ${without}`);
		await using browser = await launchBrowser();
		const page = await browser.newPage();
		await page.goto(server.url);
		await page.waitForFunction(() => 'checkVectors' in globalThis);
		const given = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')] as const);
		const reports = await page.evaluate((all) => checkVectors(all), given);
		demandAll(context, 'Chromium', reports);
	});
});
