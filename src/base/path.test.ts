import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
	baseName,
	directoryName,
	extensionName,
	findNameProblem,
	foldName,
	isWithin,
	joinPath,
	normalizePath,
	resolvePath,
	splitPath,
} from './path.ts';

/** Paths with all that makes them difficult. */
const path = fc
	.array(fc.constantFrom('a', 'b', '..', '.', '', '...', 'é', ' '), { maxLength: 12 })
	.map((names) => names.join('/'));

describe('paths', () => {
	it('are folded', () => {
		for (const [spelled, folded] of [
			['/', '/'],
			['', '/'],
			['//a///b/', '/a/b'],
			['/a/./b/../c', '/a/c'],
			['/../../a', '/a'],
			['/a/...', '/a/...'],
		] as const)
			assert.equal(normalizePath(spelled), folded);
	});

	it('never leave the tree, whatever their spelling', () => {
		fc.assert(
			fc.property(path, path, (base, relative) => {
				const resolved = resolvePath(`/${base}`, relative);
				assert.ok(resolved.startsWith('/'));
				assert.ok(!splitPath(resolved).some((name) => name === '..' || name === '.' || name === ''));
				assert.equal(normalizePath(resolved), resolved);
			}),
		);
	});

	it('are put together and taken apart', () => {
		fc.assert(
			fc.property(path, fc.constantFrom('name', 'x.txt', '😀'), (directory, name) => {
				const joined = joinPath(`/${directory}`, name);
				assert.equal(baseName(joined), name);
				assert.equal(directoryName(joined), normalizePath(`/${directory}`));
				assert.ok(isWithin(joined, directoryName(joined)));
			}),
		);
	});

	it('stand within their ancestors and not within names that only begin alike', () => {
		assert.equal(isWithin('/a/b', '/a'), true);
		assert.equal(isWithin('/a', '/a'), true);
		assert.equal(isWithin('/ab', '/a'), false);
		assert.equal(isWithin('/a', '/a/b'), false);
		assert.equal(isWithin('/anything', '/'), true);
	});

	it('have an extension in lower case, and none for a leading dot', () => {
		assert.deepEqual(['/A.TXT', '/a.tar.GZ', '/.profile', '/none', '/dir.d/x'].map(extensionName), [
			'.txt',
			'.gz',
			'',
			'',
			'',
		]);
	});
});

describe('names', () => {
	it('are refused only for what no system could hold', () => {
		assert.equal(findNameProblem(''), 'empty');
		assert.equal(findNameProblem('x'.repeat(256)), 'too-long');
		assert.equal(findNameProblem('😀'.repeat(128)), 'too-long');
		assert.equal(findNameProblem('..'), 'reserved');
		assert.equal(findNameProblem('a/b'), 'forbidden-character');
		assert.equal(findNameProblem('a\0'), 'forbidden-character');
		for (const name of ['x'.repeat(255), 'CON', 'a:b', '...', ' ', '\uD800'])
			assert.equal(findNameProblem(name), undefined, name);
	});

	it('are alike when only case or composition differs', () => {
		assert.equal(foldName('README'), foldName('readme'));
		assert.equal(foldName('É'), foldName('e\u0301'));
		assert.notEqual(foldName('a'), foldName('b'));
	});
});
