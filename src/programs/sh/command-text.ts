/** The text of commands as they were typed, for the list of jobs. */
import type * as Tree from 'unbash';

const sources = new WeakMap<object, string>();

/** The command as it was typed, for the list of jobs. */
export function textOf(node: Tree.SyntaxNode): string {
	return sources.get(node) ?? '';
}

/** Keeps the text of each command of a script, for `jobs`. */
export function rememberText(script: Tree.ParsedScript, text: string): void {
	for (const statement of script.commands) {
		const { command } = statement;
		const source = text.slice(command.pos, command.end);
		sources.set(command, source);
		if (command.type === 'AndOr')
			for (const part of command.commands) sources.set(part, text.slice(part.pos, part.end));
	}
}
