/** The list of the Start menu: sections of tiles or rows. The focus stays in the search box, which names the option. */
import { useEffect, useRef } from 'react';
import { Icon, type IconName } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';

export interface StartOption {
	readonly id: string;
	readonly title: string;
	readonly place?: string;
	readonly icon: IconName;
	readonly programName?: string;
	open(): void;
}

export interface StartSection {
	readonly title: string;
	readonly layout: 'tiles' | 'rows';
	readonly options: readonly StartOption[];
}

export interface StartListProps {
	readonly id: string;
	readonly sections: readonly StartSection[];
	/** Number of the option that Enter takes, counted over all sections. */
	readonly current: number;
	readonly query: string;
	/** All that the query is asked of has answered. */
	readonly settled: boolean;
	onHover(index: number): void;
	onOpen(index: number): void;
}

export function optionIdOf(listId: string, index: number): string {
	return `${listId}-option-${index}`;
}

/** The menu of a program: where it is pinned. */
function useProgramMenu() {
	const { menu, session, taskbar, launch } = useDesktop();
	return (programName: string, title: string, position: { x: number; y: number }) => {
		const { startPinned } = session.record;
		const inStart = startPinned.includes(programName);
		const onTaskbar = taskbar.isPinned(programName);
		const others = startPinned.filter((name) => name !== programName);
		const entries = [
			{ id: 'open', label: 'Open', isDefault: true, onSelect: () => launch(programName, []) },
			{ separator: true } as const,
			{
				id: 'start',
				label: inStart ? 'Unpin from Start' : 'Pin to Start',
				onSelect: () => session.update({ startPinned: inStart ? others : [...others, programName] }),
			},
			{
				id: 'taskbar',
				label: onTaskbar ? 'Unpin from taskbar' : 'Pin to taskbar',
				onSelect: () => taskbar.setPinned(programName, !onTaskbar),
			},
		];
		menu.show({ label: title, entries, position, placement: 'bottom start' });
	};
}

export function StartList({ id, sections, current, query, settled, onHover, onOpen }: StartListProps) {
	const list = useRef<HTMLDivElement>(null);
	const showMenu = useProgramMenu();
	useEffect(() => {
		const option = document.getElementById(optionIdOf(id, current));
		if (current === 0) list.current?.scrollTo({ top: 0 });
		else option?.scrollIntoView({ block: 'nearest' });
	}, [id, current]);
	let index = 0;
	return (
		<div
			ref={list}
			id={id}
			className="start-list"
			role="listbox"
			aria-label={query === '' ? 'Programs' : 'Search results'}
		>
			{settled && sections.length === 0 ? (
				<div className="start-nothing" role="option" aria-selected="false" aria-disabled="true" tabIndex={-1}>
					Nothing here is called “{query.trim()}”.
				</div>
			) : null}
			{sections.map((section) => (
				// biome-ignore lint/a11y/useSemanticElements: a group of options; a fieldset would not be one
				<div key={section.title} className="start-section" role="group" aria-label={section.title}>
					<div className="start-section-title" aria-hidden="true">
						{section.title}
					</div>
					<div className={section.layout === 'tiles' ? 'start-tiles' : 'start-rows'}>
						{section.options.map((option) => {
							const place = index++;
							const { programName } = option;
							return (
								// biome-ignore lint/a11y/useKeyWithClickEvents: the search box has the keys
								<div
									key={option.id}
									id={optionIdOf(id, place)}
									className={section.layout === 'tiles' ? 'start-tile' : 'start-row'}
									role="option"
									aria-selected={place === current}
									tabIndex={-1}
									onPointerMove={() => {
										if (place !== current) onHover(place);
									}}
									onPointerDown={(event) => event.preventDefault()}
									onClick={() => onOpen(place)}
									onContextMenu={(event) => {
										event.preventDefault();
										if (programName !== undefined)
											showMenu(programName, option.title, { x: event.clientX, y: event.clientY });
									}}
								>
									<Icon name={option.icon} size={section.layout === 'tiles' ? 40 : 24} />
									<span className="start-option-title">{option.title}</span>
									{option.place === undefined ? null : <span className="start-option-place">{option.place}</span>}
								</div>
							);
						})}
					</div>
				</div>
			))}
		</div>
	);
}
