import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readImports } from './read-imports.ts';
import { findBreaches, findRoom } from './rooms.ts';

const source = (file: string, text: string) => ({ file, imports: readImports(file, text) });
const breachesOf = (file: string, text: string) => findBreaches([source(file, text)]);

suite('The rule of who may import whom', () => {
	test('lets a room use what its row names, and base and abi', () => {
		const text = "import '#fs/file-system.ts';\nimport '#base/path.ts';\nimport type { X } from '#abi/types.ts';";
		assert.deepEqual(breachesOf('kernel/process.ts', text), []);
	});

	test('stops the desktop at the kernel, and says what to do instead', () => {
		const [breach, ...others] = breachesOf('desktop/taskbar.tsx', "import { Kernel } from '#kernel/kernel.ts';");
		assert.match(breach ?? '', /^src\/desktop\/taskbar\.tsx:1 .*desktop may use only .*runtime, ui.*through `System`/);
		assert.deepEqual(others, []);
	});

	test('sees type imports, re-exports, lazy imports and side effects', () => {
		for (const text of [
			"import type { K } from '#kernel/kernel.ts';",
			"export { K } from '#kernel/kernel.ts';",
			"export * from '#kernel/kernel.ts';",
			"const load = () => import('#kernel/kernel.ts');",
			"import '#kernel/kernel.ts';",
		])
			assert.equal(breachesOf('ui/icon.tsx', text).length, 1, text);
	});

	test('is not deceived by imports in comments and strings', () => {
		assert.deepEqual(
			breachesOf('base/x.ts', "// import '#kernel/kernel.ts'\nconst a = \"import '#kernel/k.ts'\";"),
			[],
		);
	});

	test('stops a relative path into another room', () => {
		assert.match(breachesOf('kernel/a.ts', "import '../fs/b.ts';")[0] ?? '', /Write #fs\/b\.ts instead/);
	});

	test('stops a missing extension', () => {
		assert.match(breachesOf('kernel/a.ts', "import './b';")[0] ?? '', /whole file name/);
	});

	test('stops a program that imports another program', () => {
		assert.match(breachesOf('programs/sh/a.ts', "import '#programs/notepad/b.ts';")[0] ?? '', /another program/);
	});

	test("lets only the machine's window see the engines", () => {
		const text = "import '#legacy/machine.ts';";
		assert.deepEqual(breachesOf('programs/machine/program.tsx', text), []);
		assert.equal(breachesOf('programs/notepad/program.tsx', text).length, 1);
	});

	test('stops Node outside hosts/node, and packages that are not on the list', () => {
		assert.match(breachesOf('volume/a.ts', "import 'node:fs';")[0] ?? '', /Define a port/);
		assert.match(breachesOf('kernel/a.ts', "import 'lodash';")[0] ?? '', /not on the list of kernel/);
		assert.deepEqual(breachesOf('hosts/node/a.ts', "import 'node:fs';"), []);
		assert.deepEqual(breachesOf('ui/a.tsx', "import 'react-dom/client';"), []);
	});

	test('stops what lies outside src', () => {
		assert.match(breachesOf('kernel/a.ts', "import '../../tools/build.ts';")[0] ?? '', /outside src/);
	});

	test('reports a file that belongs to no room', () => {
		assert.equal(findRoom('helpers/a.ts'), undefined);
		assert.match(breachesOf('helpers/a.ts', '')[0] ?? '', /belongs to no room/);
	});
});

suite('Import cycles', () => {
	test('are found through three files, and shown as a walk', () => {
		const breaches = findBreaches([
			source('kernel/a.ts', "import './b.ts';"),
			source('kernel/b.ts', "import './c.ts';"),
			source('kernel/c.ts', "import './a.ts';"),
		]);
		assert.equal(breaches.length, 1);
		assert.match(
			breaches[0] ?? '',
			/Import cycle: src\/kernel\/a\.ts → src\/kernel\/b\.ts → src\/kernel\/c\.ts → src\/kernel\/a\.ts/,
		);
	});

	test('are not closed by types or by imports that run later', () => {
		const breaches = findBreaches([
			source('kernel/a.ts', "import { b } from './b.ts';"),
			source('kernel/b.ts', "import type { A } from './a.ts';\nexport const b = () => import('./a.ts');"),
		]);
		assert.deepEqual(breaches, []);
	});
});
