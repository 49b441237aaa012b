/**
 * The language of the shell, parsed by unbash (ADR 0014): the POSIX shell command language and most of Bash's additions.
 *
 * Rules of use:
 * - `parseShell` gives the tree or throws `ShellSyntaxError`; `incomplete` says that more text could mend it.
 * - What the tree may hold and the shell does not run (arrays, `select`, `coproc`, `<(…)`) is refused when it is reached.
 */
import type { HereDoc, ParsedScript, SyntaxNode } from 'unbash';
import { forEachChild, parse } from 'unbash';
import { rememberText } from './command-text.ts';

export class ShellSyntaxError extends Error {
	/** The text is right so far but ends too early: an interactive shell asks for more. */
	readonly incomplete: boolean;

	constructor(message: string, incomplete: boolean) {
		super(message);
		this.name = 'ShellSyntaxError';
		this.incomplete = incomplete;
	}
}

const unterminated = /^unterminated /;
const closes = /^expected '[^']*' to close/;

export function parseShell(text: string): ParsedScript {
	const script = parse(text);
	const error = script.errors?.[0];
	if (error === undefined) {
		if (endsInMiddle(script, text)) throw new ShellSyntaxError('the text ends too early', true);
		rememberText(script, text);
		return script;
	}
	// What is missing is missing at the end: everything before it was understood.
	const atEnd = (script.errors ?? []).every(
		({ message, pos }) => unterminated.test(message) || closes.test(message) || text.slice(pos).trim() === '',
	);
	const line = text.slice(0, error.pos).split('\n').length;
	const place = text.includes('\n') && line > 1 ? `line ${line}: ` : '';
	throw new ShellSyntaxError(`${place}syntax error: ${error.message}`, atEnd);
}

/** A here-document without its last line, or a backslash before the end: right, but a person goes on. */
function endsInMiddle(script: ParsedScript, text: string): boolean {
	return /(?<!\\)(?:\\\\)*\\$/.test(text) || hasOpenHereDocument(script);
}

function hasOpenHereDocument(node: SyntaxNode): boolean {
	if (node.type === 'HereDoc') return (node as HereDoc).closing === undefined;
	let found = false;
	forEachChild(node, (child) => {
		found ||= hasOpenHereDocument(child);
	});
	return found;
}

/** Whether an interactive shell should ask for another line. */
export function isIncomplete(text: string): boolean {
	try {
		parseShell(text);
		return false;
	} catch (error) {
		return error instanceof ShellSyntaxError && error.incomplete;
	}
}

/** A script that is given whole: a here-document may end with it. */
export function parseWhole(text: string): ParsedScript {
	try {
		return parseShell(text);
	} catch (error) {
		if (!(error instanceof ShellSyntaxError) || (parse(text).errors ?? []).length > 0) throw error;
		return parse(text);
	}
}

/** Puts the text of aliases in the place of their names, as Bash does for a person. */
export function replaceAliases(text: string, aliases: ReadonlyMap<string, string>): string {
	let result = text;
	const used = new Set<string>();
	for (let changed = aliases.size > 0; changed; ) {
		changed = false;
		const names: { pos: number; end: number; name: string }[] = [];
		collectNames(parse(result), names);
		for (const { pos, end, name } of names.sort((one, other) => other.pos - one.pos)) {
			const alias = aliases.get(name);
			if (alias === undefined || used.has(name)) continue;
			result = result.slice(0, pos) + alias + result.slice(end);
			changed = true;
		}
		for (const { name } of names) if (aliases.has(name)) used.add(name);
	}
	return result;
}

/** Names of commands that were written without quotes; those inside substitutions have places of their own. */
function collectNames(node: SyntaxNode, names: { pos: number; end: number; name: string }[]): void {
	if (node.type === 'CommandExpansion') return;
	if (node.type === 'Command' && node.name !== undefined && node.name.parts === undefined)
		names.push({ pos: node.name.pos, end: node.name.end, name: node.name.text });
	forEachChild(node, (child) => collectNames(child, names));
}
