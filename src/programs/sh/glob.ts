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

const special = /[*?[\]\\]/g;

export function escapePattern(text: string): string {
	return text.replace(special, '\\$&');
}

export function hasPattern(pattern: string): boolean {
	return /[*?[]/.test(pattern.replace(/\\./gs, ''));
}

export function unescapePattern(pattern: string): string {
	return pattern.replace(/\\(.)/gs, '$1');
}

/** Compiles a pattern for one name. */
export function compilePattern(pattern: string, ignoreCase = false): RegExp {
	let source = '';
	for (let index = 0; index < pattern.length; index++) {
		const character = pattern[index] as string;
		const bracket = character === '[' ? /^\[([!^]?)(\]?[^\]]*)\]/.exec(pattern.slice(index)) : null;
		if (character === '\\') source += escapeRegExp(pattern[++index] ?? '\\');
		else if (character === '*') source += '.*?';
		else if (character === '?') source += '.';
		else if (bracket !== null) {
			const [whole, negation, set = ''] = bracket;
			source += `[${negation === '' ? '' : '^'}${set.replace(/[\\\][^]/g, '\\$&')}]`;
			index += whole.length - 1;
		} else source += escapeRegExp(character);
	}
	return new RegExp(`^${source}$`, ignoreCase ? 'isu' : 'su');
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
		if (plain !== undefined) {
			const path = appendName(prefix, plain);
			if (await exists(system, workingDirectoryOf(workingDirectory, path), step.directoriesOnly)) next.push(path);
			continue;
		}
		for (const entry of await entriesOrNone(system, directory)) {
			if (step.directoriesOnly && !entry.isDirectory) continue;
			if (entry.name.startsWith('.') && !step.name.startsWith('.')) continue;
			if (expression.test(entry.name)) next.push(appendName(prefix, entry.name));
		}
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
