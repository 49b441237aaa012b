/** `read`: a line from a stream, of which nothing behind it is taken. */
import { OsError } from '#abi/errors.ts';
import { type Builtin, type BuiltinContext, parseCount, UsageError } from '../builtin.ts';
import { separatorsOf } from '../expansion.ts';
import { splitLine } from '../fields.ts';
import { Interrupted } from '../scope.ts';

const pieceBytes = 65_536;
const lineFeed = 10;

interface ReadOptions {
	raw: boolean;
	silent: boolean;
	prompt: string | undefined;
	descriptor: number;
	/** Most characters; the line need not end. */
	count: number | undefined;
	timeoutMs: number | undefined;
	names: string[];
}

const read: Builtin = {
	usage: 'read [-rs] [-p PROMPT] [-n COUNT] [-t SECONDS] [-u DESCRIPTOR] [NAME…]',
	summary: 'Reads a line into variables, split at blanks; -r keeps backslashes, -s shows nothing. Fails at the end.',
	async run(context) {
		const options = parseRead(context.arguments);
		const { scope, session, error } = context;
		if (options.prompt !== undefined) {
			await error.write(options.prompt);
			await error.flush();
		}
		const { line, ended } = await readLine(context, options);
		const names = options.names.length === 0 ? ['REPLY'] : options.names;
		const escaped = options.raw ? line : line.replace(/\\(.)/gs, (_, character: string) => protect(character));
		const separators = options.names.length === 0 ? '' : separatorsOf(scope.session);
		const fields = splitLine(escaped, separators, names.length);
		for (const [index, name] of names.entries()) session.setVariable(name, unprotect(fields[index] ?? ''));
		return Number(ended);
	},
};

/** Characters behind a backslash are kept out of the private use area's way, so that they split nothing. */
const privateStart = 0xf0000;

function protect(character: string): string {
	return String.fromCodePoint(privateStart + (character.codePointAt(0) ?? 0));
}

function unprotect(text: string): string {
	return text.replace(/[\u{f0000}-\u{ffffd}]/gu, (character) =>
		String.fromCodePoint((character.codePointAt(0) ?? privateStart) - privateStart),
	);
}

function parseRead(list: readonly string[]): ReadOptions {
	const options: ReadOptions = {
		...{
			raw: false,
			silent: false,
			prompt: undefined,
			descriptor: 0,
			count: undefined,
			timeoutMs: undefined,
			names: [],
		},
	};
	const rest = [...list];
	for (let text = rest[0]; text !== undefined && /^-./.test(text); text = rest[0]) {
		rest.shift();
		if (text === '--') break;
		for (let at = 1; at < text.length; at++) {
			const letter = text[at] as string;
			if (letter === 'r') options.raw = true;
			else if (letter === 's') options.silent = true;
			else {
				takeValue(options, letter, text.slice(at + 1) || rest.shift());
				break;
			}
		}
	}
	options.names = rest;
	return options;
}

function takeValue(options: ReadOptions, letter: string, value: string | undefined): void {
	if (value === undefined) throw new UsageError(`-${letter} needs a value`);
	if (letter === 'p') options.prompt = value;
	else if (letter === 'n' || letter === 'N') options.count = parseCount(value);
	else if (letter === 'u') options.descriptor = parseCount(value);
	else if (letter === 't') options.timeoutMs = Math.round(Number(value) * 1000);
	else throw new UsageError(`there is no option -${letter}`);
}

async function readLine(context: BuiltinContext, options: ReadOptions): Promise<{ line: string; ended: boolean }> {
	const { system, scope } = context;
	const handle = scope.streams[options.descriptor];
	if (handle === undefined) return { line: '', ended: true };
	// A handle of its own, so that closing it gives up the read.
	const own = await system.handleDuplicate(handle, 1);
	const giveUp = () => void system.handleClose(own).catch(ignoreClosed);
	scope.signal.addEventListener('abort', giveUp, { once: true });
	const restore = await quieten(context, own, options);
	try {
		return await collect(context, own, options).catch((error: unknown) => {
			throw scope.signal.aborted ? new Interrupted({ cause: error }) : error;
		});
	} finally {
		scope.signal.removeEventListener('abort', giveUp);
		await restore();
		await system.handleClose(own).catch(ignoreClosed);
	}
}

function ignoreClosed(error: unknown): void {
	if (!(error instanceof OsError && (error.code === 'EBADF' || error.code === 'ECANCELED'))) throw error;
}

/** `-s` and `-n` change what the terminal does, as long as the line is read. */
async function quieten({ system }: BuiltinContext, handle: number, options: ReadOptions): Promise<() => Promise<void>> {
	if (!options.silent && options.count === undefined) return async () => undefined;
	if ((await system.handleKind(handle)) !== 'terminal') return async () => undefined;
	const mode = await system.terminalMode(handle);
	const { silent, count } = options;
	await system.terminalSetMode(handle, {
		...mode,
		echo: mode.echo && !silent,
		canonical: mode.canonical && count === undefined,
	});
	return () => system.terminalSetMode(handle, mode).catch(ignoreClosed);
}

async function collect(
	{ system }: BuiltinContext,
	handle: number,
	{ raw, count, timeoutMs }: ReadOptions,
): Promise<{ line: string; ended: boolean }> {
	const bytes: number[] = [];
	for (;;) {
		if (timeoutMs !== undefined && (await system.streamPoll([handle], [], timeoutMs)).length === 0)
			return { line: decode(bytes), ended: true };
		const piece = await system.streamReadLine(
			handle,
			Math.min(pieceBytes, count === undefined ? pieceBytes : count - bytes.length),
		);
		for (const byte of piece) bytes.push(byte);
		if (piece.length === 0 || (count !== undefined && bytes.length >= count))
			return { line: decode(bytes), ended: piece.length === 0 };
		if (bytes.at(-1) !== lineFeed) continue;
		bytes.pop();
		if (raw || !/(?<!\\)(?:\\\\)*\\$/.test(decode(bytes))) return { line: decode(bytes), ended: false };
		// A backslash at the end of a line joins the next one to it.
		bytes.pop();
	}
}

function decode(bytes: readonly number[]): string {
	return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)).replaceAll('\0', '');
}

export const readBuiltins: Readonly<Record<string, Builtin>> = { read };
