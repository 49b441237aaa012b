/**
 * `npm run bench`: every number of the product, as medians of five, beside its target.
 *
 * - `npm run bench -- page drag` measures only those; `--rounds 2` measures less often.
 * - `iso` builds two images and starts virtual PCs, which takes half an hour: it runs only when it is named.
 * - `--record` keeps the peer's live figures in `bench/recorded/`, and those of the kernel in `docs/kernel-numbers.md`.
 *
 * The exit status is 1 when a target is missed, so that a slower commit is noticed.
 */
import { readFile, stat, writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../tools/setup/chromium.ts';
import { fromRoot } from '../tools/setup/paths.ts';
import { getOutput } from '../tools/setup/run-command.ts';
import {
	type Benchmark,
	type BenchmarkContext,
	formatMeasurement,
	type Measurement,
	meetsTarget,
} from './measurement.ts';
import { comparePeer, measurePeer } from './peer.ts';

const sections: readonly { name: string; title: string; onlyWhenNamed?: true }[] = [
	{ name: 'page', title: 'Loading the desktop' },
	{ name: 'explorer', title: 'Explorer' },
	{ name: 'drag', title: 'Windows' },
	{ name: 'volume', title: 'The volume' },
	{ name: 'volume-peers', title: 'The volume beside others in a browser' },
	{ name: 'vault', title: 'The key vault' },
	{ name: 'efs', title: 'Encrypted files beside plain ones' },
	{ name: 'kernel', title: 'The kernel beside other systems for WASI' },
	{ name: 'legacy', title: 'Legacy programs' },
	{ name: 'tour', title: 'Foreign requests' },
	{ name: 'iso', title: 'The image, beside a plain Debian kiosk', onlyWhenNamed: true },
];

async function findBenchmark(name: string): Promise<Benchmark | undefined> {
	const file = fromRoot('bench', `${name}.ts`);
	if ((await stat(file).catch(() => undefined)) === undefined) return undefined;
	const { benchmark } = (await import(pathToFileURL(file).href)) as { benchmark: Benchmark };
	return benchmark;
}

async function describeConditions(): Promise<Record<string, string>> {
	const { version } = JSON.parse(await readFile(fromRoot('package.json'), 'utf8')) as { version: string };
	return {
		vitrine: version,
		chromium: /Chrom\S* [\d.]+/.exec(await getOutput(await ensureChromium(), ['--version']))?.[0] ?? 'unknown',
		machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, no GPU (software rendering)`,
		load: loadavg()
			.map((value) => value.toFixed(1))
			.join(' '),
	};
}

async function main(): Promise<boolean> {
	const { values, positionals } = parseArgs({
		allowPositionals: true,
		options: { rounds: { type: 'string', default: '5' }, record: { type: 'boolean', default: false } },
	});
	const context: BenchmarkContext = {
		rounds: Number(values.rounds),
		record: values.record,
		say: (words) => process.stderr.write(`  … ${words}\n`),
	};
	const conditions = await describeConditions();
	for (const [name, text] of Object.entries(conditions)) console.log(`${name}: ${text}`);
	const chosen = sections.filter(({ name, onlyWhenNamed }) =>
		positionals.length === 0 ? onlyWhenNamed !== true : positionals.includes(name),
	);
	let met = true;
	for (const section of chosen) {
		const measurements = await tryRunSection(section, context);
		met &&= measurements?.every((measurement) => meetsTarget(measurement) !== false) ?? false;
		if (measurements === undefined) continue;
		if (section.name === 'page') await runPeer(measurements, context, { conditions, record: values.record });
	}
	return met;
}

/** A section that fails is told, and the others still run. */
async function tryRunSection(
	section: { name: string; title: string },
	context: BenchmarkContext,
): Promise<Measurement[] | undefined> {
	try {
		return await runSection(section, context);
	} catch (error) {
		console.log(`\n${section.title}\n  FAILED: ${describeFailure(error)}`);
		return undefined;
	}
}

/** Of a failure that was followed by another one while things were closed, the first counts. */
function describeFailure(error: unknown): string {
	if (error instanceof SuppressedError)
		return `${describeFailure(error.suppressed)} (and then: ${describeFailure(error.error)})`;
	return error instanceof Error ? error.message : String(error);
}

async function runSection(
	{ name, title }: { name: string; title: string },
	context: BenchmarkContext,
): Promise<Measurement[]> {
	const benchmark = await findBenchmark(name);
	if (benchmark === undefined) return [];
	const measurements = await benchmark(context);
	console.log(`\n${title}`);
	for (const measurement of measurements) console.log(formatMeasurement(measurement));
	return measurements;
}

async function runPeer(
	own: readonly Measurement[],
	context: BenchmarkContext,
	options: { conditions: Readonly<Record<string, string>>; record: boolean },
): Promise<void> {
	const run = await measurePeer(context, options.conditions);
	if (run === undefined) return;
	console.log(`\nBeside ${run.peer}, ours : theirs (its run: ${Object.values(run.conditions).join('; ')})`);
	for (const line of comparePeer(own, run)) console.log(line);
	if (options.record && process.env.VITRINE_DAEDALOS !== undefined)
		await writeFile(fromRoot('bench', 'recorded', 'daedalos.json'), `${JSON.stringify(run, undefined, '\t')}\n`);
}

process.exitCode = (await main()) ? 0 : 1;
