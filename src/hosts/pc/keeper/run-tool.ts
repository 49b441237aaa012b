/**
 * Runs one of the system's own tools for the keeper.
 *
 * Rules of use: words are arguments as they stand; there is no shell. What is secret goes in by `input`, never as a word,
 * since every process may read the words of every other.
 *
 * Invariants: the tool speaks English and finds the system's own programs only; what it says beyond 1 MiB is dropped.
 */
import { spawn } from 'node:child_process';
import { OsError } from '#abi/errors.ts';

const longestOutput = 1 << 20;

export interface ToolOptions {
	/** Written to its standard input, which is then closed. */
	readonly input?: string | Uint8Array;
	/** Beside what every tool gets. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Ends it with SIGTERM; give none to what must not be left half done. */
	readonly signal?: AbortSignal;
}

export interface ToolEnd {
	/** Its exit status; 128 and more when a signal ended it. */
	readonly status: number;
	readonly output: string;
	/** What it said on standard error. */
	readonly complaint: string;
}

/** Waits for its end, whatever that is. Rejects with ENOENT when there is no such tool, ECANCELED when aborted. */
export function tryTool(name: string, words: readonly string[], options: ToolOptions = {}): Promise<ToolEnd> {
	const { signal } = options;
	if (signal?.aborted) return Promise.reject(new OsError('ECANCELED', name));
	return new Promise((resolve, reject) => {
		const environment = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC', ...options.environment };
		const tool = spawn(name, words, { env: environment, cwd: '/', ...(signal && { signal }) });
		const texts = { output: '', complaint: '' };
		const keep = (which: keyof typeof texts) => (text: string) => {
			if (texts[which].length < longestOutput) texts[which] += text;
		};
		tool.stdout.setEncoding('utf8').on('data', keep('output'));
		tool.stderr.setEncoding('utf8').on('data', keep('complaint'));
		tool.on('error', (error) => reject(describeFailure(name, error)));
		tool.on('close', (code) => resolve({ status: code ?? 128, ...texts }));
		// A tool that ends without having read is judged by its status.
		tool.stdin.on('error', (error) => keep('complaint')(`${error.message}\n`));
		tool.stdin.end(options.input ?? '');
	});
}

/** What it wrote; rejects with EIO and its own words when its status is not 0. */
export async function runTool(name: string, words: readonly string[], options: ToolOptions = {}): Promise<string> {
	const { status, output, complaint } = await tryTool(name, words, options);
	if (status !== 0) throw new OsError('EIO', `${name}: ${complaint.trim() || `status ${status}`}`);
	return output;
}

function describeFailure(name: string, error: NodeJS.ErrnoException): OsError {
	if (error.name === 'AbortError') return new OsError('ECANCELED', name, { cause: error });
	return new OsError(error.code === 'ENOENT' ? 'ENOENT' : 'EIO', name, { cause: error });
}
