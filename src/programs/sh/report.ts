/** What the shell says of a failure, and which exit code it makes. */
import { OsError } from '#abi/errors.ts';
import { describeError } from '#runtime/describe-error.ts';
import { UsageError } from './builtin.ts';
import { ShellSyntaxError } from './parse.ts';
import { Interrupted, ShellError } from './scope.ts';

export interface Failure {
	readonly text: string;
	readonly status: number;
}

export function describeFailure(failure: unknown, name: string, usage?: string): Failure {
	if (failure instanceof Interrupted) return { text: '', status: 130 };
	if (failure instanceof OsError && failure.code === 'EPIPE') return { text: '', status: 141 };
	if (failure instanceof UsageError)
		return { text: `${name}: ${failure.message}${usage === undefined ? '' : `\nusage: ${usage}`}\n`, status: 2 };
	if (failure instanceof ShellError) return { text: `${name}: ${failure.message}\n`, status: failure.status };
	if (failure instanceof ShellSyntaxError) return { text: `${name}: ${failure.message}\n`, status: 2 };
	if (failure instanceof OsError) return { text: `${name}: ${describeError(failure)}\n`, status: 1 };
	// Control of the flow belongs to whoever runs the command; anything else is a defect of ours.
	throw failure;
}

/** What `time` says. */
export function timeText(milliseconds: number): string {
	return `\nreal\t${Math.floor(milliseconds / 60_000)}m${((milliseconds / 1000) % 60).toFixed(3)}s\n`;
}
