/**
 * An event as a line of JSON: what the files of the log hold (`docs/formats/events.md`).
 *
 * Invariant: a line that is no event reads as `undefined`, whatever stands in it; the other lines are read.
 */
import type { LogChannel, LogEvent } from '#abi/structures.generated.ts';

const levels: readonly unknown[] = ['debug', 'information', 'warning', 'error'];

export function formatEvent({ sequence, time, level, source, code, message, fields, pid, user }: LogEvent): string {
	return `${JSON.stringify({
		...{ sequence, time, level, source },
		...(code === '' ? {} : { code }),
		message,
		...(fields.length === 0 ? {} : { fields }),
		...{ pid, user },
	})}\n`;
}

export function parseEvent(line: string, channel: LogChannel): LogEvent | undefined {
	const json = parseJson(line);
	const { sequence, time, level, source, code = '', message, fields = [], pid, user } = json;
	const isEvent =
		Number.isSafeInteger(sequence) &&
		Number.isFinite(time) &&
		levels.includes(level) &&
		[source, code, message].every((text) => typeof text === 'string') &&
		Array.isArray(fields) &&
		fields.every((field) => typeof field === 'string') &&
		(pid === undefined || Number.isSafeInteger(pid)) &&
		(user === undefined || typeof user === 'string');
	return isEvent
		? ({ sequence, time, level, channel, source, code, message, fields, pid, user } as LogEvent)
		: undefined;
}

function parseJson(line: string): Readonly<Record<string, unknown>> {
	try {
		const json: unknown = JSON.parse(line);
		return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
	} catch (error) {
		if (error instanceof SyntaxError) return {};
		throw error;
	}
}
