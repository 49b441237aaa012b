/** Builtins about variables: `export`, `readonly`, `local`, `unset`, `let`, `getopts`, `history`. */
import { type Builtin, type BuiltinContext, parseCount, parseOptions, UsageError } from '../builtin.ts';
import { quoteWord } from '../parameter.ts';
import { ShellError } from '../scope.ts';
import { splitAssignment, type Variable } from '../session.ts';

const nameForm = /^[A-Za-z_]\w*$/;

/** `NAME`, `NAME=VALUE` or `NAME+=VALUE`. */
function parseAssignment(
	text: string,
	find: (name: string) => string | undefined,
): { name: string; value: string | undefined } {
	const [left, right] = splitAssignment(text);
	const appends = text.includes('=') && left.endsWith('+');
	const name = appends ? left.slice(0, -1) : left;
	if (!nameForm.test(name)) throw new ShellError(`"${name}" is not a name for a variable`);
	if (!text.includes('=')) return { name, value: undefined };
	return { name, value: appends ? (find(name) ?? '') + right : right };
}

async function declare(
	{ session, arguments: list, output, name: command }: BuiltinContext,
	changes: Partial<Variable>,
	isListed: (variable: Variable) => boolean,
): Promise<number> {
	const { flags, operands } = parseOptions(list, command === 'export' ? 'pn' : 'p');
	if (operands.length === 0)
		for (const [name, variable] of [...session.variables].sort())
			if (isListed(variable)) await output.write(`${command} ${name}=${quoteWord(variable.value)}\n`);
	for (const text of operands) {
		const { name, value } = parseAssignment(text, (wanted) => session.findVariable(wanted));
		const applied = flags.has('n') ? { exported: false } : changes;
		session.setVariable(name, value ?? session.findVariable(name) ?? '', applied);
	}
	return 0;
}

const exportBuiltin: Builtin = {
	usage: 'export [-np] [NAME[=VALUE]…]',
	summary: 'Gives variables to the programs that the shell starts; -n no longer; without names lists them.',
	run: (context) => declare(context, { exported: true }, ({ exported }) => exported),
};

const readonly: Builtin = {
	usage: 'readonly [-p] [NAME[=VALUE]…]',
	summary: 'Keeps variables as they are; without names lists them.',
	run: (context) => declare(context, { readOnly: true }, ({ readOnly }) => readOnly),
};

const local: Builtin = {
	usage: 'local NAME[=VALUE]…',
	summary: 'Makes variables that end with the function.',
	async run({ session, arguments: list }) {
		const hidden = session.locals.at(-1);
		if (hidden === undefined) throw new ShellError('it is for use in functions');
		for (const text of list) {
			const { name, value } = parseAssignment(text, (wanted) => session.findVariable(wanted));
			if (!hidden.has(name)) hidden.set(name, session.variables.get(name));
			session.setVariable(name, value ?? '');
			if (value === undefined) session.unsetVariable(name);
		}
		return 0;
	},
};

const unset: Builtin = {
	usage: 'unset [-fv] NAME…',
	summary: 'Removes variables; -f functions.',
	async run({ session, arguments: list }) {
		const { flags, operands } = parseOptions(list, 'fv');
		for (const name of operands) {
			if (flags.has('f')) session.functions.delete(name);
			else session.unsetVariable(name);
		}
		return 0;
	},
};

const letBuiltin: Builtin = {
	usage: 'let EXPRESSION…',
	summary: 'Calculates; fails when the last result is 0.',
	takesAnything: true,
	async run({ shell, scope, arguments: list }) {
		let value = 0n;
		for (const text of list) value = await shell.calculate(text, scope);
		return Number(value === 0n);
	},
};

const getopts: Builtin = {
	usage: 'getopts LETTERS NAME [ARGUMENT…]',
	summary: 'Takes the next option off the arguments, for a script: "ab:" means -a and -b with a value.',
	async run({ session, error, arguments: [letters, name, ...list] }) {
		if (letters === undefined || name === undefined) throw new UsageError('which letters, and which name?');
		const all = list.length > 0 ? list : session.positional;
		const found = nextOption(letters, all, session.findVariable('OPTIND') ?? '1');
		session.setVariable('OPTIND', found.place);
		if (found.letter === undefined) {
			session.setVariable(name, '?');
			return 1;
		}
		const isQuiet = letters.startsWith(':');
		const fails = found.kind !== 'good';
		session.setVariable(name, found.kind === 'missing' && isQuiet ? ':' : fails ? '?' : found.letter);
		if (found.value !== undefined) session.setVariable('OPTARG', found.value);
		else if (fails && isQuiet) session.setVariable('OPTARG', found.letter);
		else session.unsetVariable('OPTARG');
		const problem = found.kind === 'missing' ? `-${found.letter} needs a value` : `there is no option -${found.letter}`;
		if (fails && !isQuiet) await error.write(`${session.name}: ${problem}\n`);
		return 0;
	},
};

interface FoundOption {
	/** `undefined`: there are no more options. */
	readonly letter: string | undefined;
	readonly kind: 'good' | 'unknown' | 'missing';
	readonly value: string | undefined;
	/** The next `OPTIND`: an argument and, inside joined options, the place of the next letter. */
	readonly place: string;
}

function nextOption(letters: string, all: readonly string[], index: string): FoundOption {
	const [place = 1, at = 1] = index.split('.').map(Number);
	const text = all[place - 1];
	if (text === undefined || !/^-./.test(text) || text === '--')
		return { letter: undefined, kind: 'good', value: undefined, place: String(place + Number(text === '--')) };
	const letter = text[at] as string;
	const isKnown = letter !== ':' && letters.includes(letter);
	const takes = isKnown && letters.includes(`${letter}:`);
	if (!takes) {
		const isLast = at + 1 >= text.length;
		const next = isLast ? String(place + 1) : `${place}.${at + 1}`;
		return { letter, kind: isKnown ? 'good' : 'unknown', value: undefined, place: next };
	}
	const own = text.slice(at + 1);
	const value = own === '' ? all[place] : own;
	return { letter, kind: value === undefined ? 'missing' : 'good', value, place: String(place + (own === '' ? 2 : 1)) };
}

const history: Builtin = {
	usage: 'history [-c] [COUNT]',
	summary: 'Lists the commands typed; -c forgets them.',
	async run({ arguments: list, session, output }) {
		const { flags, operands } = parseOptions(list, 'c');
		if (flags.has('c')) {
			session.history.length = 0;
			return 0;
		}
		const count = operands[0] === undefined ? session.history.length : parseCount(operands[0]);
		const first = Math.max(0, session.history.length - count);
		for (const [index, line] of session.history.slice(first).entries())
			await output.write(`${String(first + index + 1).padStart(5)}  ${line}\n`);
		return 0;
	},
};

export const variableBuiltins: Readonly<Record<string, Builtin>> = {
	export: exportBuiltin,
	readonly,
	local,
	unset,
	let: letBuiltin,
	getopts,
	history,
};
