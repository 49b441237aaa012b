/** The system log, newest first, with a filter and a way to keep it. */
import { useMemo, useState } from 'react';
import type { LogEvent, LogLevel } from '#abi/structures.generated.ts';
import { Button } from '#ui/controls/button.tsx';
import { Select, type SelectOption } from '#ui/controls/select.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Icon, type IconName } from '#ui/icon.tsx';
import { formatLogTime } from './units.ts';

const shownLimit = 500;
const grades: readonly LogLevel[] = ['debug', 'information', 'warning', 'error'];
const levelOptions: readonly SelectOption<LogLevel>[] = [
	{ value: 'debug', label: 'Everything' },
	{ value: 'information', label: 'Information and above' },
	{ value: 'warning', label: 'Warnings and errors' },
	{ value: 'error', label: 'Errors only' },
];
const levelIcons: Readonly<Record<LogLevel, IconName>> = {
	debug: 'bug',
	information: 'info',
	warning: 'warning',
	error: 'warning-octagon',
};

export function filterLog(log: readonly LogEvent[], least: LogLevel, query: string): LogEvent[] {
	const words = query.toLowerCase();
	return log.filter(
		({ level, source, message }) =>
			grades.indexOf(level) >= grades.indexOf(least) && `${source} ${message}`.toLowerCase().includes(words),
	);
}

/** One event a line, as text that any program reads. */
export function formatLog(events: readonly LogEvent[]): string {
	const line = ({ time, level, source, message }: LogEvent) =>
		`${new Date(time).toISOString()}\t${level}\t${source}\t${message.replaceAll('\n', ' ')}`;
	return `${events.map(line).join('\r\n')}\r\n`;
}

export interface LogPageProps {
	readonly log: readonly LogEvent[];
	onExport(text: string): void;
}

export function LogPage({ log, onExport }: LogPageProps) {
	const [least, setLeast] = useState<LogLevel>('information');
	const [query, setQuery] = useState('');
	const events = useMemo(() => filterLog(log, least, query), [log, least, query]);
	const shown = events.slice(-shownLimit).reverse();
	return (
		<div className="task-page">
			<div className="log-bar">
				<TextField
					{...{ label: 'Filter', hideLabel: true, placeholder: 'Filter', icon: 'funnel' }}
					value={query}
					onChange={setQuery}
				/>
				<Select<LogLevel> label="Level" hideLabel value={least} options={levelOptions} onChange={setLeast} />
				<Button icon="export" disabled={events.length === 0} onPress={() => onExport(formatLog(events))}>
					Export…
				</Button>
			</div>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard */}
			<section className="task-scroll" tabIndex={0} aria-label="Events">
				{shown.length === 0 ? <p className="log-empty">No event passes the filter.</p> : null}
				<ul className="log-list">
					{shown.map((event) => (
						<li key={event.sequence} className={`log-event log-${event.level}`}>
							<Icon name={levelIcons[event.level]} size={16} />
							<time dateTime={new Date(event.time).toISOString()}>{formatLogTime(event.time)}</time>
							<span className="log-source">{event.source}</span>
							<span className="log-message selectable">
								<span className="visually-hidden">{event.level}: </span>
								{event.message}
							</span>
						</li>
					))}
				</ul>
			</section>
			<div className="task-foot">
				<span role="status">
					{events.length > shownLimit
						? `The newest ${shownLimit} of ${events.length} events`
						: `${events.length} ${events.length === 1 ? 'event' : 'events'}`}
				</span>
			</div>
		</div>
	);
}
