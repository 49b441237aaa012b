/**
 * The Start menu. The search box has the focus from the first moment; arrows walk what is shown, Enter opens it,
 * Escape closes. Everything found is on this computer.
 */
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { wrapTabFocus } from '#ui/focus.ts';
import { Icon } from '#ui/icon.tsx';
import { useDesktop, useModel } from '../desktop-context.ts';
import { returnFocus } from '../keyboard/return-focus.ts';
import { useCloseOutside } from '../taskbar/flyout.tsx';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import { PowerButtons } from './power-buttons.tsx';
import { StartFolders } from './start-folders.tsx';
import { optionIdOf, StartList, type StartSection } from './start-list.tsx';
import { StartSearch } from './start-search.ts';
import { startSections } from './start-sections.ts';
import './start-menu.css';

/** Tiles stand this many in a row. */
const tileColumns = 4;

/** The option that a key leads to, by number; `undefined` for another key. */
function stepTo(key: string, current: number, sections: readonly StartSection[]): number | undefined {
	const count = sections.reduce((sum, section) => sum + section.options.length, 0);
	if (count === 0) return undefined;
	const tiles = sections[0]?.layout === 'tiles' ? sections[0].options.length : 0;
	const inTiles = current < tiles;
	if (key === 'ArrowDown') {
		if (!inTiles) return (current + 1) % count;
		return current + tileColumns < tiles ? current + tileColumns : Math.min(tiles, count - 1);
	}
	if (key === 'ArrowUp') {
		if (current === tiles && tiles > 0) return Math.floor((tiles - 1) / tileColumns) * tileColumns;
		if (!inTiles) return (current - 1 + count) % count;
		return current >= tileColumns ? current - tileColumns : count - 1;
	}
	if (inTiles && key === 'ArrowRight') return Math.min(current + 1, tiles - 1);
	if (inTiles && key === 'ArrowLeft') return Math.max(current - 1, 0);
	return undefined;
}

function useStartSections(search: StartSearch): readonly StartSection[] {
	const desktop = useDesktop();
	const groups = useModel(search, () => search.groups);
	const record = useModel(desktop.session, () => desktop.session.record);
	return useMemo(() => {
		if (search.query.trim() === '') return startSections(desktop, record);
		return groups.map(({ title, count, results }) => ({
			title: `${title} (${count})`,
			layout: 'rows',
			options: results,
		}));
	}, [desktop, record, groups, search]);
}

/** The focus is in the search box while the menu is open; a window that opens meanwhile does not keep it. */
function useSearchFocus(root: React.RefObject<HTMLElement | null>, input: React.RefObject<HTMLInputElement | null>) {
	const { windows, popups } = useDesktop();
	useEffect(() => {
		const before = document.activeElement as HTMLElement | null;
		input.current?.focus();
		const onFocus = (event: FocusEvent) => {
			const taken = (event.target as Element).closest('.window') !== null;
			if (taken && popups.open === 'start') input.current?.focus();
		};
		document.addEventListener('focusin', onFocus);
		return () => {
			document.removeEventListener('focusin', onFocus);
			// The menu is gone from the page only after this.
			if (root.current?.contains(document.activeElement) === true) (document.activeElement as HTMLElement).blur();
			returnFocus(windows, before);
		};
	}, [root, input, windows, popups]);
}

/** A second Enter this soon behind the first is the same one: it must not fall into the window behind the menu. */
const doubleEnterMs = 500;

function swallowEnter(): void {
	const ended = new AbortController();
	const onKey = (event: globalThis.KeyboardEvent) => {
		if (event.key !== 'Enter') {
			ended.abort();
			return;
		}
		event.preventDefault();
		event.stopPropagation();
	};
	const options = { capture: true, signal: ended.signal };
	document.addEventListener('keydown', onKey, options);
	document.addEventListener('pointerdown', () => ended.abort(), options);
	setTimeout(() => ended.abort(), doubleEnterMs);
}

/** What is shown, which option is chosen, and what keys in the search box do. */
function useStartList() {
	const desktop = useDesktop();
	const [search] = useState(() => new StartSearch(desktop));
	const query = useModel(search, () => search.query);
	const sections = useStartSections(search);
	const [chosen, setChosen] = useState(0);
	const options = sections.flatMap((section) => section.options);
	const current = Math.min(chosen, Math.max(0, options.length - 1));
	const settled = useModel(search, () => search.settled);
	// Enter before the files have answered takes the first one that comes.
	const awaited = useRef(false);
	const open = (index: number) => {
		awaited.current = !settled;
		const option = options[index];
		if (option === undefined) return;
		swallowEnter();
		desktop.popups.close();
		option.open();
	};
	useEffect(() => {
		if (awaited.current && options.length > 0) open(0);
	});
	const setQuery = (words: string) => {
		awaited.current = false;
		setChosen(0);
		search.setQuery(words);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.nativeEvent.isComposing) return;
		// With words in the box, left and right belong to the caret.
		const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
		const next = sideways && query !== '' ? undefined : stepTo(event.key, current, sections);
		if (next !== undefined) setChosen(next);
		else if (event.key === 'Enter') open(current);
		else if (event.key === 'Escape' && query !== '') setQuery('');
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return { query, settled, sections, options, current, setChosen, setQuery, open, onKeyDown };
}

export function StartMenu() {
	const { popups } = useDesktop();
	const root = useRef<HTMLDivElement>(null);
	const input = useRef<HTMLInputElement>(null);
	const listId = useId();
	const { query, settled, sections, options, current, setChosen, setQuery, open, onKeyDown } = useStartList();
	useCloseOutside(root, 'start');
	useSearchFocus(root, input);
	return (
		<div
			ref={root}
			className="start-menu glass"
			role="dialog"
			aria-label="Start menu"
			tabIndex={-1}
			onKeyDown={(event) => {
				wrapTabFocus(event, event.currentTarget);
				if (event.key !== 'Escape' || event.defaultPrevented) return;
				event.stopPropagation();
				popups.close();
			}}
		>
			<GlassBackdrop />
			<div className="start-main">
				<StartList
					id={listId}
					sections={sections}
					current={current}
					query={query}
					settled={settled}
					onHover={setChosen}
					onOpen={open}
				/>
				<div className="start-search">
					<Icon name="magnifying-glass" size={18} />
					<input
						ref={input}
						className="start-search-input"
						role="combobox"
						aria-label="Search programs, settings and files"
						aria-expanded="true"
						aria-controls={listId}
						aria-autocomplete="list"
						aria-activedescendant={options.length > 0 ? optionIdOf(listId, current) : undefined}
						placeholder="Search programs, settings and files"
						spellCheck={false}
						autoComplete="off"
						value={query}
						onChange={(event) => setQuery(event.target.value)}
						onKeyDown={onKeyDown}
					/>
				</div>
			</div>
			<div className="start-side">
				<StartFolders />
				<PowerButtons />
			</div>
		</div>
	);
}
