/** Settings. Argument 0 is the id of a page (`pages.ts`); without one the first page opens. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { TextField } from '#ui/controls/text-field.tsx';
import { Icon } from '#ui/icon.tsx';
import { AboutPage } from './about-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { KeyboardPage } from './keyboard-page.tsx';
import { type SettingsPage, searchSettings, settingsPages } from './pages.ts';
import { StoragePage } from './storage-page.tsx';
import './settings.css';

const firstPage = settingsPages[0] as SettingsPage;

function PageContent({ page, program }: { page: SettingsPage; program: ProgramProps }) {
	if (page.id === 'storage') return <StoragePage {...program} />;
	if (page.id === 'keyboard') return <KeyboardPage shortcuts={program.shell.shortcuts ?? []} />;
	if (page.id === 'about') return <AboutPage {...program} />;
	return <AppearancePage appearance={program.shell.appearance} />;
}

function SearchResults({ query, onChoose }: { query: string; onChoose(page: SettingsPage): void }) {
	const hits = searchSettings(query);
	if (hits.length === 0) return <p className="settings-nothing">No setting is called “{query}”.</p>;
	return (
		<ul className="settings-pages" aria-label="Found settings">
			{hits.map(({ page, entry }) => (
				<li key={`${page.id} ${entry?.title}`}>
					<button type="button" className="settings-page-button" onClick={() => onChoose(page)}>
						<Icon name={page.icon} size={20} />
						<span>
							{entry?.title ?? page.title}
							<span className="settings-page-summary">{entry === undefined ? page.summary : page.title}</span>
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}

function PageList({ current, onChoose }: { current: SettingsPage; onChoose(page: SettingsPage): void }) {
	return (
		<ul className="settings-pages">
			{settingsPages.map((page) => (
				<li key={page.id}>
					<button
						type="button"
						className="settings-page-button"
						aria-current={page === current ? 'page' : undefined}
						onClick={() => onChoose(page)}
					>
						<Icon name={page.icon} size={20} />
						<span>{page.title}</span>
					</button>
				</li>
			))}
		</ul>
	);
}

function SettingsWindow(props: ProgramProps) {
	const [wanted] = props.start.arguments;
	const [page, setPage] = useState(() => settingsPages.find(({ id }) => id === wanted) ?? firstPage);
	const [query, setQuery] = useState('');
	const content = useRef<HTMLElement>(null);
	useEffect(() => {
		props.window.setTitle(`${page.title} – Settings`);
		props.window.setRestartArguments([page.id]);
	}, [page, props.window]);
	const choose = (next: SettingsPage) => {
		setPage(next);
		setQuery('');
		content.current?.scrollTo(0, 0);
		content.current?.focus();
	};
	const onSearchKey = (event: KeyboardEvent) => {
		const [hit] = searchSettings(query);
		if (event.key === 'Escape' && query !== '') setQuery('');
		else if (event.key === 'Enter' && hit !== undefined) choose(hit.page);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return (
		<div className="settings">
			<nav className="settings-side" aria-label="Settings">
				<TextField
					{...{ label: 'Find a setting', hideLabel: true, placeholder: 'Find a setting', icon: 'magnifying-glass' }}
					{...{ type: 'search', value: query, onChange: setQuery, onKeyDown: onSearchKey, autoFocus: true }}
				/>
				{query.trim() === '' ? (
					<PageList current={page} onChoose={choose} />
				) : (
					<SearchResults query={query} onChoose={choose} />
				)}
			</nav>
			<section ref={content} className="settings-content" tabIndex={-1} aria-label={page.title}>
				<h2 className="settings-title">{page.title}</h2>
				<PageContent page={page} program={props} />
			</section>
		</div>
	);
}

const program: WindowProgram = {
	Component: SettingsWindow,
	size: { width: 860, height: 600 },
	minimumSize: { width: 520, height: 360 },
};

export default program;
