/** Find and replace, in the panel that CodeMirror keeps above the text. */
import {
	closeSearchPanel,
	findNext,
	findPrevious,
	getSearchQuery,
	replaceAll,
	replaceNext,
	SearchQuery,
	setSearchQuery,
} from '@codemirror/search';
import type { EditorView } from '@codemirror/view';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button, IconButton, ToggleButton } from '#ui/controls/button.tsx';
import { TextField } from '#ui/controls/text-field.tsx';

/** Counting stops here: the exact number of more matches helps nobody. */
const countLimit = 9999;

interface FindState {
	readonly search: string;
	readonly replace: string;
	readonly caseSensitive: boolean;
	readonly wholeWord: boolean;
	readonly regexp: boolean;
}

function describeMatches(view: EditorView, query: SearchQuery): string {
	if (query.search === '') return '';
	if (!query.valid) return 'Not a valid expression';
	const { from, to } = view.state.selection.main;
	let [count, current] = [0, 0];
	const cursor = query.getCursor(view.state);
	for (let match = cursor.next(); !match.done && count < countLimit; match = cursor.next()) {
		count++;
		if (match.value.from === from && match.value.to === to) current = count;
	}
	if (count === 0) return 'Not found';
	const total = count === countLimit ? `more than ${countLimit}` : String(count);
	return current === 0 ? `${total} found` : `${current} of ${total}`;
}

export interface FindBarProps {
	readonly view: EditorView;
	readonly withReplace: boolean;
	readonly readOnly: boolean;
	/** Changes with every change of text or selection. */
	readonly revision: unknown;
}

export function FindBar({ view, withReplace, readOnly }: FindBarProps) {
	const [state, setState] = useState<FindState>(() => {
		const { search, replace, caseSensitive, wholeWord, regexp } = getSearchQuery(view.state);
		return { search, replace, caseSensitive, wholeWord, regexp };
	});
	const field = useRef<HTMLInputElement>(null);
	useEffect(() => field.current?.select(), []);
	const change = (parts: Partial<FindState>) => {
		const next = { ...state, ...parts };
		setState(next);
		view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ ...next, literal: !next.regexp })) });
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.key === 'Escape') closeSearchPanel(view);
		else if (event.key === 'F3' || (event.key === 'Enter' && event.target === field.current)) {
			(event.shiftKey ? findPrevious : findNext)(view);
		} else return;
		event.preventDefault();
		event.stopPropagation();
	};
	const found = describeMatches(view, getSearchQuery(view.state));
	return (
		<search className="find-bar" onKeyDown={onKeyDown}>
			<div className="find-row">
				<TextField
					{...{ label: 'Find', hideLabel: true, placeholder: 'Find', icon: 'magnifying-glass' }}
					{...{ inputRef: field, value: state.search, onChange: (search) => change({ search }), autoFocus: true }}
				/>
				<IconButton icon="arrow-up" label="Find previous" shortcut="Shift+F3" onPress={() => void findPrevious(view)} />
				<IconButton icon="arrow-down" label="Find next" shortcut="F3" onPress={() => void findNext(view)} />
				<ToggleButton
					label="Match case"
					icon="text-aa"
					selected={state.caseSensitive}
					onChange={(caseSensitive) => change({ caseSensitive })}
				/>
				<ToggleButton
					label="Whole words"
					icon="text-t"
					selected={state.wholeWord}
					onChange={(wholeWord) => change({ wholeWord })}
				/>
				<ToggleButton
					label="Regular expression"
					icon="binary"
					selected={state.regexp}
					onChange={(regexp) => change({ regexp })}
				/>
				<span className="find-count" role="status">
					{found}
				</span>
				<IconButton icon="x" label="Close find" shortcut="Esc" onPress={() => void closeSearchPanel(view)} />
			</div>
			{withReplace && !readOnly ? (
				<div className="find-row">
					<TextField
						{...{ label: 'Replace with', hideLabel: true, placeholder: 'Replace with', icon: 'pencil-simple' }}
						{...{ value: state.replace, onChange: (replace) => change({ replace }) }}
					/>
					<Button size="small" onPress={() => void replaceNext(view)}>
						Replace
					</Button>
					<Button size="small" onPress={() => void replaceAll(view)}>
						Replace all
					</Button>
				</div>
			) : null}
		</search>
	);
}
