/** Event Viewer: what the system, its security and the applications have written down. Argument 0 is what to search for. */
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { LogChannel, LogEvent, LogLevel } from '#abi/structures.generated.ts';
import { type AccountNames, readAccountNames } from '#runtime/account-names.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import { eventAsJson, eventAsText, findEvents } from '#runtime/events.ts';
import { writeText } from '#runtime/text-files.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select, type SelectOption } from '#ui/controls/select.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { EventDetails } from './event-details.tsx';
import { EventFeed, type EventFilter, type EventView } from './event-feed.ts';
import { EventList } from './event-list.tsx';
import { channelWords, formatTime } from './event-words.ts';
import './event-viewer.css';

const levelOptions: readonly SelectOption<LogLevel>[] = [
	{ value: 'debug', label: 'Everything' },
	{ value: 'information', label: 'Information and above' },
	{ value: 'warning', label: 'Warnings and errors' },
	{ value: 'error', label: 'Errors only' },
];
const channelOptions: readonly SelectOption<EventFilter['channel']>[] = [
	{ value: 'all', label: 'All logs' },
	...Object.entries(channelWords).map(([value, label]) => ({ value: value as LogChannel, label })),
];
const clock = {
	now: () => Date.now(),
	monotonic: () => performance.now(),
	after(delayMs: number, callback: () => void) {
		const timer = setTimeout(callback, delayMs);
		return () => clearTimeout(timer);
	},
};

async function tell({ shell }: ProgramProps, title: string, error: unknown): Promise<void> {
	const message = error instanceof Error ? error.message : String(error);
	await shell.ask({ title, message, kind: 'error', buttons: ['OK'] });
}

/** All that pass the filter, oldest first; JSON when the name says so. */
async function exportEvents(props: ProgramProps, filter: EventFilter): Promise<void> {
	const { system, shell } = props;
	const name = `Events ${new Date().toISOString().slice(0, 10)}.jsonl`;
	const path = await shell.pickSavePath({ title: 'Export events', name, extensions: ['.jsonl', '.txt'] });
	if (path === undefined) return;
	const channels = filter.channel === 'all' ? [] : [filter.channel];
	const query = { after: 0, limit: 1000, level: filter.level, channels, source: '', text: filter.text };
	try {
		const lines: string[] = [];
		for await (const event of findEvents(system, query))
			lines.push(path.endsWith('.txt') ? eventAsText(event, formatTime(event.time)) : eventAsJson(event));
		await writeText(system, path, lines.map((line) => `${line}\n`).join(''));
		shell.notify({ title: 'Events exported', text: `${lines.length} events are in ${path}.`, kind: 'information' });
	} catch (error) {
		await tell(props, 'Export events', error);
	}
}

async function clearLog(props: ProgramProps, channel: LogChannel): Promise<void> {
	const title = `Clear the log “${channelWords[channel]}”`;
	const answer = await props.shell.ask({
		...{ title, message: `Remove all events of the log “${channelWords[channel]}”?`, kind: 'warning' },
		detail: 'They cannot be brought back. The log of security keeps an event that says who cleared it.',
		...{ buttons: ['Clear', 'Cancel'], defaultButton: 'Cancel' },
	});
	if (answer !== 'Clear') return;
	const { system } = props;
	const command = `log clear ${channel}`;
	await runOrElevate(system, { action: () => system.logClear(channel), command, reason: title }).catch((error) =>
		tell(props, title, error),
	);
}

function statusWords({ events, isComplete, isSearching, failure }: EventView): string {
	if (failure !== undefined) return 'The events could not be read';
	const count = `${events.length.toLocaleString('en-GB')} ${events.length === 1 ? 'event' : 'events'}`;
	if (isSearching) return `${count}, searching …`;
	return isComplete ? count : `The newest ${count}`;
}

function emptyWords({ isSearching, failure }: EventView): string {
	if (failure !== undefined) return failure;
	return isSearching ? 'Searching …' : 'No event passes the filter.';
}

/** Who is who; until that is known, and for accounts that are gone, the security identifier. */
function useAccountNames({ system }: ProgramProps): AccountNames {
	const [names, setNames] = useState<AccountNames>(() => (sid: string) => sid);
	useEffect(() => {
		readAccountNames(system).then(
			(found) => setNames(() => found),
			(error: unknown) => system.logWrite('warning', `The names of accounts could not be read: ${String(error)}`),
		);
	}, [system]);
	return names;
}

function EventViewer(props: ProgramProps) {
	const { system, start, window } = props;
	const [filter, setFilter] = useState<EventFilter>({
		...{ level: 'information', channel: 'all' },
		text: start.arguments[0] ?? '',
	});
	const [selected, setSelected] = useState<number>();
	const feed = useMemo(() => new EventFeed(system, clock), [system]);
	const view = useSyncExternalStore(feed.subscribe, feed.current);
	const nameOf = useAccountNames(props);
	useEffect(() => window.setTitle('Event Viewer'), [window]);
	useEffect(() => {
		feed.start();
		return () => feed.stop();
	}, [feed]);
	useEffect(() => feed.setFilter(filter), [feed, filter]);
	const more = useCallback(() => feed.more(), [feed]);
	const change = (parts: Partial<EventFilter>) => setFilter((before) => ({ ...before, ...parts }));
	const event = view.events.find(({ sequence }) => sequence === selected);
	const copy = (copied: LogEvent) => void navigator.clipboard.writeText(eventAsText(copied, formatTime(copied.time)));
	const { channel } = filter;
	return (
		<div className="event-viewer">
			<div className="event-bar">
				<TextField
					{...{ label: 'Find in events', hideLabel: true, placeholder: 'Find', icon: 'funnel', type: 'search' }}
					value={filter.text}
					onChange={(text) => change({ text })}
				/>
				<Select<LogLevel>
					{...{ label: 'Level', hideLabel: true, value: filter.level, options: levelOptions }}
					onChange={(level) => change({ level })}
				/>
				<Select<EventFilter['channel']>
					{...{ label: 'Log', hideLabel: true, value: channel, options: channelOptions }}
					onChange={(value) => change({ channel: value })}
				/>
				<Button icon="export" disabled={view.events.length === 0} onPress={() => void exportEvents(props, filter)}>
					Export…
				</Button>
				<Button
					disabled={channel === 'all'}
					onPress={() => {
						if (channel !== 'all') void clearLog(props, channel).then(() => feed.setFilter(filter));
					}}
				>
					Clear…
				</Button>
			</div>
			<div className="event-panes">
				{view.events.length === 0 ? (
					<p className="event-none" role={view.failure === undefined ? undefined : 'alert'}>
						{emptyWords(view)}
					</p>
				) : (
					<EventList events={view.events} selected={selected} onSelect={setSelected} onNearEnd={more} />
				)}
				<section className="event-details" aria-label="Details">
					<EventDetails event={event} nameOf={nameOf} onCopy={copy} />
				</section>
			</div>
			<div className="event-foot" role="status">
				{statusWords(view)}
			</div>
		</div>
	);
}

const program: WindowProgram = {
	Component: EventViewer,
	size: { width: 980, height: 600 },
	minimumSize: { width: 560, height: 360 },
};

export default program;
