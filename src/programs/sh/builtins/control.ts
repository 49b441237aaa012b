/** Builtins that steer the shell: loops, functions, scripts, traps, options. */
import { OsError } from '#abi/errors.ts';
import { resolvePath } from '#base/path.ts';
import { type Builtin, type BuiltinContext, parseCount, parseOptions, UsageError } from '../builtin.ts';
import { quoteWord } from '../parameter.ts';
import { ExitControl, LoopControl, ReturnControl, ShellError } from '../scope.ts';
import type { OptionName } from '../session.ts';
import { signalNames } from '../signal-names.ts';

const scriptLimitBytes = 16_777_216;

const colon: Builtin = {
	usage: ': [TEXT…]',
	summary: 'Does nothing, and succeeds.',
	takesAnything: true,
	run: async () => 0,
};
const trueBuiltin: Builtin = { usage: 'true', summary: 'Succeeds.', takesAnything: true, run: async () => 0 };
const falseBuiltin: Builtin = { usage: 'false', summary: 'Fails.', takesAnything: true, run: async () => 1 };

function statusFrom(list: readonly string[], otherwise: number): number {
	const [text] = list;
	if (text === undefined) return otherwise;
	if (!/^-?\d+$/.test(text)) throw new ShellError(`${text}: it is no exit code`, 2);
	return Number(text) & 255;
}

const exit: Builtin = {
	usage: 'exit [CODE]',
	summary: 'Ends the shell.',
	async run({ arguments: list, session }) {
		throw new ExitControl(statusFrom(list, session.lastStatus));
	},
};

const returnBuiltin: Builtin = {
	usage: 'return [CODE]',
	summary: 'Ends a function or a script that was read by "."',
	async run({ arguments: list, session }) {
		throw new ReturnControl(statusFrom(list, session.lastStatus));
	},
};

function loopBuiltin(kind: 'break' | 'continue', summary: string): Builtin {
	return {
		usage: `${kind} [COUNT]`,
		summary,
		async run({ arguments: [count = '1'] }) {
			const levels = parseCount(count);
			if (levels === 0) throw new UsageError('the count begins at 1');
			throw new LoopControl(kind, levels);
		},
	};
}

const evaluate: Builtin = {
	usage: 'eval [TEXT…]',
	summary: 'Runs the text as a command.',
	takesAnything: true,
	run: ({ shell, scope, arguments: list }) =>
		list.length === 0 ? Promise.resolve(0) : shell.evaluate(list.join(' '), scope),
};

const source: Builtin = {
	usage: '. FILE [ARGUMENT…]',
	summary: 'Runs the commands of a file in this shell.',
	async run({ system, shell, scope, session, arguments: [file, ...list] }) {
		if (file === undefined) throw new UsageError('which file?');
		const path = resolvePath(session.workingDirectory, file);
		const bytes = await system.pathRead(path, scriptLimitBytes);
		const before = session.positional;
		if (list.length > 0) session.positional = list;
		try {
			return await shell.evaluate(new TextDecoder().decode(bytes), scope);
		} catch (error) {
			if (error instanceof ReturnControl) return error.status;
			throw error;
		} finally {
			session.positional = before;
		}
	},
};

const shift: Builtin = {
	usage: 'shift [COUNT]',
	summary: 'Takes arguments off the front.',
	async run({ session, arguments: [count = '1'] }) {
		const taken = parseCount(count);
		if (taken > session.positional.length) throw new ShellError('there are not so many arguments');
		session.positional = session.positional.slice(taken);
		return 0;
	},
};

const optionNames: Readonly<Record<string, OptionName>> = {
	errexit: 'e',
	nounset: 'u',
	xtrace: 'x',
	noglob: 'f',
	noexec: 'n',
	noclobber: 'C',
	allexport: 'a',
	verbose: 'v',
	monitor: 'm',
	pipefail: 'pipefail',
};

const set: Builtin = {
	usage: 'set [-aCefmnuvx] [+aCefmnuvx] [-o NAME] [--] [ARGUMENT…]',
	summary:
		'Sets options (-e ends at a failure, -u refuses unset names, -x shows commands, -o pipefail) and the arguments; without any lists the variables.',
	async run({ session, arguments: list, output }) {
		if (list.length === 0) {
			for (const [name, { value }] of [...session.variables].sort())
				await output.write(`${name}=${quoteWord(value)}\n`);
			return 0;
		}
		const rest = [...list];
		for (let text = rest[0]; text !== undefined && /^[-+]./.test(text); text = rest[0]) {
			rest.shift();
			if (text === '--') {
				session.positional = rest;
				return 0;
			}
			if (/^[-+]o$/.test(text) && rest.length === 0) await listOptions(session.options, output);
			else setOptions(session.options, text, rest);
		}
		if (rest.length > 0) session.positional = rest;
		return 0;
	},
};

async function listOptions(options: ReadonlySet<string>, output: BuiltinContext['output']): Promise<void> {
	for (const [name, option] of Object.entries(optionNames))
		await output.write(`${name.padEnd(15)} ${options.has(option) ? 'on' : 'off'}\n`);
}

function setOptions(options: Set<OptionName>, text: string, rest: string[]): void {
	const change = (option: OptionName): void =>
		void (text.startsWith('-') ? options.add(option) : options.delete(option));
	for (const letter of text.slice(1)) {
		if (letter === 'o') {
			const option = optionNames[rest.shift() ?? ''];
			if (option === undefined) throw new UsageError('there is no option of this name');
			change(option);
		} else if ('aCefmnuvx'.includes(letter)) change(letter as OptionName);
		else throw new UsageError(`there is no option ${text}`);
	}
}

const trap: Builtin = {
	usage: "trap ['COMMAND' SIGNAL…]",
	summary: 'Runs a command when a signal comes or the shell ends (EXIT); "-" for what is usual, "" to ignore it.',
	async run({ session, arguments: list, output }) {
		const [command, ...names] = list[0] === '--' ? list.slice(1) : list;
		if (command === undefined) {
			for (const [name, text] of session.traps) await output.write(`trap -- ${quoteWord(text)} ${name}\n`);
			return 0;
		}
		const isReset = command === '-' || (names.length === 0 && /^\d+$/.test(command));
		for (const text of names.length === 0 ? [command] : names) {
			const name = trapName(text);
			if (isReset || names.length === 0) session.traps.delete(name);
			else session.traps.set(name, command);
		}
		return 0;
	},
};

function trapName(text: string): string {
	const name = text === '0' ? 'EXIT' : text.toUpperCase().replace(/^SIG/, '');
	const known = signalNames.find(({ name: short, number }) => short === name || String(number) === name);
	if (name !== 'EXIT' && known === undefined) throw new ShellError(`${text}: there is no such signal`);
	return known?.name ?? name;
}

const command: Builtin = {
	usage: 'command [-vV] NAME [ARGUMENT…]',
	summary: 'Runs a command even when a function has its name; -v tells what it is.',
	async run(context) {
		const { flags, operands } = parseOptions(context.arguments, 'pvV');
		if (flags.has('v') || flags.has('V')) return tellKinds(context, operands, flags.has('V') ? 'sentence' : 'short');
		return context.shell.runWords(operands, context.scope, { skipsFunctions: true });
	},
};

const type: Builtin = {
	usage: 'type NAME…',
	summary: 'Tells what a command is.',
	run: (context) => tellKinds(context, context.arguments, 'sentence'),
};

async function tellKinds(
	context: BuiltinContext,
	names: readonly string[],
	form: 'short' | 'sentence',
): Promise<number> {
	let status = 0;
	for (const name of names) {
		const told = await describeCommand(context, name);
		if (told !== undefined) await context.output.write(`${told[form]}\n`);
		else status = 1;
		if (told === undefined && form === 'sentence') await context.error.write(`${name}: there is no such command\n`);
	}
	return status;
}

/** What a name means as a command; `undefined`: nothing. */
async function describeCommand(
	{ shell, session, system }: BuiltinContext,
	name: string,
): Promise<{ short: string; sentence: string } | undefined> {
	const alias = session.aliases.get(name);
	if (alias !== undefined)
		return { short: `alias ${name}=${quoteWord(alias)}`, sentence: `${name} is an alias for ${alias}` };
	const found = await shell.resolve(name, session);
	if (found?.kind !== 'program')
		return {
			short: name,
			sentence: `${name} is a ${found?.kind === 'function' ? 'function' : 'command of the shell'}`,
		};
	const { program } = found;
	if (!program.includes('/'))
		return shell.isSystemProgram(program) ? { short: name, sentence: `${name} is a program of the system` } : undefined;
	const exists = await system.pathStat(program).then(
		() => true,
		() => false,
	);
	return exists ? { short: program, sentence: `${name} is ${program}` } : undefined;
}

const alias: Builtin = {
	usage: 'alias [NAME[=TEXT]…]',
	summary: 'Lets a name stand for a text at the prompt; without arguments lists them.',
	async run({ session, arguments: list, output }) {
		for (const text of list.length === 0 ? [...session.aliases.keys()].sort() : list) {
			const equals = text.indexOf('=');
			if (equals > 0) {
				session.aliases.set(text.slice(0, equals), text.slice(equals + 1));
				continue;
			}
			const value = session.aliases.get(text);
			if (value === undefined) throw new ShellError(`${text}: there is no such alias`);
			await output.write(`alias ${text}=${quoteWord(value)}\n`);
		}
		return 0;
	},
};

const unalias: Builtin = {
	usage: 'unalias [-a] NAME…',
	summary: 'Forgets aliases; -a all.',
	async run({ session, arguments: list }) {
		const { flags, operands } = parseOptions(list, 'a');
		if (flags.has('a')) session.aliases.clear();
		for (const name of operands) if (!session.aliases.delete(name)) throw new OsError('ENOENT', name);
		return 0;
	},
};

export const controlBuiltins: Readonly<Record<string, Builtin>> = {
	':': colon,
	true: trueBuiltin,
	false: falseBuiltin,
	exit,
	return: returnBuiltin,
	break: loopBuiltin('break', 'Leaves a loop, or so many.'),
	continue: loopBuiltin('continue', 'Goes on with the next turn of a loop.'),
	eval: evaluate,
	'.': source,
	source: { ...source, usage: 'source FILE [ARGUMENT…]' },
	exec: {
		usage: 'exec [COMMAND…]',
		summary: 'Runs a command in place of the shell, or changes its streams.',
		run: async () => 0,
	},
	shift,
	set,
	trap,
	command,
	type,
	alias,
	unalias,
};
