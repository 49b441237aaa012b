/**
 * What an everyday command is, and how it reads its options.
 *
 * Rules of use:
 * - A command runs in a process and a Worker of its own and waits for each call. It answers its exit code.
 * - It may throw: an `OsError` becomes `name: detail: sentence` and exit code 1, a `UsageError` the usage line and 2.
 * - `options` names its letters: those of `flags` stand alone, those of `values` take a text (`-n5`, `-n 5`); `long` gives
 *   words for letters (`--lines=5`). Options and operands may be mixed, unless `stopsAtOperand`; `--` ends the options.
 */
import { errorTable, OsError } from '#abi/errors.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { describeError } from '#runtime/describe-error.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import type { Input, Output } from './streams.ts';

export interface CommandHost {
	/** Nanoseconds since 1970. */
	realtime(): bigint;
	sleep(milliseconds: number): void;
	fillRandom(bytes: Uint8Array<ArrayBuffer>): void;
}

export interface OptionForm {
	readonly flags?: string;
	readonly values?: string;
	/** Letters that may have a text behind them without a blank (`-i.old`). */
	readonly attached?: string;
	readonly long?: Readonly<Record<string, string>>;
	readonly stopsAtOperand?: boolean;
	/** The command reads its arguments itself. */
	readonly isOwn?: boolean;
}

export class Options {
	readonly operands: string[] = [];
	readonly #given = new Map<string, string[]>();

	add(letter: string, value: string): void {
		this.#given.set(letter, [...(this.#given.get(letter) ?? []), value]);
	}

	has(letter: string): boolean {
		return this.#given.has(letter);
	}

	/** The last value given. */
	value(letter: string): string | undefined {
		return this.#given.get(letter)?.at(-1);
	}

	values(letter: string): readonly string[] {
		return this.#given.get(letter) ?? [];
	}

	/** A whole number; `undefined` when the option was not given. */
	count(letter: string): number | undefined {
		const text = this.value(letter);
		return text === undefined ? undefined : parseCount(text);
	}
}

export interface CommandContext {
	readonly system: WaitingSystemCalls;
	readonly start: ProcessStart;
	readonly name: string;
	readonly environment: ReadonlyMap<string, string>;
	readonly workingDirectory: string;
	readonly input: Input;
	readonly output: Output;
	readonly error: Output;
	readonly host: CommandHost;
}

export interface Command {
	readonly usage: string;
	readonly summary: string;
	readonly options?: OptionForm;
	/** Exit code of a wrong use and of an error of the system, where it is not 2 and 1. */
	readonly failure?: number;
	run(context: CommandContext, options: Options): number;
}

export class UsageError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'UsageError';
	}
}

/** What failed and why, for the person; exit code 1. */
export class CommandError extends Error {}

export function parseOptions(list: readonly string[], form: OptionForm): Options {
	const options = new Options();
	if (form.isOwn === true) return options;
	const rest = [...list];
	for (let text = rest.shift(); text !== undefined; text = rest.shift()) {
		if (text === '--') {
			options.operands.push(...rest);
			break;
		}
		if (text.startsWith('--')) takeLong(text.slice(2), rest, { form, options });
		else if (/^-./.test(text)) takeLetters(text.slice(1), rest, { form, options });
		else {
			options.operands.push(text);
			if (form.stopsAtOperand !== true) continue;
			options.operands.push(...rest);
			break;
		}
	}
	return options;
}

interface Reading {
	readonly form: OptionForm;
	readonly options: Options;
}

function takeLong(text: string, rest: string[], { form, options }: Reading): void {
	const equals = text.indexOf('=');
	const name = equals < 0 ? text : text.slice(0, equals);
	const letter = form.long?.[name];
	if (letter === undefined) throw new UsageError(`there is no option --${name}`);
	const takes = form.values?.includes(letter) === true;
	const mayTake = takes || form.attached?.includes(letter) === true || form.flags?.includes(letter) === true;
	if (!mayTake && equals >= 0) throw new UsageError(`--${name} takes no value`);
	const value = equals >= 0 ? text.slice(equals + 1) : takes ? rest.shift() : '';
	if (value === undefined) throw new UsageError(`--${name} needs a value`);
	options.add(letter, value);
}

function takeLetters(text: string, rest: string[], { form, options }: Reading): void {
	for (let at = 0; at < text.length; at++) {
		const letter = text[at] as string;
		if (form.values?.includes(letter) === true) {
			const value = text.slice(at + 1) || rest.shift();
			if (value === undefined) throw new UsageError(`-${letter} needs a value`);
			options.add(letter, value);
			return;
		}
		if (form.attached?.includes(letter) === true) {
			options.add(letter, text.slice(at + 1));
			return;
		}
		if (form.flags?.includes(letter) !== true) throw new UsageError(`there is no option -${letter}`);
		options.add(letter, '');
	}
}

export function parseCount(text: string): number {
	if (!/^\d+$/.test(text)) throw new UsageError(`"${text}" is not a whole number`);
	return Number(text);
}

const units: Readonly<Record<string, number>> = {
	'': 1,
	b: 512,
	k: 1024,
	K: 1024,
	KB: 1000,
	M: 1024 ** 2,
	MB: 1e6,
	G: 1024 ** 3,
	GB: 1e9,
};

/** `10`, `10k`, `5M`. */
export function parseSize(text: string): number {
	const [, digits, unit = ''] = /^(\d+)([A-Za-z]*)$/.exec(text) ?? [];
	const factor = units[unit];
	if (digits === undefined || factor === undefined) throw new UsageError(`"${text}" is not a size`);
	return Number(digits) * factor;
}

/** The absolute path of an operand. */
export function pathOf({ workingDirectory }: CommandContext, operand: string): string {
	return resolvePath(workingDirectory, operand);
}

/** Says that one operand failed; the command goes on with the next. */
export function reportFailure({ name, error, output }: CommandContext, failure: unknown, operand?: string): void {
	if (!(failure instanceof OsError || failure instanceof CommandError)) throw failure;
	if (failure instanceof OsError && failure.code === 'EPIPE') throw failure;
	output.flush();
	const text =
		failure instanceof OsError && operand !== undefined ? describeAt(operand, failure) : describeError(failure);
	error.write(`${name}: ${text}\n`);
	error.flush();
}

/** An error is told by the name that the person wrote; a refusal keeps the folder and the reason that the system gave. */
function describeAt(operand: string, { code, detail }: OsError): string {
	const { sentence } = errorTable[code];
	return code === 'EACCES' && detail.includes(': ') ? `${operand}: ${sentence} (${detail})` : `${operand}: ${sentence}`;
}

/** Does the same for each operand; one that fails is told and makes the exit code 1. */
export function forEachOperand(
	context: CommandContext,
	operands: readonly string[],
	action: (operand: string) => void,
): number {
	let status = 0;
	for (const operand of operands) {
		try {
			action(operand);
		} catch (failure) {
			reportFailure(context, failure, operand);
			status = 1;
		}
	}
	return status;
}
