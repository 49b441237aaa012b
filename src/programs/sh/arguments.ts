/** The arguments of the shell itself. */
import { UsageError } from './builtin.ts';
import type { OptionName } from './session.ts';

export interface ShellArguments {
	/** A command, the path of a script, or standard input. */
	readonly kind: 'command' | 'script' | 'input';
	readonly text: string;
	readonly name: string;
	readonly positional: readonly string[];
	readonly options: readonly OptionName[];
}

export function parseArguments(list: readonly string[]): ShellArguments {
	const { rest, options, isCommand, readsInput } = takeOptions(list);
	if (isCommand) {
		const [text, name = 'sh', ...positional] = rest;
		if (text === undefined) throw new UsageError('-c needs a command');
		return { kind: 'command', text, name, positional, options };
	}
	const [text, ...positional] = rest;
	if (text === undefined || readsInput) return { kind: 'input', text: '', name: 'sh', positional: rest, options };
	return { kind: 'script', text, name: text, positional, options };
}

function takeOptions(list: readonly string[]) {
	const rest = [...list];
	const options: OptionName[] = [];
	let isCommand = false;
	let readsInput = false;
	for (let text = rest[0]; text !== undefined && /^-./.test(text); text = rest[0]) {
		rest.shift();
		if (text === '--') break;
		for (const letter of text.slice(1)) {
			if (letter === 'c') isCommand = true;
			else if (letter === 's') readsInput = true;
			else if (letter === 'o') options.push(optionNamed(rest.shift()));
			else if ('aCefmnuvx'.includes(letter)) options.push(letter as OptionName);
			else if (letter !== 'i' && letter !== 'l') throw new UsageError(`there is no option -${letter}`);
		}
	}
	return { rest, options, isCommand, readsInput };
}

const names: Readonly<Record<string, OptionName>> = {
	errexit: 'e',
	nounset: 'u',
	xtrace: 'x',
	noglob: 'f',
	pipefail: 'pipefail',
};

function optionNamed(name: string | undefined): OptionName {
	const option = names[name ?? ''];
	if (option === undefined) throw new UsageError(`there is no option "${name ?? ''}"`);
	return option;
}
