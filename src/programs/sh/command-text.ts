/** What can be said of commands without running them: their text as it was typed, for the list of jobs; `!` before them. */
import { forEachChild, type ParsedScript, type Pipeline, type SyntaxNode } from 'unbash';

const sources = new WeakMap<object, string>();

/** The command as it was typed. */
export function textOf(node: SyntaxNode): string {
	return sources.get(node) ?? '';
}

/** Keeps the text of each command of a script. */
export function rememberText(script: ParsedScript, text: string): void {
	const visit = (node: SyntaxNode): void => {
		if (node.type === 'Statement') sources.set(node.command, text.slice(node.command.pos, node.command.end));
		else if (node.type === 'AndOr') for (const part of node.commands) sources.set(part, text.slice(part.pos, part.end));
		forEachChild(node, visit);
	};
	visit(script);
}

/** An odd number of `!` before a pipeline. */
export function isNegated({ prefixes }: Pipeline): boolean {
	return prefixes.filter(({ type }) => type === 'Negation').length % 2 === 1;
}
