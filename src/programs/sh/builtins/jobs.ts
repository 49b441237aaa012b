/** Builtins about jobs and processes: `jobs`, `fg`, `bg`, `wait`, `kill`, `disown`. */
import { OsError } from '#abi/errors.ts';
import type { Signal } from '#abi/structures.generated.ts';
import { type Builtin, type BuiltinContext, parseOptions, UsageError } from '../builtin.ts';
import type { Job } from '../jobs.ts';
import { ShellError, untilAborted } from '../scope.ts';
import { findSignal, signalNames } from '../signal-names.ts';

const jobs: Builtin = {
	usage: 'jobs [-lp]',
	summary: 'Lists the jobs; -p only their process groups.',
	async run({ shell, arguments: list, output }) {
		const { flags } = parseOptions(list, 'lp');
		for (const job of shell.jobs.all) {
			const line = shell.jobs.describe(job);
			if (flags.has('p')) await output.write(`${job.group ?? job.lastPid ?? ''}\n`);
			else await output.write(flags.has('l') ? line.replace(/^(\S+)\s+/, `$1 ${job.group ?? '-'} `) : line);
		}
		shell.jobs.takeDone();
		return 0;
	},
};

const fg: Builtin = {
	usage: 'fg [JOB]',
	summary: 'Brings a job into the foreground: %1, %name, or the last one.',
	async run({ shell, arguments: [which = ''] }) {
		if (shell.terminal === undefined) throw new ShellError('there is no job control without a terminal');
		const job = shell.jobs.find(which);
		await shell.say(`${job.text}\n`);
		shell.jobs.remove(job);
		job.isForeground = true;
		await shell.giveTerminal(job.group);
		await goOn(shell, job);
		return shell.waitInForeground(job);
	},
};

async function goOn(shell: BuiltinContext['shell'], job: Job): Promise<void> {
	job.continued();
	await shell.jobs.signal(job, 'continue');
}

const bg: Builtin = {
	usage: 'bg [JOB…]',
	summary: 'Lets stopped jobs go on in the background.',
	async run({ shell, arguments: list }) {
		if (shell.terminal === undefined) throw new ShellError('there is no job control without a terminal');
		for (const which of list.length === 0 ? [''] : list) {
			const job = shell.jobs.find(which);
			await goOn(shell, job);
			await shell.say(`[${job.number}]${shell.jobs.markOf(job)} ${job.text} &\n`);
		}
		return 0;
	},
};

const wait: Builtin = {
	usage: 'wait [JOB | PID…]',
	summary: 'Waits until jobs have ended; without one, for all of them.',
	async run({ shell, scope, arguments: list }) {
		let status = 0;
		for (const job of list.length === 0 ? shell.jobs.all : []) {
			if (job.state !== 'stopped') await untilAborted(job.done, scope.signal);
			shell.jobs.remove(job);
		}
		for (const text of list) {
			const job = text.startsWith('%') ? shell.jobs.find(text) : shell.jobs.findByPid(Number(text));
			status = job === undefined ? 127 : await untilAborted(job.done, scope.signal);
			if (job !== undefined) shell.jobs.remove(job);
		}
		return status;
	},
};

const kill: Builtin = {
	usage: 'kill [-SIGNAL | -s SIGNAL] PID | %JOB…, or kill -l',
	summary: 'Sends a signal: TERM, INT, KILL, HUP, STOP, CONT …; by number too. A number below 0 means a process group.',
	async run({ system, shell, arguments: list, output, error }) {
		if (list[0] === '-l') {
			for (const { name, number } of signalNames) await output.write(`${number}) ${name}\n`);
			return 0;
		}
		const { signal, operands } = parseKill(list);
		if (operands.length === 0) throw new UsageError('which process?');
		let status = 0;
		for (const operand of operands) {
			try {
				if (operand.startsWith('%')) await shell.jobs.signal(shell.jobs.find(operand), signal);
				else if (!/^-?\d+$/.test(operand)) throw new ShellError(`${operand}: it is no process number`);
				else if (shell.jobs.findByPid(Number(operand))?.identifier === Number(operand))
					await shell.jobs.signal(shell.jobs.findByPid(Number(operand)) as Job, signal);
				else if (operand.startsWith('-')) await system.processKillGroup(Number(operand.slice(1)), signal);
				else await system.processKill(Number(operand), signal);
			} catch (failure) {
				if (!(failure instanceof OsError || failure instanceof ShellError)) throw failure;
				await error.write(`kill: ${failure instanceof OsError ? `${operand}: ${failure.message}` : failure.message}\n`);
				status = 1;
			}
		}
		return status;
	},
};

function parseKill(list: readonly string[]): { signal: Signal; operands: readonly string[] } {
	const [first = '', second = '', ...rest] = list;
	if (!first.startsWith('-') || first === '--')
		return { signal: 'terminate', operands: first === '--' ? list.slice(1) : list };
	const [name, operands] = first === '-s' || first === '-n' ? [second, rest] : [first.slice(1), list.slice(1)];
	const signal = findSignal(name);
	if (signal === undefined) throw new UsageError(`there is no signal ${name}`);
	return { signal, operands: operands[0] === '--' ? operands.slice(1) : operands };
}

const disown: Builtin = {
	usage: 'disown [JOB…]',
	summary: 'Forgets jobs: they go on when the terminal closes.',
	async run({ shell, arguments: list }) {
		for (const which of list.length === 0 ? [''] : list) shell.jobs.remove(shell.jobs.find(which));
		return 0;
	},
};

export const jobBuiltins: Readonly<Record<string, Builtin>> = { jobs, fg, bg, wait, kill, disown };
