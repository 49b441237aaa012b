/** Settings. Argument 0 is the id of a page (`pages.ts`), without one the first opens; argument 1 a setting on it. */
import { useEffect, useRef, useState } from 'react';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { Sidebar, type SidebarEntry } from '#ui/controls/sidebar.tsx';
import { AboutPage } from './about-page.tsx';
import { PeoplePage } from './accounts/people-page.tsx';
import { YourAccountPage } from './accounts/your-account-page.tsx';
import { AppearancePage } from './appearance-page.tsx';
import { EncryptionPage } from './encryption/encryption-page.tsx';
import { KeyboardPage } from './keyboard-page.tsx';
import { ManagementPage } from './management-page.tsx';
import { pagesFor, type SettingsHit, type SettingsPage, searchSettings } from './pages.ts';
import { StoragePage } from './storage-page.tsx';
import { NetworkPage } from './this-pc/network-page.tsx';
import { RegionPage } from './this-pc/region-page.tsx';
import { ScreenSoundPage } from './this-pc/screen-sound-page.tsx';
import { ThisPcPage } from './this-pc/this-pc-page.tsx';
import { UpdatesPage } from './this-pc/updates-page.tsx';
import './settings.css';

function PageContent({ page, program }: { page: SettingsPage; program: ProgramProps }) {
	if (page.id === 'storage') return <StoragePage {...program} />;
	if (page.id === 'keyboard') return <KeyboardPage shortcuts={program.shell.shortcuts ?? []} />;
	if (page.id === 'accounts') return <YourAccountPage {...program} />;
	if (page.id === 'people') return <PeoplePage {...program} />;
	if (page.id === 'encryption') return <EncryptionPage {...program} />;
	if (page.id === 'management') return <ManagementPage {...program} />;
	if (page.id === 'this-pc') return <ThisPcPage {...program} />;
	if (page.id === 'screen-sound') return <ScreenSoundPage {...program} />;
	if (page.id === 'region') return <RegionPage {...program} />;
	if (page.id === 'network') return <NetworkPage {...program} />;
	if (page.id === 'updates') return <UpdatesPage {...program} />;
	if (page.id === 'about') return <AboutPage {...program} />;
	return <AppearancePage appearance={program.shell.appearance} />;
}

function pageEntries(hasWholePc: boolean, current: SettingsPage, onChoose: (hit: SettingsHit) => void): SidebarEntry[] {
	return pagesFor(hasWholePc).map((page) => ({
		...{ key: page.id, title: page.title, icon: page.icon, current: page === current },
		onChoose: () => onChoose({ page, entry: undefined }),
	}));
}

function foundEntries(query: string, hasWholePc: boolean, onChoose: (hit: SettingsHit) => void): SidebarEntry[] {
	return searchSettings(query, hasWholePc).map((hit) => ({
		key: `${hit.page.id} ${hit.entry?.title}`,
		title: hit.entry?.title ?? hit.page.title,
		detail: hit.entry === undefined ? hit.page.summary : hit.page.title,
		icon: hit.page.icon,
		onChoose: () => onChoose(hit),
	}));
}

function SettingsWindow(props: ProgramProps) {
	const [wanted, wantedTitle] = props.start.arguments;
	const { hasWholePc } = props.shell;
	const pages = pagesFor(hasWholePc);
	const [place, setPlace] = useState(() => ({
		page: pages.find(({ id }) => id === wanted) ?? (pages[0] as SettingsPage),
		setting: wantedTitle,
	}));
	const { page } = place;
	const [query, setQuery] = useState('');
	const content = useRef<HTMLElement>(null);
	useEffect(() => {
		props.window.setTitle(`${page.title} – Settings`);
		props.window.setRestartArguments([page.id]);
	}, [page, props.window]);
	// A page starts at its top, a setting that was searched for at its place.
	useEffect(() => {
		const headings = [...(content.current?.querySelectorAll('h3') ?? [])];
		const heading = headings.find(({ textContent }) => textContent === place.setting);
		if (heading === undefined) content.current?.scrollTo(0, 0);
		else heading.scrollIntoView();
	}, [place]);
	const choose = (hit: SettingsHit) => {
		setPlace({ page: hit.page, setting: hit.entry?.title });
		setQuery('');
		content.current?.focus();
	};
	return (
		<div className="settings with-sidebar">
			<Sidebar
				label="Settings"
				searchLabel="Find a setting"
				query={query}
				entries={query.trim() === '' ? pageEntries(hasWholePc, page, choose) : foundEntries(query, hasWholePc, choose)}
				nothing={`No setting is called “${query.trim()}”.`}
				onSearch={setQuery}
			/>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a page that scrolls must be reachable by keyboard */}
			<section ref={content} className="settings-content" tabIndex={0} aria-label={page.title}>
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
