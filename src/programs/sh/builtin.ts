/**
 * What a builtin command of the shell is: one that must run in the shell itself, or that is not worth a process.
 *
 * Rules of use:
 * - It writes through `context.output`, and answers its exit code. It may throw: an `OsError` becomes
 *   `name: detail: sentence`, a `UsageError` the usage line; they make the exit code 1 and 2.
 * - `--help` is everyone's but of those that take any text (`echo`, `test`, …), which say `takesAnything`.
 */
import type { System } from '#runtime/system.ts';
import type { Interpreter } from './interpreter.ts';
import type { Scope } from './scope.ts';
import type { Session } from './session.ts';
import type { OutputStream } from './streams.ts';

export interface BuiltinContext {
	readonly system: System;
	readonly shell: Interpreter;
	readonly scope: Scope;
	readonly session: Session;
	readonly name: string;
	readonly arguments: readonly string[];
	readonly output: OutputStream;
	readonly error: OutputStream;
}

export interface Builtin {
	readonly usage: string;
	readonly summary: string;
	/** Its arguments are never options. */
	readonly takesAnything?: boolean;
	run(context: BuiltinContext): Promise<number>;
}

export class UsageError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'UsageError';
	}
}

export interface GivenOptions {
	readonly flags: ReadonlySet<string>;
	readonly values: ReadonlyMap<string, string>;
	readonly operands: readonly string[];
}

/** Splits options from operands: letters of `flags` may be joined (`-rs`), those of `values` take the next text; `--` ends them. */
export function parseOptions(list: readonly string[], known: string, taking = ''): GivenOptions {
	const flags = new Set<string>();
	const values = new Map<string, string>();
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
			if (known.includes(letter)) flags.add(letter);
			else if (taking.includes(letter)) {
				const value = text.slice(at + 1) || list[++index];
				if (value === undefined) throw new UsageError(`-${letter} needs a value`);
				values.set(letter, value);
				break;
			} else throw new UsageError(`there is no option -${letter}`);
		}
	}
	return { flags, values, operands: list.slice(index) };
}

export function parseCount(text: string): number {
	if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is not a whole number`);
	return Number(text);
}
