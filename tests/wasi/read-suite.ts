/** Reads the tests for preview 1 from a checkout of the official suite (github.com/WebAssembly/wasi-testsuite). */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { SuiteCase, SuiteFile } from './suite-case.ts';

const languages = ['assemblyscript', 'c', 'rust'];

/** What a test's JSON file says; each part has a default. */
interface Specification {
	readonly args?: readonly string[];
	readonly env?: Readonly<Record<string, string>>;
	readonly root?: string;
	readonly exit_code?: number;
	readonly stdout?: string;
}

/** All tests whose name holds `part`. Throws when the checkout has none: its branch is not one with prebuilt tests. */
export async function readSuite(checkout: string, part = ''): Promise<SuiteCase[]> {
	const cases: SuiteCase[] = [];
	for (const language of languages) {
		const directory = path.join(checkout, 'tests', language, 'testsuite', 'wasm32-wasip1');
		const names = await readdir(directory).catch(() => []);
		for (const name of names.filter((file) => file.endsWith('.wasm')).sort()) {
			const test = path.basename(name, '.wasm');
			if (test.includes(part)) cases.push(await readCase(directory, `${language} ${test}`, test));
		}
	}
	if (cases.length === 0)
		throw new Error(`There are no prebuilt tests in ${checkout}. Check out the branch prod/testsuite-base.`);
	return cases;
}

async function readCase(directory: string, name: string, test: string): Promise<SuiteCase> {
	const text = await readFile(path.join(directory, `${test}.json`), 'utf8').catch(() => '{}');
	const { args = [], env = {}, root, exit_code, stdout } = JSON.parse(text) as Specification;
	return {
		name,
		module: new Uint8Array(await readFile(path.join(directory, `${test}.wasm`))),
		arguments: args,
		environment: Object.entries(env).map(([key, value]) => `${key}=${value}`),
		root: root === undefined ? undefined : await readTree(path.join(directory, root), ''),
		exitCode: exit_code ?? 0,
		standardOutput: stdout,
	};
}

async function readTree(directory: string, prefix: string): Promise<SuiteFile[]> {
	const files: SuiteFile[] = [];
	for (const entry of await readdir(directory, { withFileTypes: true })) {
		const at = path.join(directory, entry.name);
		const below = prefix + entry.name;
		if (entry.isDirectory()) files.push({ path: below, bytes: undefined }, ...(await readTree(at, `${below}/`)));
		else files.push({ path: below, bytes: new Uint8Array(await readFile(at)) });
	}
	return files;
}
