/** The smaller parts of Notepad's window: notices, status bar, the question for a line. */

import { useState } from 'react';
import { formatSize } from '#base/format-size.ts';
import { Button } from '#ui/controls/button.tsx';
import { Dialog } from '#ui/controls/dialog.tsx';
import { MenuButton } from '#ui/controls/menu.tsx';
import { TextField } from '#ui/controls/text-field.tsx';
import { Icon } from '#ui/icon.tsx';
import { encodingLabel } from './encodings.ts';
import { encodingEntries, lineEndEntries } from './menus.ts';
import type { Notepad, NotepadView, Notice } from './notepad.ts';

const noticeTexts: Readonly<Record<Notice, string>> = {
	partial: 'This file is larger than 32 MB. Its first 32 MB are shown; it cannot be edited here.',
	inexact:
		'Some bytes of this file are no characters of this encoding; saving would change them. Try another encoding at the lower right.',
	'mixed-line-ends': 'This file has several kinds of line ends. Saving makes them all the same.',
	'changed-outside': 'Another program has changed this file.',
	'removed-outside': 'This file has been removed or renamed. Saving makes it again.',
};

export function NoticeBar({ notepad, view }: { notepad: Notepad; view: NotepadView }) {
	const { notice } = view;
	if (notice === undefined) return null;
	return (
		<div className="notice-bar" role="alert">
			<Icon name="warning" size={18} />
			<span className="notice-text">{noticeTexts[notice]}</span>
			{notice === 'changed-outside' ? (
				<Button size="small" onPress={() => void notepad.reload()}>
					Reload
				</Button>
			) : null}
			{notice === 'partial' ? null : (
				<Button size="small" kind="plain" onPress={() => notepad.dismissNotice()}>
					{notice === 'inexact' ? 'Edit anyway' : notice === 'changed-outside' ? 'Keep mine' : 'OK'}
				</Button>
			)}
		</div>
	);
}

export function StatusBar({ notepad, view, zoom }: { notepad: Notepad; view: NotepadView; zoom: number }) {
	const reopens = view.path !== undefined && !view.changed;
	return (
		<div className="status-bar">
			<span className="status-cell">
				Line {view.line}, column {view.column}
			</span>
			<span className="status-cell">
				{view.selected > 0 ? `${view.selected} selected` : `${view.lines} ${view.lines === 1 ? 'line' : 'lines'}`}
			</span>
			<span className="status-space">{view.readOnly ? 'Read-only' : ''}</span>
			<span className="status-cell">{formatSize(view.sizeBytes)}</span>
			{zoom === 100 ? null : <span className="status-cell">{zoom} %</span>}
			<MenuButton label={view.lineEnd.toUpperCase()} entries={lineEndEntries(notepad, view)} />
			<MenuButton
				label={encodingLabel(view.encoding)}
				entries={[
					{ id: 'purpose', label: reopens ? 'Read the file as' : 'Save the file as', disabled: true },
					...encodingEntries(view.encoding, (id) => (reopens ? void notepad.reopenWith(id) : notepad.setEncoding(id))),
				]}
			/>
		</div>
	);
}

export function GoToLineDialog({ notepad, onClose }: { notepad: Notepad; onClose(): void }) {
	const [text, setText] = useState(String(notepad.view.line));
	const last = notepad.view.lines;
	const number = Number(text);
	const valid = /^\d+$/.test(text) && number >= 1 && number <= last;
	const go = () => {
		if (!valid) return;
		onClose();
		requestAnimationFrame(() => notepad.editor.goToLine(number));
	};
	return (
		<Dialog
			title="Go to line"
			width={320}
			onClose={onClose}
			onSubmit={go}
			actions={
				<>
					<Button kind="primary" type="submit" disabled={!valid}>
						Go
					</Button>
					<Button onPress={onClose}>Cancel</Button>
				</>
			}
		>
			<TextField
				{...{ label: `Line number (1 to ${last})`, value: text, onChange: setText, autoFocus: true }}
				{...(valid ? {} : { error: `There are ${last} lines.` })}
			/>
		</Dialog>
	);
}
