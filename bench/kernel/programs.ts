/** The C programs of `programs/`, compiled for WASI: the same bytes for us and for every peer. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../../tools/setup/paths.ts';
import { getOutput, runCommand } from '../../tools/setup/run-command.ts';
import type { Programs } from './figures.ts';

const sources = path.join(import.meta.dirname, 'programs');
const store = path.join(cacheDirectory, 'kernel-bench');
const target = ['--target=wasm32-wasi', '--sysroot=/usr'];
const packages = ['clang', 'lld', 'wasi-libc', 'libclang-rt-14-dev-wasm32'];

/** Compiles what is older than its source. Needs clang with the C library for WASI; as root it installs them. */
export async function buildPrograms(): Promise<Programs> {
	await mkdir(store, { recursive: true });
	const [files, pipe, start, writers] = await Promise.all(['files', 'pipe', 'start', 'writers'].map(build));
	return { files, pipe, start, writers } as Programs;
}

async function build(name: string): Promise<Uint8Array<ArrayBuffer>> {
	const source = path.join(sources, `${name}.c`);
	const program = path.join(store, `${name}.wasm`);
	if (!(await isNewer(program, source))) await compile(source, program);
	return new Uint8Array(await readFile(program));
}

async function isNewer(one: string, other: string): Promise<boolean> {
	const made = await stat(one).catch(() => undefined);
	return made !== undefined && made.mtimeMs > (await stat(other)).mtimeMs;
}

async function compile(source: string, program: string): Promise<void> {
	const options = [...target, '-O2', source, '-o', program];
	const { status, output } = await runCommand('clang', options);
	if (status === 0) return;
	await installCompiler(output);
	await getOutput('clang', options);
}

let installing: Promise<void> | undefined;

/** As root it can be done without asking; otherwise the person is told how. */
async function installCompiler(reason: string): Promise<void> {
	if (process.getuid?.() !== 0)
		throw new Error(
			'The programs of this benchmark are compiled from C, and that failed. Install the compiler ' +
				`(sudo apt-get install ${packages.join(' ')}); then run this again.\n${reason.trim()}`,
		);
	const environment = { DEBIAN_FRONTEND: 'noninteractive' };
	installing ??= (async () => {
		await runCommand('apt-get', ['update', '-q']);
		await getOutput('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { environment });
	})();
	await installing;
}
