/** Events of the system log for programs: all that pass a query, and as text. */
import type { LogEvent, LogQuery } from '#abi/structures.generated.ts';
import type { System } from './system.ts';

/** All events that pass, page by page: newest first, or oldest first when the query says `after`. */
export async function* findEvents(system: System, query: LogQuery): AsyncGenerator<LogEvent> {
	let page = await system.logQuery(query);
	for (;;) {
		yield* page.events;
		if (page.next === undefined) return;
		page = await system.logQuery({
			...query,
			...(query.after === undefined ? { before: page.next } : { after: page.next }),
		});
	}
}

/** One line, for a person: the time as the caller writes times, level, log, source, message, and the fields behind it. */
export function eventAsText({ level, channel, source, message, fields }: LogEvent, time: string): string {
	const rest = fields.length === 0 ? '' : ` [${fields.join(', ')}]`;
	const words = `${message}${rest}`.replaceAll(/\s*\n\s*/g, ' ');
	return `${time}  ${level.padEnd(11)}  ${channel.padEnd(11)}  ${source}: ${words}`;
}

/** One line of JSON, with every field. */
export function eventAsJson(event: LogEvent): string {
	return JSON.stringify(event);
}
