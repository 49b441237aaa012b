/** The calls about terminals: `terminal_*`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { Signal, TerminalEnds, TerminalSize } from '#abi/structures.generated.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';
import { deliverSignal } from '../process-signals.ts';
import { Terminal, TerminalController, TerminalEnd, type TerminalListener } from '../terminal.ts';
import { openTerminal } from './open-place.ts';
import { awaitTurn, follow } from './stream-calls.ts';

export type TerminalCalls = Pick<
	CallHandlers,
	| 'terminal_create'
	| 'terminal_open'
	| 'terminal_mode'
	| 'terminal_set_mode'
	| 'terminal_size'
	| 'terminal_set_size'
	| 'terminal_await_size'
	| 'terminal_foreground'
	| 'terminal_set_foreground'
>;

const bothWays = rights.read | rights.write;

export function createTerminalCalls(kernel: Kernel): TerminalCalls {
	const listener = listenFor(kernel);
	return {
		terminal_create({ process: { handles } }, size): TerminalEnds {
			handles.requireRoom(2);
			const terminal = new Terminal(size, listener);
			return {
				controller: handles.add(terminal.controller, bothWays),
				terminal: handles.add(terminal.end, bothWays),
			};
		},
		terminal_open: ({ process }) => openTerminal(process, bothWays),
		terminal_mode: ({ process }, handle) => terminalOf(process, handle).mode,
		terminal_set_mode({ process }, handle, mode) {
			const terminal = terminalOf(process, handle);
			const turn = awaitTurn(process, handle);
			if (turn === undefined) return terminal.setMode(mode);
			const wait = process.handles.waitOn<void>(handle);
			follow(turn, wait, () => {
				terminal.setMode(mode);
				wait.resolve();
			});
			return wait;
		},
		terminal_size: ({ process }, handle) => terminalOf(process, handle).size,
		terminal_set_size: ({ process }, handle, size) => terminalOf(process, handle).setSize(size),
		terminal_await_size({ process }: Caller, handle, known) {
			const terminal = terminalOf(process, handle);
			const wait = process.handles.waitOn<TerminalSize>(handle);
			terminal.awaitSize(known, wait);
			return wait;
		},
		terminal_foreground: ({ process }, handle) => terminalOf(process, handle).foreground,
		terminal_set_foreground({ process }, handle, group) {
			terminalOf(process, handle).setForeground(group);
		},
	};
}

function terminalOf({ handles }: Process, handle: number): Terminal {
	const object = handles.get(handle);
	if (object instanceof TerminalEnd || object instanceof TerminalController) return object.terminal;
	throw new OsError('ENOTTY', `handle ${handle}`);
}

/** What a terminal does to the processes that have it. */
function listenFor(kernel: Kernel): TerminalListener {
	const send = (terminal: Terminal, signal: Signal, isMeant: (process: Process) => boolean): void => {
		const having = kernel.processes.all.filter((process) => process.terminal === terminal);
		for (const process of having.filter(isMeant)) deliverSignal(kernel, process, signal);
	};
	return {
		// Nobody would let the first process of a terminal go on: it is never stopped by a key.
		signal: (terminal, signal) =>
			send(
				terminal,
				signal,
				({ pid, start }) => start.group === terminal.foreground && (signal !== 'stop' || pid !== terminal.leader),
			),
		hungUp: (terminal) =>
			send(terminal, 'hangup', ({ pid, start }) => pid === terminal.leader || start.group === terminal.foreground),
	};
}
