/**
 * The calls about the log: `log_*`.
 *
 * Invariant: a program that writes more than its allowance slows nobody and fills nothing: what is too much is left out,
 * counted, and told in one event when the program writes again within its allowance.
 */
import { OsError } from '#abi/errors.ts';
import type { LogChannel, LogEvent, LogLevel, LogPage, LogQuery } from '#abi/structures.generated.ts';
import { decideLogClear, mayReadLog } from '#security/log-access.ts';
import type { Answer, Caller } from '../caller.ts';
import { logChannels } from '../events/event-settings.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Process } from '../process.ts';

export type LogCalls = Pick<
	CallHandlers,
	'log_write' | 'log_read' | 'log_query' | 'log_wait' | 'log_record' | 'log_clear' | 'log_status'
>;

const mostRead = 10_000;
const mostFound = 1000;
/** Events that one query looks at: a few milliseconds. */
const mostLookedAt = 3000;
const noTimeout = 0xffff_ffff;
const codePattern = /^[a-z0-9.-]{0,64}$/;
const mostFields = 32;
const longestField = 1024;
/** Events that a process may write at once, and in each second after. */
const burst = 1000;
const sustainedPerSecond = 100;
const grades: readonly LogLevel[] = ['debug', 'information', 'warning', 'error'];

interface Allowance {
	left: number;
	countedAt: number;
	leftOut: number;
}

export function createLogCalls(kernel: Kernel): LogCalls {
	const { log } = kernel;
	const writer = new ProgramEvents(kernel);
	return {
		log_write: ({ process }, level, message) => writer.write(process, { level, message, code: '', fields: [] }),
		log_record({ process }, level, code, message, fields) {
			if (!codePattern.test(code)) throw new OsError('EINVAL', 'code');
			if (fields.length > mostFields || fields.some((field) => field.length > longestField || !field.includes('=')))
				throw new OsError('EINVAL', 'fields');
			writer.write(process, { level, message, code, fields });
		},
		log_read: ({ process }, after, limit) => [
			...log.forwards(after, readableBy(process)).take(Math.min(limit, mostRead)),
		],
		log_query: ({ process }, query) => search(kernel, process, query),
		log_wait: (caller, after, timeoutMs) => waitForEvent(kernel, caller, after, timeoutMs),
		log_clear({ process, changes }, channel) {
			const decision = decideLogClear(process.token, channel);
			if (!decision.allowed) throw new OsError('EACCES', decision.reason);
			log.clear(channel, changes);
			const details = { channel: 'security', code: 'log-cleared', pid: process.pid, user: process.token.user } as const;
			changes.whenStored(() => log.write('warning', 'log', `${process.label} cleared the log “${channel}”.`, details));
		},
		log_status: () => log.status(),
	};
}

function readableBy({ token }: Process): LogChannel[] {
	return logChannels.filter((channel) => mayReadLog(token, channel));
}

function search({ log }: Kernel, process: Process, query: LogQuery): LogPage {
	const wanted = query.channels.length === 0 ? logChannels : query.channels;
	const channels = readableBy(process).filter((channel) => wanted.includes(channel));
	const { after, before = Number.MAX_SAFE_INTEGER } = query;
	const found = after === undefined ? log.backwards(before, channels) : log.forwards(after, channels);
	const passes = filterOf(query);
	const limit = Math.min(query.limit, mostFound);
	const events: LogEvent[] = [];
	let looked = 0;
	let last = after ?? before;
	for (const event of found) {
		if (looked >= mostLookedAt || events.length >= limit) return { events, next: last };
		looked++;
		last = event.sequence;
		if (passes(event)) events.push(event);
	}
	return { events };
}

function filterOf(query: LogQuery): (event: LogEvent) => boolean {
	const { since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY } = query;
	const least = grades.indexOf(query.level);
	const source = query.source.toLowerCase();
	const text = query.text.toLowerCase();
	return (event) =>
		grades.indexOf(event.level) >= least &&
		event.time >= since &&
		event.time <= until &&
		event.source.toLowerCase().includes(source) &&
		(text === '' ||
			`${event.source} ${event.code} ${event.message} ${event.fields.join(' ')}`.toLowerCase().includes(text));
}

function waitForEvent({ log, clock }: Kernel, { process }: Caller, after: number, timeoutMs: number): Answer<number> {
	if (log.newest > after) return log.newest;
	if (timeoutMs === 0) throw new OsError('ETIMEDOUT');
	const wait = log.waits.add(process.wait<number>());
	if (timeoutMs !== noTimeout) wait.whenOver(clock.after(timeoutMs, () => wait.reject(new OsError('ETIMEDOUT'))));
	return wait;
}

interface ProgramEvent {
	readonly level: LogLevel;
	readonly message: string;
	readonly code: string;
	readonly fields: readonly string[];
}

class ProgramEvents {
	readonly #kernel: Kernel;
	readonly #allowances = new WeakMap<Process, Allowance>();

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
	}

	write(process: Process, { level, message, code, fields }: ProgramEvent): void {
		const { log, clock } = this.#kernel;
		const details = { channel: 'application', pid: process.pid, user: process.token.user } as const;
		const allowance = this.#allowanceOf(process, clock.monotonic());
		if (allowance.left < 1) {
			allowance.leftOut++;
			log.dropped++;
			return;
		}
		allowance.left--;
		const { leftOut } = allowance;
		allowance.leftOut = 0;
		if (leftOut > 0)
			log.write('warning', process.label, `${leftOut} events were left out: it wrote too many.`, {
				...details,
				code: 'events-left-out',
			});
		log.write(level, process.label, message, { ...details, code, fields });
	}

	#allowanceOf(process: Process, now: number): Allowance {
		const allowance = this.#allowances.get(process) ?? { left: burst, countedAt: now, leftOut: 0 };
		this.#allowances.set(process, allowance);
		const gained = ((now - allowance.countedAt) / 1000) * sustainedPerSecond;
		allowance.left = Math.min(burst, allowance.left + gained);
		allowance.countedAt = now;
		return allowance;
	}
}
