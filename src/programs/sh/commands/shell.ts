/** Commands about the shell itself: variables, history, tests, help, ending. */
import { type Command, type CommandContext, parseCount, parseOptions, pathOf, UsageError } from '../command.ts';

const nameOnly = /^[A-Za-z_]\w*$/;

const exportCommand: Command = {
	usage: 'export [NAME[=VALUE]…]',
	summary: 'Gives variables to the programs that the shell starts; without arguments lists them.',
	async run({ arguments: list, session, output }) {
		if (list.length === 0) for (const line of session.environment().sort()) await output.write(`${line}\n`);
		for (const text of list) {
			const [name = '', ...value] = text.split('=');
			if (!nameOnly.test(name)) throw new UsageError(`"${name}" is not a name for a variable`);
			if (text.includes('=')) session.variables.set(name, value.join('='));
			session.exported.add(name);
		}
		return 0;
	},
};

const unset: Command = {
	usage: 'unset NAME…',
	summary: 'Removes variables.',
	async run({ arguments: list, session }) {
		for (const name of list) {
			session.variables.delete(name);
			session.exported.delete(name);
		}
		return 0;
	},
};

const env: Command = {
	usage: 'env',
	summary: 'Lists the variables that programs get.',
	async run({ arguments: list, session, output }) {
		if (list.length > 0) throw new UsageError('to set a variable for one command, write NAME=value before it');
		for (const line of session.environment()) await output.write(`${line}\n`);
		return 0;
	},
};

const history: Command = {
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
		for (const [index, line] of session.history.slice(first).entries()) {
			await output.write(`${String(first + index + 1).padStart(5)}  ${line}\n`);
		}
		return 0;
	},
};

const clear: Command = {
	usage: 'clear',
	summary: 'Clears the screen.',
	async run({ output }) {
		await output.write('\x1b[H\x1b[2J\x1b[3J');
		return 0;
	},
};

const trueCommand: Command = { usage: 'true', summary: 'Succeeds.', run: async () => 0 };
const colon: Command = { usage: ':', summary: 'Does nothing, and succeeds.', run: async () => 0 };
const falseCommand: Command = { usage: 'false', summary: 'Fails.', run: async () => 1 };

const exit: Command = {
	usage: 'exit [CODE]',
	summary: 'Ends the shell.',
	async run({ arguments: list, session }) {
		session.exitCode = list[0] === undefined ? session.lastStatus : parseCount(list[0]) & 255;
		return session.exitCode;
	},
};

const date: Command = {
	usage: 'date [-uI]',
	summary: 'Shows date and time; -u in UTC, -I as 2026-11-23T05:40:00.',
	async run({ arguments: list, output }) {
		const { flags } = parseOptions(list, 'uI');
		const now = new Date();
		const local = new Date(now.getTime() - (flags.has('u') ? 0 : now.getTimezoneOffset() * 60_000));
		const iso = local.toISOString().slice(0, 19) + (flags.has('u') ? 'Z' : '');
		const zone = flags.has('u') ? { timeZone: 'UTC' } : {};
		const text = now.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long', ...zone });
		await output.write(`${flags.has('I') ? iso : text}\n`);
		return 0;
	},
};

const test: Command = {
	usage: 'test EXPRESSION, or [ EXPRESSION ]',
	summary:
		'Succeeds when the expression is true: -e -f -d -s PATH, -n -z TEXT, A = B, A != B, A -eq -ne -lt -le -gt -ge B, ! before it.',
	async run(context) {
		const list = [...context.arguments];
		if (context.name === '[' && list.pop() !== ']') throw new UsageError('the closing ] is missing');
		const negated = list[0] === '!' && list.length > 1;
		const holds = await evaluate(context, negated ? list.slice(1) : list);
		return Number(holds === negated);
	},
};

async function evaluate(context: CommandContext, list: readonly string[]): Promise<boolean> {
	const [first = '', second = '', third = ''] = list;
	if (list.length <= 1) return first !== '';
	if (list.length === 2) return evaluateUnary(context, first, second);
	if (list.length > 3) throw new UsageError('one test at a time; join tests with && and ||');
	if (second === '=' || second === '==') return first === third;
	if (second === '!=') return first !== third;
	const comparison = comparisons[second];
	if (comparison === undefined) throw new UsageError(`"${second}" is not a comparison`);
	return comparison(parseInteger(first) - parseInteger(third));
}

const comparisons: Readonly<Record<string, (difference: number) => boolean>> = {
	'-eq': (difference) => difference === 0,
	'-ne': (difference) => difference !== 0,
	'-lt': (difference) => difference < 0,
	'-le': (difference) => difference <= 0,
	'-gt': (difference) => difference > 0,
	'-ge': (difference) => difference >= 0,
};

function parseInteger(text: string): number {
	if (!/^[-+]?\d+$/.test(text)) throw new UsageError(`"${text}" is not a whole number`);
	return Number(text);
}

async function evaluateUnary(context: CommandContext, operator: string, operand: string): Promise<boolean> {
	if (operator === '-n') return operand !== '';
	if (operator === '-z') return operand === '';
	if (!['-e', '-f', '-d', '-s'].includes(operator)) throw new UsageError(`"${operator}" is not a test`);
	const stat = await context.system.pathStat(pathOf(context, operand)).catch(() => undefined);
	if (stat === undefined) return false;
	if (operator === '-f') return stat.kind === 'file';
	if (operator === '-d') return stat.kind === 'directory';
	return operator === '-e' || stat.size > 0;
}

export const shellCommands: Readonly<Record<string, Command>> = {
	export: exportCommand,
	unset,
	env,
	history,
	clear,
	true: trueCommand,
	':': colon,
	false: falseCommand,
	exit,
	date,
	test,
	'[': test,
};
