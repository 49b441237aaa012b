/** What ended a program, in words that a person understands, with the engine's own for who mends it. */
import type { Crash } from '#kernel/program-launcher.ts';

/** Parts of the messages of V8, and what they mean. */
const meanings: readonly (readonly [part: RegExp, words: string])[] = [
	[/unreachable/i, 'it gave up by itself (unreachable code, as after abort or panic)'],
	[/memory access out of bounds/i, 'it used memory that it does not have'],
	[/maximum call stack|stack overflow/i, 'its calls went too deep (stack overflow)'],
	[/divide by zero|remainder by zero/i, 'it divided by zero'],
	[/divide result unrepresentable|float unrepresentable/i, 'a number became too large'],
	[/null function|signature mismatch|table index|table access/i, 'it called a function that there is not'],
	[/out of memory|allocation failed|memory limit/i, 'there was not enough memory'],
];

export function describeCrash(error: unknown): Crash {
	const message = error instanceof Error ? error.message : String(error);
	const meaning = meanings.find(([part]) => part.test(message));
	const stack = error instanceof Error ? (error.stack ?? '') : '';
	return { reason: meaning === undefined ? message : meaning[1], stack };
}
