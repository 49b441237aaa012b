/** Each rule of `npm run check` catches the breach that it is there for: a breach is planted, and must be reported. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, suite, test } from 'node:test';
import { fromRoot } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';
import { checkDeadCode } from './dead-code.ts';
import { findRelativeLinks } from './links.ts';
import { findLongFiles } from './sizes.ts';
import { compile, findHostTypes } from './types.ts';
import { findForbiddenWords } from './words.ts';

let directory = '';

before(async () => {
	directory = await mkdtemp(path.join(tmpdir(), 'vitrine-planted-'));
});

after(() => rm(directory, { recursive: true, force: true }));

async function plant(name: string, text: string): Promise<string> {
	const file = path.join(directory, name);
	await mkdir(path.dirname(file), { recursive: true });
	await writeFile(file, text);
	return file;
}

/** Lints `text` as if it stood at `name` in the repository. */
async function lint(name: string, text: string): Promise<string> {
	// A copy of the configuration beside the planted file: rules by path then see the path that is meant.
	const configuration = await plant('biome.json', await readConfiguration());
	const file = await plant(name, text);
	const { output } = await runCommand(
		fromRoot('node_modules', '.bin', 'biome'),
		['lint', '--colors=off', `--config-path=${configuration}`, path.relative(directory, file)],
		{ directory },
	);
	return output;
}

async function readConfiguration(): Promise<string> {
	const configuration = JSON.parse(await readFile(fromRoot('biome.json'), 'utf8')) as Record<string, unknown>;
	return JSON.stringify({ ...configuration, root: true, vcs: { enabled: false } });
}

suite('Lint', () => {
	const breaches: readonly [rule: string, file: string, text: string][] = [
		['noExplicitAny', 'src/kernel/a.ts', 'export const a: any = 1;\n'],
		[
			'noFloatingPromises',
			'src/kernel/b.ts',
			'async function f(): Promise<void> {\n\tawait 1;\n}\nexport function g(): void {\n\tf();\n}\n',
		],
		[
			'noEmptyBlockStatements',
			'src/kernel/c.ts',
			'export function f() {\n\ttry {\n\t\tg();\n\t} catch {}\n}\nfunction g() {}\n',
		],
		['noEnum', 'src/kernel/d.ts', 'export enum Colour {\n\tRed,\n}\n'],
		['noParameterProperties', 'src/kernel/e.ts', 'export class A {\n\tconstructor(readonly b: number) {}\n}\n'],
		[
			'noExcessiveLinesPerFunction',
			'src/kernel/f.ts',
			`export function f(a: number) {\n${'\ta += 1;\n'.repeat(51)}\treturn a;\n}\n`,
		],
		['useMaxParams', 'src/kernel/g.ts', 'export const f = (a: 1, b: 1, c: 1, d: 1, e: 1) => [a, b, c, d, e];\n'],
		['noRestrictedGlobals', 'src/kernel/h.ts', 'export const now = () => Date.now();\n'],
		['noRestrictedGlobals', 'src/desktop/i.ts', "export const read = () => localStorage.getItem('a');\n"],
		['noConsole', 'src/desktop/j.ts', "console.log('a');\n"],
		['noTsIgnore', 'src/kernel/k.ts', `// @ts-${'ign'}ore\nexport const a: string = 'b';\n`],
		['noFocusedTests', 'src/kernel/l.test.ts', "import { test } from 'node:test';\ntest.only('a', () => {});\n"],
		['useFilenamingConvention', 'src/kernel/badName.ts', 'export const a = 1;\n'],
		[
			'useErrorCause',
			'src/kernel/m.ts',
			"export function f() {\n\ttry {\n\t\tg();\n\t} catch (error) {\n\t\tthrow new Error('a');\n\t}\n}\nfunction g() {}\n",
		],
		[
			'useHookAtTopLevel',
			'src/desktop/n.tsx',
			"import { useState } from 'react';\nexport function A({ b }: { b: boolean }) {\n\tif (b) useState(0);\n\treturn null;\n}\n",
		],
		['useButtonType', 'src/desktop/o.tsx', 'export const A = () => <button>a</button>;\n'],
		['useAltText', 'src/desktop/p.tsx', 'export const A = () => <img src="a.png" />;\n'],
	];
	for (const [rule, file, text] of breaches)
		test(`catches ${rule} in ${file}`, async () => {
			assert.match(await lint(file, text), new RegExp(`/${rule}\\b`));
		});

	test('is content with sound code', async () => {
		assert.doesNotMatch(
			await lint('src/kernel/sound.ts', 'export const add = (a: number, b: number) => a + b;\n'),
			/lint\//,
		);
	});
});

suite('Types per room', () => {
	/** Compiles `text` with the options of the rooms below the hosts. */
	async function compileInRoom(name: string, text: string): Promise<{ errors: string; hostTypes: string[] }> {
		await plant(`${name}/a.ts`, text);
		const project = await plant(
			`${name}/tsconfig.json`,
			JSON.stringify({ extends: fromRoot('tsconfig.json'), include: ['.'] }),
		);
		return { errors: (await compile(project)).join('\n'), hostTypes: await findHostTypes(project, name) };
	}

	for (const expression of ['document.title', 'process.env', 'setTimeout(() => 1, 1)', 'fetch("a")', 'localStorage'])
		test(`take ${expression} away from the rooms below the hosts`, async () => {
			const { errors } = await compileInRoom(
				`global-${expression.replace(/\W.*/, '')}`,
				`export const a = ${expression};\n`,
			);
			assert.match(errors, /Cannot find name/);
		});

	test('see a reference that opens the DOM again', async () => {
		const { errors, hostTypes } = await compileInRoom(
			'reference',
			'/// <reference lib="dom" />\nexport const a = document.title;\n',
		);
		assert.equal(errors, '');
		assert.match(hostTypes.join('\n'), /sees lib\.dom/);
	});

	test('find no host types in sound code', async () => {
		assert.deepEqual(await compileInRoom('sound', 'export const a = new Uint8Array(1);\n'), {
			errors: '',
			hostTypes: [],
		});
	});
});

suite('Dead code', () => {
	test('is an export that nothing uses, and a file that nothing imports', async () => {
		await plant('dead/package.json', '{ "name": "dead", "type": "module" }');
		await plant('dead/knip.json', '{ "entry": ["main.ts"], "project": ["*.ts"] }');
		await plant('dead/main.ts', "import { used } from './part.ts';\nused();\n");
		await plant('dead/part.ts', 'export function used() {}\nexport function unused() {}\n');
		await plant('dead/alone.ts', 'export {};\n');
		const report = (await checkDeadCode(path.join(directory, 'dead'))).join('\n');
		assert.match(report, /unused/);
		assert.match(report, /alone\.ts/);
	});
});

suite('Words', () => {
	const breaches = [
		`import '/${'wo'}rk/main/a.ts';`,
		`see https://registry.${'npm'}js.org/a`,
		`// ${'TO'}DO: later`,
		`// @ts-${'noch'}eck`,
	];
	for (const text of breaches)
		test(`catch ${JSON.stringify(text)}`, () => {
			assert.equal(findForbiddenWords('src/kernel/a.ts', text).length, 1);
		});

	test('let sound text pass', () => {
		assert.deepEqual(findForbiddenWords('README.md', 'Files work offline; see docs/work.md.'), []);
	});
});

suite('Links', () => {
	test('are those inside the repository, pictures too, without their anchors', () => {
		const text = 'See [a](docs/a.md#part), ![b](b.png), [c](https://example.org) and [d](#here).';
		assert.deepEqual(findRelativeLinks(text), ['docs/a.md', 'b.png']);
	});
});

suite('Sizes', () => {
	test('name the file that should be two', () => {
		const found = findLongFiles([
			{ file: 'src/a.ts', lines: 501 },
			{ file: 'src/b.ts', lines: 500 },
		]);
		assert.equal(found.length, 1);
		assert.match(found[0] ?? '', /src\/a\.ts has 501 lines/);
	});
});
