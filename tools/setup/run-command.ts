/** Runs a program without a shell and collects what it printed. */
import { spawn } from 'node:child_process';

export interface CommandResult {
	readonly status: number;
	readonly output: string;
}

export interface CommandOptions {
	readonly directory?: string;
	readonly environment?: Readonly<Record<string, string>>;
	/** Shows the program's output as it comes, instead of collecting it. */
	readonly show?: boolean;
}

/** Resolves with the exit status; 127 when the program does not exist. */
export function runCommand(
	program: string,
	programArguments: readonly string[],
	options: CommandOptions = {},
): Promise<CommandResult> {
	return new Promise((resolve) => {
		const child = spawn(program, programArguments, {
			cwd: options.directory,
			env: { ...process.env, ...options.environment },
			stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
		});
		const chunks: Buffer[] = [];
		child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.once('error', (error) => resolve({ status: 127, output: error.message }));
		child.once('close', (status) => resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
	});
}

/** The output of a program that must succeed. */
export async function getOutput(
	program: string,
	programArguments: readonly string[],
	options: CommandOptions = {},
): Promise<string> {
	const { status, output } = await runCommand(program, programArguments, options);
	if (status !== 0) throw new Error(`${program} ${programArguments.join(' ')} failed (${status}):\n${output.trim()}`);
	return output;
}
