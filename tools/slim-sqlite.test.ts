import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parseAst } from 'vite';
import { slimSqlite } from './slim-sqlite.ts';

const library = new URL('../node_modules/@sqlite.org/sqlite-wasm/dist/index.mjs', import.meta.url);
const code = readFileSync(library, 'utf8');

describe('the slimmed library', () => {
	it('has what the volume uses and not what it never does', () => {
		const slim = slimSqlite(code, parseAst(code));
		assert.ok(slim.length < code.length * 0.7);
		for (const word of ['vfs.installVfs = function', 'WhWasmUtilInstaller(wasm)']) assert.ok(slim.includes(word), word);
		for (const word of ['sqlite3.initWorker1API = function', 'sqlite3.oo1 = {', 'installOpfsSAHPoolVfs = '])
			assert.ok(!slim.includes(word), word);
		assert.equal(slim.split('\n').length, code.split('\n').length);
	});

	it('is refused when the library has another shape', () => {
		const other = code.replace('sqlite3.vfs = vfs', 'sqlite3.vfs2 = vfs');
		assert.throws(() => slimSqlite(other, parseAst(other)), /another shape/);
	});
});
