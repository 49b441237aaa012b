/**
 * Settings as text: what the store keeps in its files, and what export writes and import reads
 * (`docs/formats/settings.md`).
 *
 * Rules of use:
 * - `formatSettings` and `parseSettings` are each other's inverse, to the last bit of every value.
 * - A text with a line that cannot be read gives the other lines and says which one and why: who loads a store takes
 *   what is left, who imports refuses.
 *
 * Form: the first line is `heading`; then a line a setting, `KEY = TYPE VALUE`. Text and lists are JSON, bytes are
 * hexadecimal, `KEY = none` removes the key. Empty lines and those that start with `#` say nothing.
 */
import type { SettingChange, SettingValue } from './structures.generated.ts';

export const heading = '# Vitrine settings 1';

export interface LineProblem {
	/** From 1. */
	readonly line: number;
	readonly reason: string;
}

export interface ParsedSettings {
	readonly changes: SettingChange[];
	readonly problems: LineProblem[];
}

export function formatSettings(settings: Iterable<{ readonly key: string; readonly value: SettingValue }>): string {
	const lines = [heading];
	for (const { key, value } of settings) lines.push(`${key} = ${formatValue(value)}`);
	return `${lines.join('\n')}\n`;
}

export function parseSettings(text: string): ParsedSettings {
	const changes: SettingChange[] = [];
	const problems: LineProblem[] = [];
	const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
	if (lines[0] !== heading) problems.push({ line: 1, reason: `the first line is not “${heading}”` });
	const seen = new Set<string>();
	for (const [index, line] of lines.entries()) {
		if (line.trim() === '' || line.startsWith('#')) continue;
		const parsed = parseLine(line);
		if (typeof parsed === 'string') problems.push({ line: index + 1, reason: parsed });
		else if (seen.has(parsed.key)) problems.push({ line: index + 1, reason: `${parsed.key} was there before` });
		else {
			seen.add(parsed.key);
			changes.push(parsed);
		}
	}
	return { changes, problems };
}

/** The type and the value, as in a line of the text. */
export function formatValue(value: SettingValue): string {
	return `${value.type} ${formatBare(value)}`;
}

/** The value alone, as a person reads it on a line. */
export function formatBare(value: SettingValue): string {
	switch (value.type) {
		case 'boolean':
			return String(value.boolean);
		case 'integer':
		case 'real':
			return Object.is(value.number, -0) ? '-0' : String(value.number);
		case 'string':
			return JSON.stringify(value.text);
		case 'strings':
			return JSON.stringify(value.list);
		case 'bytes':
			return formatBytes(value.bytes ?? new Uint8Array());
	}
}

/** A value after its type; a sentence when it is none. */
export function parseValue(type: string, text: string): SettingValue | string {
	switch (type) {
		case 'boolean':
			return text === 'true' || text === 'false' ? { type, boolean: text === 'true' } : 'a boolean is true or false';
		case 'integer':
			return parseInteger(text);
		case 'real':
			return parseReal(text);
		case 'string': {
			const value = parseJson(text);
			return typeof value === 'string' ? { type, text: value } : 'a string stands in double quotes, as in JSON';
		}
		case 'strings': {
			const value = parseJson(text);
			return isStrings(value) ? { type, list: value } : 'strings are a JSON array of strings';
		}
		case 'bytes':
			return parseBytes(text);
		default:
			return `there is no type “${type}”`;
	}
}

function parseLine(line: string): SettingChange | string {
	const [, key, rest] = /^(\/\S*) = (.*)$/s.exec(line) ?? [];
	if (key === undefined || rest === undefined) return 'it is not of the form KEY = TYPE VALUE';
	if (rest === 'none') return { key };
	const space = rest.indexOf(' ');
	const value = parseValue(rest.slice(0, Math.max(0, space)), rest.slice(space + 1));
	return typeof value === 'string' ? value : { key, value };
}

function parseInteger(text: string): SettingValue | string {
	const number = Number(text);
	if (!/^-?\d{1,16}$/.test(text) || !Number.isSafeInteger(number)) return 'an integer lies between -2^53 and 2^53';
	return { type: 'integer', number: number + 0 };
}

function parseReal(text: string): SettingValue | string {
	const number = Number(text);
	if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/.test(text) || !Number.isFinite(number)) return 'a real is a finite number';
	return { type: 'real', number };
}

function formatBytes(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function parseBytes(text: string): SettingValue | string {
	if (!/^(?:[0-9a-f]{2})*$/.test(text)) return 'bytes are pairs of hexadecimal digits';
	const bytes = new Uint8Array(text.length / 2);
	for (let index = 0; index < bytes.length; index++)
		bytes[index] = Number.parseInt(text.slice(index * 2, index * 2 + 2), 16);
	return { type: 'bytes', bytes };
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

function isStrings(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
