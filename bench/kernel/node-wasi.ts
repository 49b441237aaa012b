/** Runs a program with `node:wasi` in a new directory of the host. In Node only. */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WASI } from 'node:wasi';
import { type Peer, synchronous } from './peers.ts';

export const openNodeWasi = (): Peer => synchronous(runWithNodeWasi);

function runWithNodeWasi(module: WebAssembly.Module, programArguments: readonly string[]): string {
	const directory = mkdtempSync(path.join(tmpdir(), 'vitrine-node-wasi-'));
	const output = path.join(directory, 'output');
	const stdout = openSync(output, 'w');
	try {
		const wasi = new WASI({
			version: 'preview1',
			args: [...programArguments],
			preopens: { '.': directory },
			stdout,
			stderr: stdout,
		});
		wasi.start(new WebAssembly.Instance(module, wasi.getImportObject() as WebAssembly.Imports));
		return readFileSync(output, 'utf8');
	} finally {
		closeSync(stdout);
		rmSync(directory, { recursive: true });
	}
}
