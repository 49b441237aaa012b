/** Runs test files with Node's own runner and tells what came of them: one line a file, the failures in full. */
import path from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { fromRoot } from './setup/paths.ts';

export interface TestCounts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

/** A file that takes longer has hung. */
const fileTimeoutMs = 15 * 60_000;

interface Summary {
	readonly file: string | undefined;
	readonly counts: { passed: number; failed: number; cancelled: number; skipped: number; todo: number };
	readonly duration_ms: number;
}

interface Failure {
	readonly name: string;
	readonly file?: string | undefined;
	readonly line?: number | undefined;
	readonly details: { readonly error: Error; readonly type?: string | undefined };
}

/** Runs `files`, `concurrency` at a time, each in a process of its own. */
export async function runTestFiles(title: string, files: readonly string[], concurrency: number): Promise<TestCounts> {
	let counts: TestCounts = { passed: 0, failed: 0, skipped: 0 };
	if (files.length === 0) return counts;
	console.log(`\n${title}: ${files.length} files`);
	const stream = run({ files: files.map((file) => fromRoot(file)), concurrency, timeout: fileTimeoutMs });
	stream.on('test:fail', (failure: Failure) => printFailure(failure));
	stream.on('test:diagnostic', ({ message, nesting }) => {
		// Those of the runner itself are counts, which the summary tells.
		if (!/^(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) /.test(message))
			console.log(`       ${'  '.repeat(nesting)}${message}`);
	});
	stream.on('test:stdout', ({ message }) => process.stdout.write(`       ${message}`));
	stream.on('test:stderr', ({ message }) => process.stderr.write(`       ${message}`));
	stream.on('test:summary', (summary: Summary) => {
		const { passed, failed, cancelled, skipped, todo } = summary.counts;
		if (summary.file === undefined) counts = { passed, failed: failed + cancelled, skipped: skipped + todo };
		else printFile(summary);
	});
	for await (const _event of stream) {
		// Read to the end; the listeners above do the work.
	}
	return counts;
}

function printFile({ file, counts, duration_ms }: Summary): void {
	const failed = counts.failed + counts.cancelled;
	const name = path.relative(fromRoot(), file ?? '');
	const seconds = (duration_ms / 1000).toFixed(1);
	console.log(
		`${failed === 0 ? 'ok    ' : 'FAILED'} ${name}: ${counts.passed} passed, ${failed} failed (${seconds} s)`,
	);
}

function printFailure({ name, file, line, details }: Failure): void {
	// A suite fails because a test in it did; that test was told already.
	if (details.type === 'suite' || /subtests? failed/.test(details.error.message)) return;
	const place = file === undefined ? '' : ` (${path.relative(fromRoot(), file)}:${line ?? 0})`;
	const cause = details.error.cause ?? details.error;
	console.log(`✗ ${name}${place}\n       ${inspect(cause).replaceAll('\n', '\n       ')}`);
}
