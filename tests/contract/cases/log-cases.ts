/** The system log: what is written is found again; and those who would flood it, clear it, or write in another's name. */
import type { LogEvent, LogQuery } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { ensure, equal, fails, isPending } from './assertions.ts';
import type { ContractCase } from './machine.ts';

const everything: LogQuery = { limit: 1000, level: 'debug', channels: [], source: '', text: '' };

/** All events that pass, page by page. */
async function findAll(system: System, query: Partial<LogQuery>): Promise<LogEvent[]> {
	const events: LogEvent[] = [];
	let place: Partial<LogQuery> = {};
	for (;;) {
		const page = await system.logQuery({ ...everything, ...query, ...place });
		events.push(...page.events);
		if (page.next === undefined) return events;
		place = query.after === undefined ? { before: page.next } : { after: page.next };
	}
}

export const logCases: ContractCase[] = [
	{
		title: 'an event has what its writer said and who it was, and is found by each part',
		async run(machine) {
			const { system, pid } = await machine.start();
			await system.logRecord('warning', 'case-log.kind', 'An Unmistakable message', ['colour=blue', 'size=3']);
			const queries: Partial<LogQuery>[] = [
				{ text: 'unmistakable' },
				{ text: 'case-log.kind' },
				{ text: 'COLOUR=BLUE' },
				{ text: 'unmistakable', level: 'warning', channels: ['application'] },
				{ text: 'unmistakable', source: `(${pid})`, since: 0 },
				{ text: 'unmistakable', after: 0 },
			];
			for (const query of queries) {
				const [event, ...more] = await findAll(system, query);
				equal(more.length, 0, `more events for ${JSON.stringify(query)}`);
				equal([event?.code, event?.fields, event?.pid], ['case-log.kind', ['colour=blue', 'size=3'], pid], 'event');
			}
			const misses: Partial<LogQuery>[] = [
				{ level: 'error' },
				{ channels: ['system'] },
				{ source: 'nobody' },
				{ until: 0 },
			];
			for (const query of misses)
				equal((await findAll(system, { text: 'unmistakable', ...query })).length, 0, JSON.stringify(query));
			await fails('EINVAL', system.logRecord('warning', 'Not A Code', 'x', []));
			await fails('EINVAL', system.logRecord('warning', 'code', 'x', ['no field']));
		},
	},
	{
		title: 'pages of the log hold every event once, in both directions',
		async run(machine) {
			const { system } = await machine.start();
			for (let index = 0; index < 50; index++) await system.logWrite('information', `page case ${index}`);
			for (const limit of [1, 7, 1000]) {
				const down = await findAll(system, { text: 'page case', limit });
				const up = await findAll(system, { text: 'page case', limit, after: 0 });
				equal(up.length, 50, `events in pages of ${limit}`);
				equal(
					down.map(({ sequence }) => sequence),
					up.map(({ sequence }) => sequence).reverse(),
					'the other way',
				);
			}
		},
	},
	{
		title: 'who waits for an event is told of the next one, and of none that was before',
		async run(machine) {
			const { system } = machine;
			await system.logWrite('information', 'before');
			const { newest } = await system.logStatus();
			const waiting = system.logWait(newest, 0xffff_ffff);
			ensure(await isPending(waiting, () => system.processSelf()), 'the wait to wait');
			await system.logWrite('information', 'after');
			ensure((await waiting) > newest, 'a newer event');
			await fails('ETIMEDOUT', system.logWait(Number.MAX_SAFE_INTEGER, 5));
		},
	},
	{
		title: 'a program that floods the log is left out, slows nobody, and pushes nothing of others out',
		async run(machine) {
			const { system, pid } = await machine.start();
			await machine.system.logRecord('information', 'case-log.kept', 'before the flood', []);
			const before = (await system.logStatus()).dropped;
			const flood = Array.from({ length: 20_000 }, () => system.logWrite('error', 'flood'));
			await Promise.all(flood);
			const { dropped } = await system.logStatus();
			ensure(dropped - before > 15_000, `most to be left out, got ${dropped - before}`);
			const kept = await findAll(machine.system, { source: `(${pid})` });
			ensure(kept.length < 5000, `few to be kept, got ${kept.length}`);
			equal((await findAll(machine.system, { text: 'case-log.kept' })).length, 1, 'events from before');
		},
	},
	{
		title: 'clearing a log leaves an event that says so, and the other logs alone',
		async run(machine) {
			const { system } = machine;
			await system.logWrite('information', 'to be cleared');
			const others = (await findAll(system, { channels: ['system'] })).length;
			await system.logClear('application');
			equal((await findAll(system, { text: 'to be cleared' })).length, 0, 'cleared events');
			ensure((await findAll(system, { channels: ['system'] })).length >= others, 'the events of the system to stay');
			const [told] = await findAll(system, { channels: ['security'], text: 'log-cleared' });
			ensure(told?.message.includes('application') === true, 'an event about it');
			const { newest } = await system.logStatus();
			await system.logWrite('information', 'numbers go on');
			ensure((await system.logStatus()).newest > newest, 'a higher number');
		},
	},
];
