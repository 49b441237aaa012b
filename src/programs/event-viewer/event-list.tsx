/**
 * The list of events: only the rows in sight are drawn, so that a hundred thousand cost no more than thirty.
 *
 * The list has the focus, and names the chosen row as its active descendant; arrows, Page Up and Down, Home and End walk it.
 */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LogEvent } from '#abi/structures.generated.ts';
import { Icon } from '#ui/icon.tsx';
import { channelWords, firstLine, formatTime, levelIcons, levelWords } from './event-words.ts';

const rowHeight = 28;
const rowsBeyond = 10;
/** More is asked for when this many rows are left below those in sight. */
const rowsAhead = 100;

export interface EventListProps {
	readonly events: readonly LogEvent[];
	readonly selected: number | undefined;
	onSelect(sequence: number): void;
	onNearEnd(): void;
}

interface Sight {
	readonly first: number;
	readonly count: number;
}

export function EventList({ events, selected, onSelect, onNearEnd }: EventListProps) {
	const scroller = useRef<HTMLDivElement>(null);
	const [sight, setSight] = useState<Sight>({ first: 0, count: 30 });
	useSight(scroller, setSight);
	useSteadyScroll(scroller, events);
	const chosen = events.findIndex(({ sequence }) => sequence === selected);
	const isNearEnd = sight.first + sight.count + rowsAhead >= events.length;
	useEffect(() => {
		if (isNearEnd) onNearEnd();
	}, [isNearEnd, onNearEnd]);
	const onKeyDown = (event: KeyboardEvent) => {
		const next = walk(event.key, chosen, { last: events.length - 1, page: Math.max(1, sight.count - 2) });
		if (next === undefined) return;
		event.preventDefault();
		const target = events[next];
		if (target !== undefined) onSelect(target.sequence);
		reveal(scroller.current, next);
	};
	const first = Math.max(0, sight.first - rowsBeyond);
	const shown = events.slice(first, sight.first + sight.count + rowsBeyond);
	return (
		<div className="event-table">
			<div className="event-row event-head" aria-hidden="true">
				{['Level', 'Time', 'Log', 'Source', 'What happened'].map((title) => (
					<span key={title}>{title}</span>
				))}
			</div>
			<div
				ref={scroller}
				className="event-scroll"
				role="listbox"
				aria-label="Events"
				data-autofocus
				tabIndex={0}
				aria-activedescendant={chosen < 0 ? undefined : `event-${selected}`}
				onKeyDown={onKeyDown}
			>
				<div className="event-space" role="presentation" style={{ blockSize: events.length * rowHeight }}>
					{shown.map((event, index) => (
						<EventRow
							key={event.sequence}
							event={event}
							top={(first + index) * rowHeight}
							position={`${first + index + 1}/${events.length}`}
							isSelected={event.sequence === selected}
							onSelect={onSelect}
						/>
					))}
				</div>
			</div>
		</div>
	);
}

interface EventRowProps {
	readonly event: LogEvent;
	readonly top: number;
	/** Place and number of all rows, `7/100`. */
	readonly position: string;
	readonly isSelected: boolean;
	onSelect(sequence: number): void;
}

function EventRow({ event, top, position, isSelected, onSelect }: EventRowProps) {
	const [place, size] = position.split('/').map(Number);
	return (
		// biome-ignore lint/a11y/useKeyWithClickEvents: the list around it takes the keys
		<div
			id={`event-${event.sequence}`}
			className={`event-row event-${event.level}`}
			role="option"
			tabIndex={-1}
			aria-selected={isSelected}
			aria-posinset={place}
			aria-setsize={size}
			style={{ insetBlockStart: top }}
			onClick={() => onSelect(event.sequence)}
		>
			<span className="event-level">
				<Icon name={levelIcons[event.level]} size={16} />
				{levelWords[event.level]}
			</span>
			<time className="event-time" dateTime={new Date(event.time).toISOString()}>
				{formatTime(event.time)}
			</time>
			<span>{channelWords[event.channel]}</span>
			<span>{event.source}</span>
			<span className="event-words">{firstLine(event.message)}</span>
		</div>
	);
}

function useSight(scroller: React.RefObject<HTMLElement | null>, setSight: (sight: Sight) => void): void {
	useLayoutEffect(() => {
		const element = scroller.current;
		if (element === null) return;
		let last = '';
		const look = () => {
			const first = Math.floor(element.scrollTop / rowHeight);
			const count = Math.ceil(element.clientHeight / rowHeight) + 1;
			if (last === `${first} ${count}`) return;
			last = `${first} ${count}`;
			setSight({ first, count });
		};
		look();
		const observer = new ResizeObserver(look);
		observer.observe(element);
		element.addEventListener('scroll', look, { passive: true });
		return () => {
			observer.disconnect();
			element.removeEventListener('scroll', look);
		};
	}, [scroller, setSight]);
}

/** At the top new events push the others down; elsewhere what is read stays where it is. */
function useSteadyScroll(scroller: React.RefObject<HTMLElement | null>, events: readonly LogEvent[]): void {
	const before = useRef<number>(undefined);
	useLayoutEffect(() => {
		const element = scroller.current;
		const added = events.findIndex(({ sequence }) => sequence === before.current);
		if (element !== null && added > 0 && element.scrollTop > 0) element.scrollTop += added * rowHeight;
		before.current = events[0]?.sequence;
	}, [scroller, events]);
}

function walk(key: string, at: number, { last, page }: { last: number; page: number }): number | undefined {
	const steps: Readonly<Record<string, number>> = {
		ArrowDown: at + 1,
		ArrowUp: Math.max(at, 1) - 1,
		PageDown: at + page,
		PageUp: at - page,
		Home: 0,
		End: last,
	};
	const next = steps[key];
	return next === undefined ? undefined : Math.min(last, Math.max(0, next));
}

function reveal(element: HTMLElement | null, index: number): void {
	if (element === null) return;
	const top = index * rowHeight;
	if (top < element.scrollTop) element.scrollTop = top;
	else if (top + rowHeight > element.scrollTop + element.clientHeight)
		element.scrollTop = top + rowHeight - element.clientHeight;
}
