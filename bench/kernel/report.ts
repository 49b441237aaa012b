/** Keeps the figures of a run in `docs/kernel-numbers.md`, with a picture of what many processes cost. */
import { writeFile } from 'node:fs/promises';
import { fromRoot } from '../../tools/setup/paths.ts';
import { median, meetsTarget } from '../measurement.ts';
import { drawCrowds } from './crowd-picture.ts';
import { describeMachine } from './machine.ts';
import type { SystemName } from './peers.ts';
import { peersOf, rows, targetOf } from './rows.ts';
import { countsOf, type HostSamples } from './samples.ts';

const picture = 'kernel-processes.svg';

export async function writeReport(samples: readonly HostSamples[]): Promise<void> {
	await writeFile(fromRoot('docs', picture), drawCrowds(samples));
	await writeFile(fromRoot('docs', 'kernel-numbers.md'), await writePage(samples));
}

async function writePage(samples: readonly HostSamples[]): Promise<string> {
	const parts = [
		'<!-- Written by `npm run bench -- kernel --record`. Do not edit. -->',
		'# The kernel in numbers',
		introduction,
		await describeMachine(),
		...samples.flatMap((host) => [`## In ${host.host}`, writeTable(host)]),
		'## Many processes at once',
		crowdText,
		`![What a call costs when many processes write at once](${picture})`,
		...samples.map(writeCrowds),
	];
	return `${parts.join('\n\n')}\n`;
}

const introduction = `The same C programs (\`bench/kernel/programs\`), compiled once for WASI preview 1, run as processes of Vitrine and in
its peers, in one run: \`@wasmer/sdk\` 0.16.0, \`@bjorn3/browser_wasi_shim\` 0.4.2, \`@runno/wasi\` 0.10.0 and \`node:wasi\`.
Vitrine and wasmer have a kernel that outlives a program; the other three are a library inside the program's thread. All keep
their files in memory, but \`node:wasi\`, whose files are the host's. Medians; in brackets how many times better
Vitrine is. A bound is met or not by the median of this run.`;

const crowdText = `So many processes write 64 bytes again and again, all at once, on the cores of this machine: by *asking* the kernel
(appending to one file) and by *keeping* (into a file of their own, which the process does itself). The picture shows the
median time of one call. A tab of Chromium has room for 124 memories of WebAssembly, and Vitrine lets 80 programs run in
it; Node has no such limit.`;

const columns: readonly SystemName[] = ['wasmer', 'bjorn3', 'runno', 'node-wasi'];

function writeTable({ host, systems }: HostSamples): string {
	const peers = columns.filter((name) => systems.has(name));
	const lines = [
		`| | unit | Vitrine | bound | | ${peers.join(' | ')} |`,
		`|---|---|---|---|---|${peers.map(() => '---|').join('')}`,
	];
	for (const row of rows) {
		const samples = systems.get('vitrine')?.get(row.key);
		if (samples === undefined) throw new Error(`${row.key} was not measured in ${host}`);
		const own = median(samples);
		const others = peersOf(row.key, systems);
		const target = targetOf(row, others);
		const bound =
			target === undefined
				? ''
				: target.most === undefined
					? `≥ ${figure(target.least ?? 0)}`
					: `≤ ${figure(target.most)}`;
		const verdict = target === undefined ? '' : meetsTarget({ ...row, samples, target }) ? 'met' : '**not met**';
		const cells = peers.map((name) => writePeer(others[name], own, row.unit));
		lines.push(`| ${[row.title, row.unit, `**${figure(own)}**`, bound, verdict, ...cells].join(' | ')} |`);
	}
	return lines.join('\n');
}

function writePeer(value: number | undefined, own: number, unit: string): string {
	if (value === undefined) return '–';
	return `${figure(value)} (× ${figure(unit === 'MB/s' ? own / value : value / own)})`;
}

function writeCrowds({ host, systems }: HostSamples): string {
	const own = systems.get('vitrine') ?? new Map<string, number[]>();
	const cell = (key: string): string => figure(median(own.get(key) ?? []));
	const lines = [
		`| ${host}: processes | asking: p50 µs | p99 µs | longest µs | calls a second, all | keeping: p50 µs | p99 µs | longest µs | calls a second, all |`,
		'|---|---|---|---|---|---|---|---|---|',
	];
	for (const count of countsOf(own)) {
		const cells = ['ask', 'keep'].flatMap((mode) => [
			...['p50', 'p99', 'max'].map((part) => cell(`${mode}_${count}_${part}`)),
			Math.round(1e6 / median(own.get(`${mode}_${count}_each`) ?? [])).toLocaleString('en-GB'),
		]);
		lines.push(`| ${count} | ${cells.join(' | ')} |`);
	}
	return lines.join('\n');
}

function figure(value: number): string {
	return Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en-GB') : String(Number(value.toPrecision(3)));
}
