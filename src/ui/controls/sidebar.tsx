/**
 * The side of a window with pages: a search box, and below it the pages, or what the search has found.
 *
 * Rules of use: `.with-sidebar` on the element around it and the content makes the two columns.
 */
import type { KeyboardEvent } from 'react';
import { Icon, type IconName } from '../icon.tsx';
import { TextField } from './text-field.tsx';
import './sidebar.css';

export interface SidebarEntry {
	readonly key: string;
	readonly title: string;
	readonly detail?: string;
	readonly icon?: IconName;
	/** It is what the content shows. */
	readonly current?: boolean;
	onChoose(): void;
}

export interface SidebarProps {
	/** Accessible name of the whole side. */
	readonly label: string;
	/** Name of the search box, also written into it while it is empty. */
	readonly searchLabel: string;
	readonly query: string;
	readonly entries: readonly SidebarEntry[];
	/** Said where the search has found nothing. */
	readonly nothing: string;
	onSearch(query: string): void;
}

export function Sidebar({ label, searchLabel, query, entries, nothing, onSearch }: SidebarProps) {
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'Escape' && query !== '') onSearch('');
		else if (event.key === 'Enter' && query.trim() !== '') entries[0]?.onChoose();
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<nav className="sidebar" aria-label={label}>
			<TextField
				{...{ label: searchLabel, hideLabel: true, placeholder: searchLabel, icon: 'magnifying-glass', type: 'search' }}
				{...{ value: query, onChange: onSearch, onKeyDown, autoFocus: true }}
			/>
			{entries.length === 0 ? <p className="sidebar-nothing">{nothing}</p> : null}
			<ul className="sidebar-entries">
				{entries.map((entry) => (
					<li key={entry.key}>
						<button
							type="button"
							className="sidebar-entry"
							aria-current={entry.current ? 'page' : undefined}
							onClick={entry.onChoose}
						>
							{entry.icon === undefined ? null : <Icon name={entry.icon} size={20} />}
							<span>
								{entry.title}
								{entry.detail === undefined ? null : <span className="sidebar-detail">{entry.detail}</span>}
							</span>
						</button>
					</li>
				))}
			</ul>
		</nav>
	);
}
