/** Commands about processes and the system: `ps`, `env`, `xargs`, `sleep`, `start`, `open`, `which`, `uname`, `date`, `tty`, `stty`, `clear`. */
import { rights } from '#abi/rights.ts';
import type { TerminalMode } from '#abi/structures.generated.ts';
import { extensionName } from '#base/path.ts';
import { everydayCommands } from '#runtime/everyday-commands.ts';
import {
	type Command,
	type CommandContext,
	CommandError,
	forEachOperand,
	type Options,
	pathOf,
	UsageError,
} from './command.ts';
import { formatDate, parseDate } from './dates.ts';
import { formatSize, formatTable } from './format.ts';
import { withInput } from './inputs.ts';
import { resolveProgram, startProgram } from './run-program.ts';

const ps: Command = {
	usage: 'ps [-eflj]',
	summary: 'Lists the processes; -f with their arguments.',
	options: { flags: 'aAefjluxw', attached: 'o' },
	run({ system, output }, options) {
		const rows = system.processList().map((process) => {
			const { pid, parent, group, state, program } = process;
			const what = options.has('f') ? [program, ...process.arguments].join(' ') : process.title;
			return [
				String(pid),
				String(parent),
				String(group),
				state,
				String(process.calls),
				formatSize(process.bytesRead),
				formatSize(process.bytesWritten),
				what,
			];
		});
		output.write(
			formatTable(
				[['PID', 'PPID', 'PGID', 'STATE', 'CALLS', 'READ', 'WRITTEN', options.has('f') ? 'COMMAND' : 'TITLE'], ...rows],
				[0, 1, 2, 4, 5, 6],
			),
		);
		return 0;
	},
};

const env: Command = {
	usage: 'env [-i] [-u NAME] [NAME=VALUE…] [PROGRAM [ARGUMENT…]]',
	summary: 'Runs a program with other variables; without one lists them. -i with none but those given.',
	options: {
		flags: 'i0',
		values: 'uC',
		long: { 'ignore-environment': 'i', unset: 'u', chdir: 'C' },
		stopsAtOperand: true,
	},
	failure: 125,
	run(context, options) {
		const variables = new Map(options.has('i') ? [] : context.environment);
		for (const name of options.values('u')) variables.delete(name);
		let first = 0;
		for (; /^[^=]+=/.test(options.operands[first] ?? ''); first++) {
			const text = options.operands[first] as string;
			variables.set(text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1));
		}
		const lines = [...variables].map(([name, value]) => `${name}=${value}`);
		const words = options.operands.slice(first);
		if (words.length === 0) {
			for (const line of lines) context.output.write(line + (options.has('0') ? '\0' : '\n'));
			return 0;
		}
		const folder = options.value('C');
		const changes = {
			environment: lines,
			...(folder === undefined ? {} : { workingDirectory: pathOf(context, folder) }),
		};
		const pid = attemptStart(context, words, changes);
		return typeof pid === 'object' ? pid.code : context.system.processWait(pid).code;
	},
};

/** 127 and a word about it when there is no such program. */
function attemptStart(
	context: CommandContext,
	words: readonly string[],
	changes: Parameters<typeof startProgram>[2],
): number | { code: number } {
	try {
		return startProgram(context, words, changes);
	} catch (failure) {
		if (!(failure instanceof CommandError)) throw failure;
		context.error.write(`${context.name}: ${failure.message}\n`);
		return { code: 127 };
	}
}

const printenv: Command = {
	usage: 'printenv [NAME…]',
	summary: 'Writes the values of variables.',
	run({ environment, output }, { operands }) {
		if (operands.length === 0) for (const [name, value] of environment) output.write(`${name}=${value}\n`);
		let status = 0;
		for (const name of operands) {
			const value = environment.get(name);
			if (value === undefined) status = 1;
			else output.write(`${value}\n`);
		}
		return status;
	},
};

const xargs: Command = {
	usage: 'xargs [-0rt] [-n COUNT] [-L LINES] [-I TEXT] [-d CHARACTER] [PROGRAM [ARGUMENT…]]',
	summary:
		'Runs a program with the words of standard input as its arguments; -n so many at a time, -I once for each line in place of a text, -0 words end with NUL.',
	options: {
		flags: '0rtx',
		values: 'nLIdPsa',
		long: {
			null: '0',
			'no-run-if-empty': 'r',
			'max-args': 'n',
			'max-lines': 'L',
			replace: 'I',
			delimiter: 'd',
			verbose: 't',
			'arg-file': 'a',
		},
		stopsAtOperand: true,
	},
	run(context, options) {
		const words = options.operands.length === 0 ? ['echo'] : options.operands;
		const replaced = options.value('I');
		const size = replaced !== undefined ? 1 : (options.count('n') ?? options.count('L') ?? 2000);
		let status = 0;
		let batch: string[] = [];
		let hasRun = false;
		const run = (list: readonly string[]): boolean => {
			hasRun = true;
			const all =
				replaced === undefined ? [...words, ...list] : words.map((text) => text.replaceAll(replaced, list[0] ?? ''));
			if (options.has('t')) context.error.write(`${all.join(' ')}\n`);
			context.error.flush();
			// What it reads is not the list of words.
			const pid = attemptStart(context, all, { standardInput: undefined });
			const { code } = typeof pid === 'object' ? pid : context.system.processWait(pid);
			if (typeof pid === 'object') status = 127;
			else if (code === 255) status = 124;
			else if (code !== 0) status = 123;
			return status !== 124 && status !== 127;
		};
		for (const word of readWords(context, options)) {
			batch.push(word);
			if (batch.length < size) continue;
			if (!run(batch)) return status;
			batch = [];
		}
		if (batch.length > 0 || (!hasRun && !options.has('r') && replaced === undefined)) run(batch);
		return status;
	},
};

function* readWords(context: CommandContext, options: Options): Generator<string> {
	const delimiter = options.has('0')
		? '\0'
		: options.value('d')?.replace('\\n', '\n').replace('\\t', '\t').replace('\\0', '\0');
	const file = options.value('a') ?? '-';
	if (delimiter !== undefined) {
		yield* withInput(context, file, (input) => [...input.lines(delimiter.charCodeAt(0))]);
		return;
	}
	const byLine = options.has('I') || options.has('L');
	for (const line of withInput(context, file, (input) => (file === '-' ? input.lines() : [...input.lines()]))) {
		if (byLine) {
			if (line.trim() !== '') yield line.trimStart();
			continue;
		}
		for (const [, double, single, plain] of line.matchAll(/"([^"]*)"|'([^']*)'|((?:\\.|[^\s"'\\])+)/g))
			yield double ?? single ?? (plain ?? '').replace(/\\(.)/g, '$1');
	}
}

const sleepUnits: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

const sleep: Command = {
	usage: 'sleep SECONDS…',
	summary: 'Waits; with m, h or d behind the number minutes, hours, days.',
	run({ host, output }, { operands }) {
		if (operands.length === 0) throw new UsageError('how long?');
		let seconds = 0;
		for (const text of operands) {
			const [, digits, unit = ''] = /^(\d*\.?\d+|\d+\.)([smhd]?)$/.exec(text) ?? [];
			if (digits === undefined) throw new UsageError(`"${text}" is not a time`);
			seconds += Number(digits) * (sleepUnits[unit] ?? 1);
		}
		output.flush();
		for (const end = host.realtime() + BigInt(Math.round(seconds * 1e9)); host.realtime() < end; )
			host.sleep(Math.min(86_400_000, Math.max(0.1, Number(end - host.realtime()) / 1e6)));
		return 0;
	},
};

const start: Command = {
	usage: 'start PROGRAM [ARGUMENT…]',
	summary: 'Starts a program and does not wait for it. Operands that are files are passed by their full path.',
	options: { isOwn: true },
	run(context) {
		const [program, ...operands] = context.start.arguments;
		if (program === undefined) throw new UsageError('which program?');
		startDetached(
			context,
			program,
			operands.map((operand) => fullPathIfFile(context, operand)),
		);
		return 0;
	},
};

function startDetached(context: CommandContext, program: string, list: readonly string[]): void {
	startProgram(context, [program, ...list], {
		standardInput: undefined,
		standardOutput: undefined,
		standardError: undefined,
		newSession: true,
	});
}

function fullPathIfFile(context: CommandContext, operand: string): string {
	const path = pathOf(context, operand);
	try {
		context.system.pathStat(path);
		return path;
	} catch {
		// It names no file: the program gets it as it was written.
		return operand;
	}
}

const pictureExtensions = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.bmp', '.svg', '.ico'];
const machineExtensions = ['.com', '.exe', '.bat', '.iso', '.img', '.ima', '.vfd', '.flp'];

const open: Command = {
	usage: 'open PATH…',
	summary: 'Opens folders in Explorer, pictures and text in their program, and anything else in the machine.',
	run(context, { operands }) {
		if (operands.length === 0) throw new UsageError('what?');
		return forEachOperand(context, operands, (operand) => {
			const path = pathOf(context, operand);
			const { kind } = context.system.pathStat(path);
			startDetached(context, kind === 'directory' ? 'explorer' : findViewer(context, path), [path]);
		});
	},
};

/** By the extension; without a known one, text opens in Notepad and anything else in the machine, which says what it is. */
function findViewer({ system }: CommandContext, path: string): string {
	const extension = extensionName(path);
	if (pictureExtensions.includes(extension)) return 'pictures';
	if (machineExtensions.includes(extension)) return 'machine';
	const handle = system.fileOpen(path, 'open', rights.read);
	try {
		const bytes = system.fileRead(handle, 0, 4096);
		return bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27))
			? 'machine'
			: 'notepad';
	} finally {
		system.handleClose(handle);
	}
}

const which: Command = {
	usage: 'which NAME…',
	summary: 'Tells where programs are.',
	options: { flags: 'a' },
	run(context, { operands }) {
		let status = 0;
		for (const name of operands) {
			const found = resolveProgram(context, name);
			if (found.includes('/')) context.output.write(`${found}\n`);
			else if (found !== name || isKnown(found)) context.output.write(`${found}: a program of the system\n`);
			else status = 1;
		}
		return status;
	},
};

const everyday: ReadonlySet<string> = new Set(everydayCommands);

function isKnown(name: string): boolean {
	return name === 'sh' || everyday.has(name);
}

const uname: Command = {
	usage: 'uname [-amnrsv]',
	summary: 'Writes the name of the system; -r its version, -m its machine, -a all.',
	options: { flags: 'amnorsvpi' },
	run({ system, output }, options) {
		const { version, host } = system.systemInfo();
		const parts = [
			['s', 'Vitrine'],
			['n', 'vitrine'],
			['r', version],
			['v', host],
			['m', 'wasm32'],
		] as const;
		const chosen = parts.filter(([letter]) => options.has('a') || options.has(letter));
		output.write(`${(chosen.length === 0 ? [parts[0]] : chosen).map(([, text]) => text).join(' ')}\n`);
		return 0;
	},
};

const date: Command = {
	usage: 'date [-u] [-d DATE | -r FILE] [-I[date|seconds]] [-R] [+FORMAT]',
	summary:
		'Shows date and time; -u in UTC, -d another one ("3 days ago", "2026-11-23 05:40"), +FORMAT as strftime: +%Y-%m-%d.',
	options: {
		flags: 'uR',
		values: 'dr',
		attached: 'I',
		long: { utc: 'u', date: 'd', reference: 'r', 'iso-8601': 'I', 'rfc-email': 'R' },
	},
	run(context, options) {
		const { host, output, system } = context;
		const given = options.value('d');
		const reference = options.value('r');
		const now = Number(host.realtime() / 1_000_000n);
		const time =
			reference !== undefined
				? system.pathStat(pathOf(context, reference)).modifiedTime
				: given === undefined
					? now
					: parseDate(given, now);
		const [format] = options.operands;
		if (format !== undefined && !format.startsWith('+'))
			throw new UsageError('a format begins with +; the clock is the computer’s own');
		const iso = options.value('I');
		const chosen =
			format?.slice(1) ??
			(options.has('R')
				? '%a, %d %b %Y %H:%M:%S %z'
				: iso === undefined
					? '%a %b %e %H:%M:%S %Z %Y'
					: iso.startsWith('s')
						? '%Y-%m-%dT%H:%M:%S%z'
						: '%Y-%m-%d');
		output.write(
			`${formatDate(chosen, Math.floor(time), options.has('u') || context.environment.get('TZ') === 'UTC')}\n`,
		);
		return 0;
	},
};

const clear: Command = {
	usage: 'clear',
	summary: 'Clears the screen.',
	run({ output }) {
		output.write('\x1b[H\x1b[2J\x1b[3J');
		return 0;
	},
};

const tty: Command = {
	usage: 'tty [-s]',
	summary: 'Tells whether standard input is a terminal.',
	options: { flags: 's' },
	run({ input, system, output }, options) {
		const isTerminal = input.handle !== undefined && system.handleKind(input.handle) === 'terminal';
		if (!options.has('s')) output.write(isTerminal ? '/dev/tty\n' : 'not a tty\n');
		return Number(!isTerminal);
	},
};

const modeWords: Readonly<Record<string, keyof TerminalMode>> = {
	icanon: 'canonical',
	echo: 'echo',
	isig: 'signals',
	opost: 'outputNewlines',
	onlcr: 'outputNewlines',
};

const stty: Command = {
	usage: 'stty [-a] [size] [[-]echo] [[-]icanon] [[-]isig] [[-]onlcr] [raw] [sane]',
	summary: 'Shows or changes what the terminal does with keys and text.',
	options: { isOwn: true },
	run({ system, input, output, start }) {
		const handle = input.handle;
		if (handle === undefined || system.handleKind(handle) !== 'terminal')
			throw new CommandError('standard input is no terminal');
		const words = start.arguments.filter((text) => text !== '-a');
		const { rows, columns } = system.terminalSize(handle);
		let mode = system.terminalMode(handle);
		if (words.length === 0) {
			const shown = Object.entries(modeWords).map(([word, field]) => (mode[field] ? word : `-${word}`));
			output.write(`rows ${rows}; columns ${columns};\n${shown.join(' ')}\n`);
			return 0;
		}
		for (const word of words) {
			const field = modeWords[word.replace(/^-/, '')];
			if (word === 'size') output.write(`${rows} ${columns}\n`);
			else if (word === 'raw') mode = { canonical: false, echo: mode.echo, signals: false, outputNewlines: false };
			else if (word === 'sane' || word === '-raw' || word === 'cooked')
				mode = { canonical: true, echo: true, signals: true, outputNewlines: true };
			else if (field === undefined) throw new UsageError(`there is no "${word}"`);
			else mode = { ...mode, [field]: !word.startsWith('-') };
		}
		system.terminalSetMode(handle, mode);
		return 0;
	},
};

export const processCommands = {
	ps,
	env,
	printenv,
	xargs,
	sleep,
	start,
	open,
	which,
	uname,
	date,
	clear,
	tty,
	stty,
} satisfies Record<string, Command>;
