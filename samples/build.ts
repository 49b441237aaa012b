/**
 * Assembles the samples and lists them in `index.json`: `[{ path, url }]`, where `path` is the place on the volume that
 * the first start gives them and `url` the file on the web host.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureDebianPackage } from '../tools/setup/debian-packages.ts';
import { fromRoot } from '../tools/setup/paths.ts';
import { getOutput, runCommand } from '../tools/setup/run-command.ts';
import { makeFloppyImage } from './floppy-image.ts';

interface Sample {
	/** Below `/Programs/Samples` on the volume. */
	readonly path: string;
	/** Below `samples/` on the web host. */
	readonly file: string;
	readonly bytes: Uint8Array;
}

export async function buildSamples(directory: string): Promise<void> {
	const samples = await makeSamples();
	for (const sample of samples) {
		const file = path.join(directory, sample.file);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, sample.bytes);
	}
	const index = samples.map((sample) => ({ path: `/Programs/Samples/${sample.path}`, url: `samples/${sample.file}` }));
	await writeFile(path.join(directory, 'index.json'), `${JSON.stringify(index, undefined, '\t')}\n`);
}

export async function makeSamples(): Promise<Sample[]> {
	const nasm = await findAssembler();
	const [lathe, boot, system] = await Promise.all(
		['lathe/lathe.asm', 'floppy/boot.asm', 'floppy/system.asm'].map((source) => assemble(nasm, source)),
	);
	if (lathe === undefined || boot === undefined || system === undefined) throw new Error('A sample is missing.');
	const floppyReadme = await dosText('floppy/README.TXT');
	return [
		{ path: 'LATHE/LATHE.COM', file: 'lathe.com', bytes: lathe },
		{ path: 'LATHE/README.TXT', file: 'lathe-readme.txt', bytes: await dosText('lathe/README.TXT') },
		{
			path: 'Sample floppy.img',
			file: 'floppy.img',
			bytes: makeFloppyImage(boot, system, [{ name: 'README.TXT', bytes: floppyReadme }]),
		},
	];
}

async function findAssembler(): Promise<string> {
	const installed = await runCommand('nasm', ['-v']);
	if (installed.status === 0) return 'nasm';
	return path.join(await ensureDebianPackage('nasm'), 'usr', 'bin', 'nasm');
}

export async function assemble(nasm: string, source: string): Promise<Uint8Array> {
	const directory = await mkdtemp(path.join(tmpdir(), 'vitrine-samples-'));
	try {
		const output = path.join(directory, 'output.bin');
		await getOutput(nasm, ['-f', 'bin', '-o', output, fromRoot('samples', source)]);
		return await readFile(output);
	} finally {
		await rm(directory, { recursive: true, force: true });
	}
}

/** Text with the line ends that DOS programs expect. */
async function dosText(source: string): Promise<Uint8Array> {
	const text = await readFile(fromRoot('samples', source), 'utf8');
	return new TextEncoder().encode(text.replaceAll(/\r?\n/g, '\r\n'));
}
