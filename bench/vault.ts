/** The key vault from the thread that waits for it: in Node, and in a Worker of Chromium. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeVault } from '#hosts/node/make-vault.ts';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { launchBrowser } from '../tests/browser/browser.ts';
import { buildVaultPage } from '../tests/vault/build-vault-page.ts';
import { measureVault, type VaultFigures } from '../tests/vault/measure-vault.ts';
import { type Benchmark, type BenchmarkContext, type Measurement, measureRounds } from './measurement.ts';

/** Put into the page by `tests/vault/page/page.ts`. */
declare const askVault: (task: 'measure') => Promise<VaultFigures>;

const measured: readonly (Omit<Measurement, 'samples'> & { key: keyof VaultFigures })[] = [
	{ key: 'crossingMicroseconds', title: 'a question and its answer', unit: 'µs', target: { most: 60 } },
	{ key: 'macMicroseconds', title: 'the MAC of a header', unit: 'µs' },
	{ key: 'sealOneMicroseconds', title: 'seal one chunk of 16 KiB', unit: 'µs' },
	{ key: 'openOneMicroseconds', title: 'open one chunk of 16 KiB', unit: 'µs' },
	{ key: 'sealMegabytes', title: 'seal batches of 8 MiB', unit: 'MB/s', target: { least: 800 } },
	{ key: 'openMegabytes', title: 'open batches of 8 MiB', unit: 'MB/s', target: { least: 800 } },
	{ key: 'webCryptoMegabytes', title: 'the same by WebCrypto alone', unit: 'MB/s' },
	{ key: 'share', title: 'the vault as a part of that', unit: '×', target: { least: 0.6 } },
	{ key: 'wrapMicroseconds', title: 'a file key for one person more', unit: 'µs', target: { most: 5000 } },
	{ key: 'unwrapMicroseconds', title: 'open a file key', unit: 'µs' },
	{ key: 'logonMs', title: 'a logon by password', unit: 'ms', target: { most: 1000 } },
];

export const benchmark: Benchmark = async (context) => [
	...(await measureHost(context, 'Node', async () => {
		const vault = makeVault();
		return await measureVault(vault).finally(() => vault.close());
	})),
	...(await measureChromium(context)),
];

async function measureChromium(context: BenchmarkContext): Promise<Measurement[]> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-vault-bench-'));
	try {
		const server = await startStaticServer(await buildVaultPage(directory), 0);
		try {
			return await measureHost(context, 'Chromium', async () => {
				await using browser = await launchBrowser();
				const page = await browser.newPage();
				await page.goto(server.url);
				await page.waitForFunction(() => 'askVault' in globalThis);
				return await page.evaluate(() => askVault('measure'));
			});
		} finally {
			await server.close();
		}
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

async function measureHost(
	context: BenchmarkContext,
	host: string,
	measure: () => Promise<VaultFigures>,
): Promise<Measurement[]> {
	const samples = await measureRounds(context, (round) => {
		context.say(`vault in ${host}, ${round + 1} of ${context.rounds}`);
		return measure().then((figures) => ({ ...figures }));
	});
	return measured.map(({ key, title, ...measurement }) => ({
		...measurement,
		title: `Vault, ${host}: ${title}`,
		samples: samples.get(key) ?? [],
	}));
}
