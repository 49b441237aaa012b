/**
 * A Vite plugin: leaves out of `@sqlite.org/sqlite-wasm` what the volume never uses (the object interface, the Worker
 * interface, virtual tables and four file stores of its own), about half of its code, which every start would load.
 *
 * The library is made of initialisers that are pushed onto a list; those that the C interface needs are kept. The
 * package's version is fixed, and a build fails when its shape is not the one known here.
 */
import type { Plugin } from 'vite';

const library = /@sqlite\.org\/sqlite-wasm\/dist\/index\.mjs$/;
const callee = 'globalThis.sqlite3ApiBootstrap.initializers.push';
const initialisers = 11;

/** Words that stand in one initialiser each: version, C interface, VFS. */
const kept = ['sqlite3.version = {', 'WhWasmUtilInstaller(wasm)', 'sqlite3.vfs = vfs'];

interface Node {
	readonly type: string;
	readonly start: number;
	readonly end: number;
}

function isNode(value: unknown): value is Node {
	return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function* walk(node: Node): Generator<Node> {
	yield node;
	for (const value of Object.values(node).flat()) if (isNode(value)) yield* walk(value);
}

/** The library's code without the initialisers that are not needed; lines keep their numbers. */
export function slimSqlite(code: string, program: Node): string {
	const found = [...walk(program)].filter(
		({ type, start }) => type === 'ExpressionStatement' && code.startsWith(`${callee}(`, start),
	);
	const dropped = found.filter(({ start, end }) => !kept.some((word) => code.slice(start, end).includes(word)));
	if (found.length !== initialisers || dropped.length !== initialisers - kept.length)
		throw new Error('@sqlite.org/sqlite-wasm has another shape than before; see tools/slim-sqlite.ts.');
	let slim = code;
	for (const { start, end } of dropped.reverse())
		slim = slim.slice(0, start) + slim.slice(start, end).replaceAll(/[^\n]/g, '') + slim.slice(end);
	return slim;
}

export function slimSqlitePlugin(): Plugin {
	return {
		name: 'vitrine-slim-sqlite',
		apply: 'build',
		transform: {
			filter: { id: library },
			handler(code) {
				return { code: slimSqlite(code, this.parse(code) as Node), map: null };
			},
		},
	};
}
