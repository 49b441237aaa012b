/**
 * File name patterns: `*`, `?`, `[a-z]`, `[!a-z]` (POSIX XCU 2.14).
 *
 * Rules of use:
 * - A pattern is text in which a backslash takes the meaning from the next character; `escapePattern` puts them.
 * - A name that starts with a dot matches only a pattern that does.
 */
import { joinPath } from '#base/path.ts';
import { listPages } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';

const special = /[*?[\]\\()|+@!]/g;

export function escapePattern(text: string): string {
	return text.replace(special, '\\$&');
}

export function hasPattern(pattern: string): boolean {
	return /[*?[]|[+@]\(/.test(pattern.replace(/\\./gs, ''));
}

export function unescapePattern(pattern: string): string {
	return pattern.replace(/\\(.)/gs, '$1');
}

/** Compiles a pattern for one name. */
export function compilePattern(pattern: string, ignoreCase = false): RegExp {
	return new RegExp(`^${patternSource(pattern)}$`, ignoreCase ? 'isu' : 'su');
}

const bracketForm = /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\]\\])*)\]/su;
const extendedForm = /^([?*+@])\(/;
const classes: Readonly<Record<string, string>> = {
	alpha: '\\p{L}',
	digit: '0-9',
	alnum: '\\p{L}0-9',
	upper: '\\p{Lu}',
	lower: '\\p{Ll}',
	space: '\\s',
	blank: ' \\t',
	punct: '!-\\/:-@\\[-`\\{-~',
	cntrl: '\\0-\\x1f\\x7f',
	print: '\\x20-\\x7e\\u00a0-\\u{10ffff}',
	graph: '\\x21-\\x7e\\u00a1-\\u{10ffff}',
	xdigit: '0-9A-Fa-f',
};

/** The pattern as a regular expression without its ends; `*` takes as much as it can, or as little. */
export function patternSource(pattern: string, isGreedy = true): string {
	let source = '';
	for (let index = 0; index < pattern.length; ) {
		const rest = pattern.slice(index);
		const [text, length] = translateOne(rest, isGreedy);
		source += text;
		index += length;
	}
	return source;
}

function translateOne(rest: string, isGreedy: boolean): [source: string, length: number] {
	const extended = extendedForm.exec(rest);
	const close = extended === null ? -1 : findClose(rest, 2);
	if (extended !== null && close > 0) {
		const alternatives = splitAlternatives(rest.slice(2, close)).map((part) => patternSource(part, isGreedy));
		const repeat = extended[1] === '@' ? '' : extended[1];
		return [`(?:${alternatives.join('|')})${repeat}`, close + 1];
	}
	if (rest[0] === '*') return [isGreedy ? '.*' : '.*?', /^\**/.exec(rest)?.[0].length ?? 1];
	if (rest[0] === '?') return ['.', 1];
	if (rest[0] === '\\') return [escapeRegExp(rest[1] ?? '\\'), 2];
	const bracket = bracketForm.exec(rest);
	if (bracket === null) {
		const character = String.fromCodePoint(rest.codePointAt(0) ?? 0);
		return [escapeRegExp(character), character.length];
	}
	const [whole, negation, set = ''] = bracket;
	return [`[${negation === '' ? '' : '^'}${translateSet(set)}]`, whole.length];
}

function translateSet(set: string): string {
	return set.replace(
		/\[:(\w+):\]|\\(.)|([[\]\\^&~|(){}/])/gsu,
		(_, name?: string, escaped?: string, special?: string) => {
			if (name !== undefined) return classes[name] ?? '';
			return escaped === undefined ? `\\${special}` : escaped.replace(/[-[\]\\^&~|(){}/]/, '\\$&');
		},
	);
}

/** The `)` that ends what began before `start`; -1 when there is none. */
function findClose(text: string, start: number): number {
	let depth = 1;
	for (let index = start; index < text.length; index++) {
		if (text[index] === '\\') index++;
		else if (text[index] === '(') depth++;
		else if (text[index] === ')' && --depth === 0) return index;
	}
	return -1;
}

function splitAlternatives(text: string): string[] {
	const parts = [''];
	let depth = 0;
	for (let index = 0; index < text.length; index++) {
		const character = text[index] as string;
		if (character === '(') depth++;
		if (character === ')') depth--;
		if (character === '|' && depth === 0) parts.push('');
		else parts.push((parts.pop() ?? '') + (character === '\\' ? character + (text[++index] ?? '') : character));
	}
	return parts;
}

function escapeRegExp(text: string): string {
	return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

export interface DirectoryEntry {
	readonly name: string;
	readonly isDirectory: boolean;
	readonly size: number;
	readonly modifiedTime: number;
	readonly attributes: number;
}

/** All entries of a directory, in the order of their names. */
export async function* listDirectory(system: System, path: string): AsyncGenerator<DirectoryEntry> {
	for await (const page of listPages(system, path)) {
		for (const [index, name] of page.names.entries()) {
			yield {
				name,
				isDirectory: page.kinds[index] === 1,
				size: page.sizes[index] ?? 0,
				modifiedTime: page.modifiedTimes[index] ?? 0,
				attributes: page.attributes[index] ?? 0,
			};
		}
	}
}

export async function readDirectory(system: System, path: string): Promise<DirectoryEntry[]> {
	const entries: DirectoryEntry[] = [];
	for await (const entry of listDirectory(system, path)) entries.push(entry);
	return entries;
}

/** Paths that match `pattern`, written as the pattern is (relative stays relative); `[]` when none does. */
export async function expandPattern(system: System, workingDirectory: string, pattern: string): Promise<string[]> {
	const absolute = pattern.startsWith('/');
	const names = pattern.split('/').filter((name) => name !== '');
	let found = [absolute ? '/' : ''];
	for (const [index, name] of names.entries()) {
		const last = index === names.length - 1;
		found = await expandStep(system, workingDirectory, {
			found,
			name,
			directoriesOnly: !last || pattern.endsWith('/'),
		});
	}
	return pattern.endsWith('/') ? found.map((path) => `${path}/`) : found;
}

async function expandStep(
	system: System,
	workingDirectory: string,
	step: { found: string[]; name: string; directoriesOnly: boolean },
): Promise<string[]> {
	const next: string[] = [];
	const plain = hasPattern(step.name) ? undefined : unescapePattern(step.name);
	const expression = compilePattern(step.name);
	for (const prefix of step.found) {
		const directory = joinPath(workingDirectoryOf(workingDirectory, prefix));
		const names: string[] = [];
		if (plain !== undefined) {
			const path = appendName(prefix, plain);
			if (await exists(system, workingDirectoryOf(workingDirectory, path), step.directoriesOnly)) next.push(path);
			continue;
		}
		for (const entry of await entriesOrNone(system, directory)) {
			if (step.directoriesOnly && !entry.isDirectory) continue;
			if (entry.name.startsWith('.') && !step.name.startsWith('.')) continue;
			if (expression.test(entry.name)) names.push(appendName(prefix, entry.name));
		}
		for (const name of names) next.push(name);
	}
	return next;
}

function appendName(prefix: string, name: string): string {
	return prefix === '' || prefix === '/' ? prefix + name : `${prefix}/${name}`;
}

function workingDirectoryOf(base: string, path: string): string {
	return path.startsWith('/') ? path : joinPath(base, path);
}

async function entriesOrNone(system: System, directory: string): Promise<DirectoryEntry[]> {
	try {
		return await readDirectory(system, directory);
	} catch {
		// A pattern that leads nowhere matches nothing: the word then stands for itself, and the command says so.
		return [];
	}
}

async function exists(system: System, path: string, directory: boolean): Promise<boolean> {
	try {
		const stat = await system.pathStat(path);
		return !directory || stat.kind === 'directory';
	} catch {
		return false;
	}
}
