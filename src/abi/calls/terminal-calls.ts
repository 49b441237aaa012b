/** Terminals: a controller, where somebody types and looks, and an end that programs read and write. */
import { call, handleErrors, type SystemCallDefinition } from '../call-definition.ts';

const terminal = ['handle', 'either end of a terminal'] as const;

export const terminalCalls: readonly SystemCallDefinition[] = [
	call(150, 'terminal_create', 'Makes a terminal', {
		description:
			'What is written to the controller is typed at the terminal, and what programs write to the terminal is read from the controller. A process whose standard streams are a terminal has it as its own, and so have those it starts. When the last handle of the controller is closed, the terminal hangs up: programs read its end, writing fails with EIO, and its first process and the processes in its foreground are sent `hangup`.',
		arguments: { size: ['TerminalSize', 'how much it shows'] },
		result: 'TerminalEnds',
		errors: ['EMFILE'],
		seeAlso: ['terminal_open', 'terminal_set_mode', 'stream_read', 'stream_write'],
	}),
	call(151, 'terminal_open', 'Opens the terminal of the calling process', {
		description: 'As `/dev/tty` does for who opens it by path.',
		result: 'handle',
		errors: ['ENXIO', 'EMFILE'],
		seeAlso: ['terminal_create'],
	}),
	call(152, 'terminal_mode', 'Tells what a terminal does with keys and text', {
		arguments: { handle: terminal },
		result: 'TerminalMode',
		errors: [...handleErrors, 'ENOTTY'],
		seeAlso: ['terminal_set_mode'],
	}),
	call(153, 'terminal_set_mode', 'Says what a terminal does with keys and text', {
		description:
			'A line that was begun is handed on when lines are no longer edited. A process whose terminal it is, but not in the foreground, waits until it is.',
		arguments: { handle: terminal, mode: ['TerminalMode', 'from now on'] },
		errors: [...handleErrors, 'ENOTTY'],
		seeAlso: ['terminal_mode'],
	}),
	call(154, 'terminal_size', 'Tells how much a terminal shows', {
		arguments: { handle: terminal },
		result: 'TerminalSize',
		errors: [...handleErrors, 'ENOTTY'],
		seeAlso: ['terminal_set_size', 'terminal_await_size'],
	}),
	call(155, 'terminal_set_size', 'Says how much a terminal shows', {
		description: 'Who waits for another size hears of it.',
		arguments: { handle: terminal, size: ['TerminalSize', 'from now on'] },
		errors: [...handleErrors, 'ENOTTY'],
		seeAlso: ['terminal_size', 'terminal_await_size'],
	}),
	call(156, 'terminal_await_size', 'Waits until a terminal has another size', {
		description: 'Replies at once when its size is not `known`. EIO when the terminal hangs up.',
		arguments: { handle: terminal, known: ['TerminalSize', 'the size that the caller knows'] },
		result: 'TerminalSize',
		errors: [...handleErrors, 'ENOTTY', 'EIO', 'ECANCELED'],
		seeAlso: ['terminal_size'],
	}),
	call(157, 'terminal_foreground', 'Tells which process group a terminal belongs to', {
		arguments: { handle: terminal },
		result: 'pid',
		errors: [...handleErrors, 'ENOTTY'],
		seeAlso: ['terminal_set_foreground'],
	}),
	call(158, 'terminal_set_foreground', 'Gives a terminal to a process group', {
		description:
			'Ctrl+C, Ctrl+\\ and Ctrl+Z are signals for this group, and only its processes read from the terminal: others wait until it is theirs.',
		arguments: { handle: terminal, group: ['pid', 'the process group'] },
		errors: [...handleErrors, 'ENOTTY'],
		seeAlso: ['terminal_foreground'],
	}),
];
