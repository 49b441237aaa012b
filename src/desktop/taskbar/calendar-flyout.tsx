/** The clock and a calendar: arrows walk the days, Page Up and Page Down the months, Home goes to today. */
import { type KeyboardEvent, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { Icon } from '#ui/icon.tsx';
import { wallClock } from './clock.ts';
import { Flyout } from './flyout.tsx';
import { addDays, addMonths, firstWeekday, monthWeeks, sameDay } from './month-grid.ts';

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const longDate = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' });
const monthTitle = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric' });
const shortDay = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long' });
const weekStart = firstWeekday(navigator.language);

function Now() {
	const second = useSyncExternalStore(wallClock.subscribeSeconds, wallClock.currentSecond);
	const now = new Date(second * 1_000);
	return (
		<div className="calendar-today">
			<div className="calendar-time">{time.format(now)}</div>
			<div className="calendar-date">{longDate.format(now)}</div>
		</div>
	);
}

function keyTarget(key: string, selected: Date): Date | undefined {
	if (key === 'ArrowLeft') return addDays(selected, -1);
	if (key === 'ArrowRight') return addDays(selected, 1);
	if (key === 'ArrowUp') return addDays(selected, -7);
	if (key === 'ArrowDown') return addDays(selected, 7);
	if (key === 'PageUp') return addMonths(selected, -1);
	if (key === 'PageDown') return addMonths(selected, 1);
	return key === 'Home' ? new Date() : undefined;
}

function MonthTable({ selected, onSelect }: { selected: Date; onSelect(date: Date): void }) {
	const table = useRef<HTMLTableElement>(null);
	const moved = useRef(false);
	const today = new Date();
	const weeks = monthWeeks(selected, weekStart);
	useEffect(() => {
		if (moved.current) table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
		moved.current = false;
	});
	const onKeyDown = (event: KeyboardEvent) => {
		const next = keyTarget(event.key, selected);
		if (next === undefined) return;
		event.preventDefault();
		moved.current = true;
		onSelect(next);
	};
	return (
		<table
			ref={table}
			className="calendar-grid"
			// biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid of days by the ARIA pattern
			role="grid"
			aria-label={monthTitle.format(selected)}
			onKeyDown={onKeyDown}
		>
			<thead>
				<tr>
					{weeks[0]?.map(({ date }) => (
						<th key={date.getDay()} scope="col" abbr={longDay.format(date)}>
							{shortDay.format(date).slice(0, 2)}
						</th>
					))}
				</tr>
			</thead>
			<tbody>
				{weeks.map((week) => (
					<tr key={week[0]?.date.getTime()}>
						{week.map(({ date, outside }) => {
							const current = sameDay(date, selected);
							return (
								<td key={date.getTime()}>
									<button
										type="button"
										className="calendar-day"
										aria-label={longDate.format(date)}
										aria-current={sameDay(date, today) ? 'date' : undefined}
										data-outside={outside || undefined}
										data-autofocus={current || undefined}
										tabIndex={current ? 0 : -1}
										onClick={() => onSelect(date)}
									>
										{date.getDate()}
									</button>
								</td>
							);
						})}
					</tr>
				))}
			</tbody>
		</table>
	);
}

export function CalendarFlyout() {
	const [selected, setSelected] = useState(() => new Date());
	return (
		<Flyout popup="calendar" label="Calendar">
			<div className="calendar">
				<Now />
				<div className="calendar-head">
					<span className="calendar-month" aria-live="polite">
						{monthTitle.format(selected)}
					</span>
					<button type="button" className="shell-button" onClick={() => setSelected(new Date())}>
						Today
					</button>
					<button
						type="button"
						className="shell-icon-button"
						aria-label="Previous month"
						onClick={() => setSelected(addMonths(selected, -1))}
					>
						<Icon name="caret-left" size={18} />
					</button>
					<button
						type="button"
						className="shell-icon-button"
						aria-label="Next month"
						onClick={() => setSelected(addMonths(selected, 1))}
					>
						<Icon name="caret-right" size={18} />
					</button>
				</div>
				<MonthTable selected={selected} onSelect={setSelected} />
			</div>
		</Flyout>
	);
}
