/** A list of files to choose one from: a virtualised `listbox` with one tab stop. */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Icon } from '#ui/icon.tsx';
import { EncryptedPicture, encryptedDescription } from '../encryption/encrypted-picture.tsx';
import { type FileEntry, isEncrypted } from './file-entry.ts';
import { iconOf } from './file-types.ts';
import { formatDate, formatSize } from './format.ts';
import { Selection } from './selection.ts';
import { useEvent } from './use-event.ts';

export interface FileListProps {
	readonly label: string;
	readonly entries: readonly FileEntry[];
	readonly autoFocus: boolean;
	/** Shown when there is nothing. */
	readonly empty: string;
	onChoose(entry: FileEntry): void;
	onOpen(entry: FileEntry): void;
	onUp(): void;
}

const rowHeight = 30;
const margin = 5;
const moves: Readonly<Record<string, number>> = {
	ArrowDown: 1,
	ArrowUp: -1,
	PageDown: 10,
	PageUp: -10,
	Home: Number.NEGATIVE_INFINITY,
	End: Number.POSITIVE_INFINITY,
};

export function FileList({ label, entries, autoFocus, empty, onChoose, onOpen, onUp }: FileListProps) {
	const list = useRef<HTMLDivElement>(null);
	const [selection] = useState(() => new Selection());
	const { focus } = useEvent(selection.onChange, () => selection.snapshot);
	const [scrollTop, setScrollTop] = useState(0);
	useLayoutEffect(() => selection.setKeys(entries.map(({ name }) => name)), [entries, selection]);
	useEffect(() => (autoFocus ? list.current?.focus() : undefined), [autoFocus]);
	const choose = (index: number) => {
		const entry = entries[index];
		if (entry === undefined) return;
		selection.select([entry.name]);
		onChoose(entry);
		reveal(list.current, index);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		const index = selection.focusIndex;
		const move = moves[event.key];
		if (event.altKey || event.ctrlKey) return;
		if (move !== undefined) choose(Math.min(Math.max(index + move, 0), entries.length - 1));
		else if (event.key === 'Enter' && entries[index] !== undefined) onOpen(entries[index]);
		else if (event.key === 'Backspace') onUp();
		else if ([...event.key].length === 1 && selection.type(event.key, event.timeStamp)) choose(selection.focusIndex);
		else return;
		event.preventDefault();
	};
	const first = Math.max(0, Math.floor(scrollTop / rowHeight) - margin);
	const last = Math.min(
		entries.length,
		first + Math.ceil((list.current?.clientHeight ?? 300) / rowHeight) + 2 * margin,
	);
	const focusIndex = selection.focusIndex;
	return (
		<div
			ref={list}
			role="listbox"
			tabIndex={0}
			aria-label={label}
			aria-activedescendant={focusIndex >= first && focusIndex < last ? `file-list-${focusIndex}` : undefined}
			className="file-list"
			onKeyDown={onKeyDown}
			onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
		>
			{entries.length === 0 ? <p className="file-list-empty">{empty}</p> : null}
			<div style={{ height: entries.length * rowHeight }} role="presentation">
				{entries.slice(first, last).map((entry, offset) => (
					<FileListRow
						key={entry.name}
						entry={entry}
						index={first + offset}
						count={entries.length}
						isChosen={focus === entry.name}
						onChoose={() => choose(first + offset)}
						onOpen={() => onOpen(entry)}
					/>
				))}
			</div>
		</div>
	);
}

interface FileListRowProps {
	readonly entry: FileEntry;
	readonly index: number;
	readonly count: number;
	readonly isChosen: boolean;
	onChoose(): void;
	onOpen(): void;
}

function FileListRow({ entry, index, count, isChosen, onChoose, onOpen }: FileListRowProps) {
	return (
		// biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the option
		// biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys
		<div
			role="option"
			id={`file-list-${index}`}
			aria-selected={isChosen}
			aria-setsize={count}
			aria-posinset={index + 1}
			className={`file-list-row ${isEncrypted(entry) ? 'is-encrypted' : ''}`}
			aria-description={isEncrypted(entry) ? encryptedDescription : undefined}
			style={{ top: index * rowHeight, height: rowHeight }}
			onClick={onChoose}
			onDoubleClick={onOpen}
		>
			<EncryptedPicture encrypted={isEncrypted(entry)} size={20}>
				<Icon name={iconOf(entry)} size={20} />
			</EncryptedPicture>
			<span className="file-list-name">{entry.name}</span>
			<span className="file-list-detail">{formatDate(entry.modifiedTime)}</span>
			<span className="file-list-detail file-list-size">{entry.kind === 'file' ? formatSize(entry.size) : ''}</span>
		</div>
	);
}

function reveal(list: HTMLElement | null, index: number): void {
	if (list === null) return;
	const top = index * rowHeight;
	if (top < list.scrollTop) list.scrollTop = top;
	else if (top + rowHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + rowHeight - list.clientHeight;
}
