/** `help`: what there is. */
import { everydayCommands } from '#runtime/everyday-commands.ts';
import type { Builtin } from '../builtin.ts';
import { formatColumns } from '../columns.ts';
import { ShellError } from '../scope.ts';

export function help(builtins: () => ReadonlyMap<string, Builtin>): Builtin {
	return {
		usage: 'help [COMMAND]',
		summary: 'Lists the commands, or tells what one of the shell does.',
		async run({ arguments: [name], output, session }) {
			if (name !== undefined) {
				const builtin = builtins().get(name);
				if (builtin === undefined) throw new ShellError(`${name}: it is no builtin command; try "${name} --help"`);
				await output.write(`usage: ${builtin.usage}\n${builtin.summary}\n`);
				return 0;
			}
			const columns = Number(session.findVariable('COLUMNS') ?? 80);
			await output.write('Commands of the shell:\n');
			await output.write(formatColumns([...builtins().keys()].sort(), columns));
			await output.write('\nEveryday commands, each a process of its own (NAME --help tells more):\n');
			await output.write(formatColumns([...everydayCommands], columns));
			await output.write('\nAny other word starts the program of that name, or the file at that path.\n');
			return 0;
		},
	};
}
