/** The builtin `log`: reads, follows, exports and clears the system log, and writes to it. */
import type { LogChannel, LogEvent, LogLevel, LogQuery } from '#abi/structures.generated.ts';
import { eventAsJson, eventAsText, findEvents } from '#runtime/events.ts';
import { type Builtin, type BuiltinContext, parseCount, parseOptions, UsageError } from '../builtin.ts';
import { untilAborted } from '../scope.ts';

const levels: readonly LogLevel[] = ['debug', 'information', 'warning', 'error'];
const channels: readonly LogChannel[] = ['system', 'security', 'application'];
const shownByDefault = 20;

function choose<T extends string>(choices: readonly T[], text: string, what: string): T {
	const chosen = choices.filter((choice) => choice.startsWith(text));
	if (chosen.length !== 1) throw new UsageError(`${what} is one of ${choices.join(', ')}`);
	return chosen[0] as T;
}

function queryOf(values: ReadonlyMap<string, string>): LogQuery {
	const channel = values.get('c');
	return {
		limit: 1000,
		level: choose(levels, values.get('l') ?? 'information', 'a level'),
		channels: channel === undefined ? [] : [choose(channels, channel, 'a log')],
		source: values.get('s') ?? '',
		text: values.get('g') ?? '',
	};
}

async function follow(
	context: BuiltinContext,
	query: LogQuery,
	show: (event: LogEvent) => Promise<void>,
): Promise<void> {
	let { newest } = await context.system.logStatus();
	for (;;) {
		await context.output.flush();
		await untilAborted(context.system.logWait(newest, 0xffff_ffff), context.scope.signal);
		for await (const event of findEvents(context.system, { ...query, after: newest })) {
			await show(event);
			newest = event.sequence;
		}
		// What did not pass the filter need not be looked at again.
		newest = Math.max(newest, (await context.system.logStatus()).newest);
	}
}

async function list(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	const { flags, values, operands: rest } = parseOptions(operands, 'ajf', 'nlcsg');
	if (rest.length > 0) throw new UsageError(`too much: ${rest[0]}`);
	const query = queryOf(values);
	const format = (event: LogEvent) =>
		flags.has('j') ? eventAsJson(event) : eventAsText(event, new Date(event.time).toISOString());
	const show = (event: LogEvent) => context.output.write(`${format(event)}\n`);
	const most = flags.has('a') ? Number.POSITIVE_INFINITY : parseCount(values.get('n') ?? String(shownByDefault));
	const newest: LogEvent[] = [];
	if (most > 0)
		for await (const event of findEvents(context.system, query)) {
			newest.push(event);
			if (newest.length >= most) break;
		}
	for (const event of newest.reverse()) await show(event);
	if (flags.has('f')) await follow(context, query, show);
}

async function write(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	const [level = '', ...words] = operands;
	if (words.length === 0) throw new UsageError('what happened?');
	await context.system.logWrite(choose(levels, level, 'a level'), words.join(' '));
}

async function clear(context: BuiltinContext, operands: readonly string[]): Promise<void> {
	const [channel] = operands;
	if (channel === undefined || operands.length > 1) throw new UsageError('which log?');
	await context.system.logClear(choose(channels, channel, 'a log'));
}

async function status(context: BuiltinContext): Promise<void> {
	const { newest, storedBytes, unstored, dropped, damaged } = await context.system.logStatus();
	await context.output.write(
		`newest event   ${newest}\nstored bytes   ${storedBytes}\nnot yet stored ${unstored}\nlost           ${dropped}\n`,
	);
	for (const text of damaged) await context.output.write(`damaged: ${text}\n`);
}

const log: Builtin = {
	usage:
		'log [-a | -n COUNT] [-l LEVEL] [-c LOG] [-s SOURCE] [-g TEXT] [-j] [-f] | log write LEVEL TEXT… | log clear LOG | log status',
	summary:
		'Shows the newest events of the system log; all with -a, as JSON with -j, and those to come with -f. Or writes one, clears a log, or tells about it.',
	async run(context) {
		const [word = '', ...operands] = context.arguments;
		if (word === 'write') await write(context, operands);
		else if (word === 'clear') await clear(context, operands);
		else if (word === 'status') await status(context);
		else await list(context, context.arguments);
		return 0;
	},
};

export const logBuiltins: Readonly<Record<string, Builtin>> = { log };
