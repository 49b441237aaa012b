/**
 * Turns words into arguments: tilde, variables, command substitution, splitting into fields, file names, quotes.
 *
 * Rules of use:
 * - Only text that came unquoted out of a variable or a substitution is split, at blanks, tabs and newlines.
 * - Only unquoted `*`, `?` and `[` make a pattern; a pattern without a match stands for itself.
 * - `expandToText` is for places that hold one field: assignments and redirections.
 */
import type { System } from '#runtime/system.ts';
import { escapePattern, expandPattern, hasPattern, unescapePattern } from './glob.ts';
import type { List, Word, WordPart } from './syntax.ts';

export interface ExpansionScope {
	readonly system: System;
	readonly workingDirectory: string;
	/** Value of a variable or of a special parameter; `undefined` when unset. */
	findVariable(name: string): string | undefined;
	/** What the list writes to its standard output. */
	capture(list: List): Promise<string>;
}

interface Segment {
	readonly text: string;
	readonly quoted: boolean;
	/** Came out of a variable or a substitution, so that blanks in it end the field. */
	readonly splits: boolean;
}

export async function expandWords(words: readonly Word[], scope: ExpansionScope): Promise<string[]> {
	const expanded: string[] = [];
	for (const word of words) {
		const segments = await expandParts(word, scope);
		for (const field of splitFields(segments)) expanded.push(...(await expandField(field, scope)));
	}
	return expanded;
}

export async function expandToText(word: Word, scope: ExpansionScope): Promise<string> {
	return (await expandParts(word, scope)).map((segment) => segment.text).join('');
}

async function expandParts(word: Word, scope: ExpansionScope): Promise<Segment[]> {
	const segments: Segment[] = [];
	for (const [index, part] of word.entries()) {
		if (part.kind === 'text')
			segments.push({ text: index === 0 ? expandTilde(part, scope) : part.text, quoted: part.quoted, splits: false });
		else if (part.kind === 'substitution') {
			const output = await scope.capture(part.list);
			segments.push({ text: output.replace(/\n+$/, ''), quoted: part.quoted, splits: !part.quoted });
		} else segments.push(...(await expandVariable(part, scope)));
	}
	return segments;
}

async function expandVariable(part: WordPart & { kind: 'variable' }, scope: ExpansionScope): Promise<Segment[]> {
	const value = scope.findVariable(part.name);
	if ((value === undefined || value === '') && part.fallback !== undefined) {
		const fallback = await expandParts(part.fallback, scope);
		return part.quoted ? fallback.map((segment) => ({ ...segment, quoted: true, splits: false })) : fallback;
	}
	return [{ text: value ?? '', quoted: part.quoted, splits: !part.quoted }];
}

function expandTilde(part: WordPart & { kind: 'text' }, scope: ExpansionScope): string {
	if (part.quoted || !/^~(?=\/|$)/.test(part.text)) return part.text;
	return (scope.findVariable('HOME') ?? '~') + part.text.slice(1);
}

function splitFields(segments: readonly Segment[]): Segment[][] {
	const fields: Segment[][] = [];
	let field: Segment[] | undefined;
	for (const segment of segments) {
		if (!segment.splits) {
			if (segment.text === '' && !segment.quoted) continue;
			field ??= [];
			field.push(segment);
			continue;
		}
		for (const piece of segment.text.split(/([ \t\n]+)/)) {
			if (piece === '') continue;
			if (/^[ \t\n]/.test(piece)) {
				if (field !== undefined) fields.push(field);
				field = undefined;
			} else {
				field ??= [];
				field.push({ ...segment, text: piece });
			}
		}
	}
	if (field !== undefined) fields.push(field);
	return fields;
}

async function expandField(field: readonly Segment[], scope: ExpansionScope): Promise<string[]> {
	const pattern = field
		.map(({ text, quoted }) => (quoted ? escapePattern(text) : text.replace(/\\/g, '\\\\')))
		.join('');
	if (hasPattern(pattern)) {
		const paths = await expandPattern(scope.system, scope.workingDirectory, pattern);
		if (paths.length > 0) return paths;
	}
	return [unescapePattern(pattern)];
}
