/** The files that a command reads: its operands in turn, standard input for `-` and when there are none. */
import { type CommandContext, forEachOperand, pathOf } from './command.ts';
import { type Input, withFile } from './streams.ts';

/** Calls `action` for each; one that cannot be read is told and makes the exit code 1. */
export function forEachInput(
	context: CommandContext,
	operands: readonly string[],
	action: (input: Input, name: string) => void,
): number {
	return forEachOperand(context, operands.length === 0 ? ['-'] : operands, (operand) =>
		withInput(context, operand, (input) => action(input, operand)),
	);
}

export function withInput<T>(context: CommandContext, operand: string, action: (input: Input) => T): T {
	if (operand === '-') return action(context.input);
	return withFile(context.system, pathOf(context, operand), action);
}
