/** Signals as people name them, with the number of POSIX. */
import type { Signal } from '#abi/structures.generated.ts';

export const signalNames: readonly { readonly name: string; readonly number: number; readonly signal: Signal }[] = [
	{ name: 'HUP', number: 1, signal: 'hangup' },
	{ name: 'INT', number: 2, signal: 'interrupt' },
	{ name: 'QUIT', number: 3, signal: 'quit' },
	{ name: 'ABRT', number: 6, signal: 'abort' },
	{ name: 'KILL', number: 9, signal: 'kill' },
	{ name: 'PIPE', number: 13, signal: 'pipe' },
	{ name: 'TERM', number: 15, signal: 'terminate' },
	{ name: 'CONT', number: 18, signal: 'continue' },
	{ name: 'STOP', number: 19, signal: 'stop' },
	{ name: 'TSTP', number: 20, signal: 'stop' },
];

/** `9`, `KILL` or `SIGKILL`. */
export function findSignal(text: string): Signal | undefined {
	const name = text.toUpperCase().replace(/^SIG/, '');
	return signalNames.find((entry) => entry.name === name || String(entry.number) === name)?.signal;
}
