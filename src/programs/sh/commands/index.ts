/** The commands that the shell itself carries out. Every other word is the name of a program. */
import { type Command, UsageError } from '../command.ts';
import { directoryCommands } from './directories.ts';
import { fileCommands } from './files.ts';
import { formatTable } from './format.ts';
import { logCommands } from './log.ts';
import { processCommands } from './processes.ts';
import { securityCommands } from './security.ts';
import { serviceCommands } from './service.ts';
import { settingsCommands } from './settings.ts';
import { shellCommands } from './shell.ts';
import { textCommands } from './text.ts';

const help: Command = {
	usage: 'help [COMMAND]',
	summary: 'Lists the commands, or tells about one.',
	async run({ arguments: list, output }) {
		const [name] = list;
		if (name === undefined) {
			const rows = [...commands].filter(([key]) => key !== '[').sort(([a], [b]) => (a < b ? -1 : 1));
			const firstSentence = (text: string) => text.split(/(?<=\.) |;/)[0] ?? text;
			await output.write(formatTable(rows.map(([key, command]) => [key, firstSentence(command.summary)])));
			await output.write('\nNAME --help tells about one. Any other word starts the program of that name.\n');
			await output.write(
				'Quotes, $VARIABLES, $(command), * ? [a-z], | < > >> 2>&1 && || ; & if while for work as in POSIX.\n',
			);
			return 0;
		}
		const command = commands.get(name);
		if (command === undefined) throw new UsageError(`there is no command "${name}"`);
		await output.write(`usage: ${command.usage}\n${command.summary}\n`);
		return 0;
	},
};

export const commands: ReadonlyMap<string, Command> = new Map<string, Command>([
	...Object.entries(directoryCommands),
	...Object.entries(fileCommands),
	...Object.entries(textCommands),
	...Object.entries(processCommands),
	...Object.entries(logCommands),
	...Object.entries(securityCommands),
	...Object.entries(settingsCommands),
	...Object.entries(serviceCommands),
	...Object.entries(shellCommands),
	['help', help],
]);
