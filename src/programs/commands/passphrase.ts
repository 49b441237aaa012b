/** Asking for a passphrase: from the terminal, where it is not shown, or from a line of standard input. */
import type { TerminalMode } from '#abi/structures.generated.ts';
import { type CommandContext, CommandError } from './command.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const silent: TerminalMode = { canonical: true, echo: false, signals: true, outputNewlines: true };
const lineFeed = 10;

/** `repeated`: a new one, which is typed twice. */
export function askPassphrase(context: CommandContext, what: string, repeated = false): Bytes {
	const { system, input } = context;
	if (input.handle === undefined) throw new CommandError('there is nobody who could give the passphrase');
	if (system.handleKind(input.handle) !== 'terminal') return takeLine(context);
	const first = askTerminal(context, `${what}: `);
	if (repeated && !sameBytes(first, askTerminal(context, 'Once more: ')))
		throw new CommandError('the two passphrases differ');
	return first;
}

function askTerminal(context: CommandContext, question: string): Bytes {
	const { system, output } = context;
	const terminal = system.terminalOpen();
	const before = system.terminalMode(terminal);
	output.write(question);
	output.flush();
	system.terminalSetMode(terminal, silent);
	try {
		const line = system.streamRead(terminal, 4096);
		if (line.length === 0) throw new CommandError('no passphrase was given');
		return line.at(-1) === lineFeed ? line.slice(0, -1) : line.slice();
	} finally {
		system.terminalSetMode(terminal, before);
		system.handleClose(terminal);
		output.write('\n');
		output.flush();
	}
}

/** The next line; what follows it stays for the next question. */
function takeLine({ input }: CommandContext): Bytes {
	const bytes: number[] = [];
	for (;;) {
		const byte = input.readExactly(1)[0];
		if (byte === undefined && bytes.length === 0) throw new CommandError('no passphrase was given');
		if (byte === undefined || byte === lineFeed) return Uint8Array.from(bytes);
		bytes.push(byte);
	}
}

function sameBytes(one: Bytes, other: Bytes): boolean {
	return one.length === other.length && one.every((byte, place) => byte === other[place]);
}
