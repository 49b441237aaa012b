/** `echo` and `printf`. */
import { type Builtin, UsageError } from '../builtin.ts';
import { formatText } from '../format.ts';
import { ShellError } from '../scope.ts';

const echo: Builtin = {
	usage: 'echo [-neE] [TEXT…]',
	summary: 'Writes its arguments; -n without a line end, -e with \\n, \\t and the like.',
	takesAnything: true,
	async run({ arguments: list, output }) {
		let [first, isBare, hasEscapes] = [0, false, false];
		for (; /^-[neE]+$/.test(list[first] ?? ''); first++) {
			const letters = list[first] as string;
			isBare ||= letters.includes('n');
			hasEscapes = letters.includes('e') || (hasEscapes && !letters.includes('E'));
		}
		const text = list.slice(first).join(' ');
		if (!hasEscapes) await output.write(text + (isBare ? '' : '\n'));
		else {
			const { bytes, stopped } = formatText('%b', [text]);
			await output.write(bytes);
			if (!isBare && !stopped) await output.write('\n');
		}
		return 0;
	},
};

const printf: Builtin = {
	usage: 'printf [-v NAME] FORMAT [ARGUMENT…]',
	summary:
		'Writes by a format: %s %b %q %c %d %i %u %o %x %X %f %e %g %%, with width and precision; \\n \\t \\\\ \\NNN \\xHH in it.',
	takesAnything: true,
	async run({ arguments: list, output, error, session }) {
		const [name, ...rest] = list[0] === '-v' ? list.slice(1) : ['', ...list];
		const [format, ...values] = rest[0] === '--' ? rest.slice(1) : rest;
		if (format === undefined) throw new UsageError('which format?');
		const { bytes, problems } = formatText(format, values);
		if (name !== undefined && name !== '') session.setVariable(name, new TextDecoder().decode(bytes));
		else await output.write(bytes);
		for (const problem of problems) await error.write(`printf: ${problem}\n`);
		if (problems.some((problem) => problem.startsWith('%'))) throw new ShellError('the format is not understood');
		return Number(problems.length > 0);
	},
};

export const outputBuiltins: Readonly<Record<string, Builtin>> = { echo, printf };
