/** Commands about processes: list, end, wait, start programs and open files with them. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { extensionName } from '#base/path.ts';
import { type Command, type CommandContext, parseOptions, pathOf, UsageError } from '../command.ts';
import { untilAborted } from '../streams.ts';
import { forEachOperand } from './directories.ts';
import { formatSize, formatTable } from './format.ts';

const ps: Command = {
	usage: 'ps',
	summary: 'Lists the processes.',
	async run(context) {
		parseOptions(context.arguments, 'aefux');
		const rows = (await context.system.processList()).map((process) => [
			...[String(process.pid), String(process.parent), process.state, String(process.calls)],
			...[formatSize(process.bytesRead), formatSize(process.bytesWritten), process.program, process.title],
		]);
		const headings = ['PID', 'PARENT', 'STATE', 'CALLS', 'READ', 'WRITTEN', 'PROGRAM', 'TITLE'];
		await context.output.write(formatTable([headings, ...rows], [0, 1, 3, 4, 5]));
		return 0;
	},
};

const signals = {
	INT: 'interrupt',
	TERM: 'terminate',
	KILL: 'kill',
	'2': 'interrupt',
	'15': 'terminate',
	'9': 'kill',
} as const;

const kill: Command = {
	usage: 'kill [-INT | -TERM | -KILL] PID…',
	summary: 'Asks processes to end (-TERM), interrupts them, or ends them at once (-KILL, -9).',
	async run(context) {
		const [first = '', ...rest] = context.arguments;
		const given = first.startsWith('-');
		const name = first.replace(/^-(SIG)?/, '') as keyof typeof signals;
		const signal = given ? signals[name] : 'terminate';
		if (signal === undefined) throw new UsageError(`there is no signal ${first}`);
		const operands = given ? rest : context.arguments;
		if (operands.length === 0) throw new UsageError('which process?');
		return forEachOperand(context, operands, async (operand) => {
			if (!/^\d+$/.test(operand)) throw new Error(`${operand}: It is not a process number.`);
			await context.system.processKill(Number(operand), signal);
		});
	},
};

const sleep: Command = {
	usage: 'sleep SECONDS',
	summary: 'Waits.',
	async run(context) {
		const seconds = Number(context.arguments[0]);
		if (!(seconds >= 0 && seconds < 4_000_000)) throw new UsageError('how many seconds?');
		const event = await context.system.eventCreate(false);
		try {
			const elapsed = context.system.eventWait(event, Math.round(seconds * 1000)).catch((error: unknown) => {
				if (!(error instanceof OsError && (error.code === 'ETIMEDOUT' || error.code === 'ECANCELED'))) throw error;
			});
			await untilAborted(elapsed, context.signal);
			return 0;
		} finally {
			await context.system.handleClose(event);
		}
	},
};

async function spawnDetached(context: CommandContext, program: string, list: readonly string[]): Promise<number> {
	const { session } = context;
	return context.system.processSpawn(program, {
		...{ arguments: [...list], environment: session.environment(), workingDirectory: session.workingDirectory },
	});
}

const start: Command = {
	usage: 'start PROGRAM [ARGUMENT…]',
	summary: 'Starts a program and does not wait for it. Operands that are files are passed by their full path.',
	async run(context) {
		const [program, ...operands] = context.arguments;
		if (program === undefined) throw new UsageError('which program?');
		const list = await Promise.all(operands.map((operand) => fullPathIfFile(context, operand)));
		try {
			await spawnDetached(context, program, list);
			return 0;
		} catch (error) {
			const missing = error instanceof OsError && error.code === 'ENOENT';
			throw missing ? new Error(`${program}: There is no such program.`, { cause: error }) : error;
		}
	},
};

async function fullPathIfFile(context: CommandContext, operand: string): Promise<string> {
	const path = pathOf(context, operand);
	return context.system.pathStat(path).then(
		() => path,
		() => operand,
	);
}

const pictureExtensions = ['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.bmp', '.svg', '.ico'];
const machineExtensions = ['.com', '.exe', '.bat', '.iso', '.img', '.ima', '.vfd', '.flp'];

const open: Command = {
	usage: 'open PATH…',
	summary: 'Opens folders in Explorer, pictures and text in their program, and anything else in the machine.',
	async run(context) {
		if (context.arguments.length === 0) throw new UsageError('what?');
		return forEachOperand(context, context.arguments, async (operand) => {
			const path = pathOf(context, operand);
			const { kind } = await context.system.pathStat(path);
			await spawnDetached(context, kind === 'directory' ? 'explorer' : await findProgram(context, path), [path]);
		});
	},
};

/** By the extension; without a known one, text opens in Notepad and anything else in the machine, which says what it is. */
async function findProgram(context: CommandContext, path: string): Promise<string> {
	const extension = extensionName(path);
	if (pictureExtensions.includes(extension)) return 'pictures';
	if (machineExtensions.includes(extension)) return 'machine';
	const handle = await context.system.fileOpen(path, 'open', rights.read);
	try {
		return isText(await context.system.fileRead(handle, 0, 4096)) ? 'notepad' : 'machine';
	} finally {
		await context.system.handleClose(handle);
	}
}

function isText(bytes: Uint8Array): boolean {
	return !bytes.some((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 26 && byte !== 27));
}

export const processCommands: Readonly<Record<string, Command>> = { ps, kill, sleep, start, open };
