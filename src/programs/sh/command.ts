/**
 * What a command of the shell is, and how it reads its options.
 *
 * Rules of use:
 * - A command writes through `context.output` and `context.error`, and answers its exit code. It may throw: an
 *   `OsError` becomes `name: detail: sentence`, a `UsageError` the usage line; both make the exit code 1 or 2.
 * - Options are single letters, may be joined (`-la`) and end at `--` or the first operand; `--help` is everyone's.
 */
import { resolvePath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import type { Session } from './session.ts';
import type { InputStream, OutputStream } from './streams.ts';

export interface CommandContext {
	readonly system: System;
	readonly session: Session;
	readonly name: string;
	readonly arguments: readonly string[];
	readonly input: InputStream;
	readonly output: OutputStream;
	readonly error: OutputStream;
	readonly signal: AbortSignal;
	/** Output goes to a person: names in columns, colours. */
	readonly outputIsTerminal: boolean;
}

export interface Command {
	readonly usage: string;
	readonly summary: string;
	run(context: CommandContext): Promise<number>;
}

export class UsageError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'UsageError';
	}
}

export interface Options {
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
	readonly operands: readonly string[];
}

/** Reads options: letters of `flags` stand alone, letters of `values` take the next text. */
export function parseOptions(list: readonly string[], flags: string, values = ''): Options {
	const found = new Set<string>();
	const given = new Map<string, string>();
	let index = 0;
	for (; index < list.length; index++) {
		const text = list[index] as string;
		if (text === '--') {
			index++;
			break;
		}
		if (!/^-./.test(text)) break;
		for (let at = 1; at < text.length; at++) {
			const letter = text[at] as string;
			if (flags.includes(letter)) found.add(letter);
			else if (values.includes(letter)) {
				const value = text.slice(at + 1) || list[++index];
				if (value === undefined) throw new UsageError(`-${letter} needs a value`);
				given.set(letter, value);
				break;
			} else throw new UsageError(`there is no option -${letter}`);
		}
	}
	return { flags: found, values: given, operands: list.slice(index) };
}

export function parseCount(text: string): number {
	if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is not a whole number`);
	return Number(text);
}

/** The absolute path of an operand. */
export function pathOf(context: CommandContext, operand: string): string {
	return resolvePath(context.session.workingDirectory, operand);
}
