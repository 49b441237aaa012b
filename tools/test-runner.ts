/**
 * Runs test files with Node's own runner and tells what came of them: one line a file, the failures in full.
 *
 * A run ends, whatever its files do: one that hangs is ended after its time with everything that it started, and counts as
 * failed; so does what there is no time left for.
 */
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { run } from 'node:test';
import { inspect } from 'node:util';
import { endProcesses } from './setup/end-processes.ts';
import { fromRoot } from './setup/paths.ts';

export interface TestCounts {
	readonly passed: number;
	readonly failed: number;
	readonly skipped: number;
}

const noTests: TestCounts = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(one: TestCounts, other: TestCounts): TestCounts {
	return {
		passed: one.passed + other.passed,
		failed: one.failed + other.failed,
		skipped: one.skipped + other.skipped,
	};
}

export interface TimeLimits {
	/** A file that takes longer has hung. */
	readonly fileMs: number;
	/** Everything that one process runs. */
	readonly totalMs: number;
}

/** Of the tests. CI cuts off at ninety minutes, and then nobody learns what hung. */
const testLimits: TimeLimits = { fileMs: 15 * 60_000, totalMs: 80 * 60_000 };
const runVariable = 'VITRINE_TEST_RUN';

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
export async function runTestFiles(
	title: string,
	files: readonly string[],
	concurrency: number,
	limits = testLimits,
): Promise<TestCounts> {
	if (files.length > 0) console.log(`\n${title}: ${files.length} files`);
	let counts = noTests;
	const waiting = [...files];
	const runOneAfterTheOther = async (): Promise<void> => {
		for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
			const counted = await runTestFile(file, limits);
			// After the waiting, not around it: another file may have been counted meanwhile.
			counts = addCounts(counts, counted);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, runOneAfterTheOther));
	return counts;
}

async function runTestFile(file: string, { fileMs, totalMs }: TimeLimits): Promise<TestCounts> {
	const leftMs = totalMs - performance.now();
	if (leftMs <= 0) return tellTimeIsUp(file, `not run: ${totalMs / 60_000} minutes are over`);
	const limitMs = Math.min(fileMs, leftMs);
	const mark = randomUUID();
	const isOver = new AbortController();
	const timer = setTimeout(() => isOver.abort(), limitMs);
	try {
		const counts = await collect(
			run({ files: [fromRoot(file)], env: { ...process.env, [runVariable]: mark }, signal: isOver.signal }),
		);
		return isOver.signal.aborted ? tellTimeIsUp(file, `ended after ${Math.round(limitMs / 1000)} s: it hung`) : counts;
	} finally {
		clearTimeout(timer);
		await endProcesses(runVariable, mark);
	}
}

function tellTimeIsUp(file: string, what: string): TestCounts {
	console.log(`FAILED ${file}: ${what}`);
	return { ...noTests, failed: 1 };
}

/** Tells what a run says as it says it. */
async function collect(stream: ReturnType<typeof run>): Promise<TestCounts> {
	let counts = noTests;
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
