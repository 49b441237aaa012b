/** The path as text, with completion: arrows choose, Tab takes a suggestion, Enter goes, Escape gives up. */
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { explainError } from '#desktop/files/failure-words.ts';
import type { Shell } from '#runtime/window-program.ts';
import { resolveTyped, suggestFolders } from './address-completion.ts';
import type { ExplorerModel } from './explorer-model.ts';

export interface AddressFieldProps {
	readonly model: ExplorerModel;
	readonly shell: Shell;
	onDone(): void;
}

/** Only when the field comes: React calls a function of the same identity once. */
function selectAll(field: HTMLInputElement | null): void {
	field?.select();
}

export function AddressField({ model, shell, onDone }: AddressFieldProps) {
	const [typed, setTyped] = useState(model.path);
	const [error, setError] = useState<string | undefined>();
	const [chosen, setChosen] = useState(-1);
	const suggestions = useSuggestions(model, typed);
	const listId = useId();
	const go = async (text: string) => {
		const problem = await goTo(model, shell, text);
		if (problem === undefined) onDone();
		else setError(problem);
	};
	const change = (text: string) => {
		setTyped(text);
		setChosen(-1);
		setError(undefined);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		event.stopPropagation();
		const { key } = event;
		const step = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
		if (step !== 0) setChosen((now) => wrap(now + step, suggestions.length));
		else if (key === 'Enter') void go(suggestions[chosen] ?? typed);
		else if (key === 'Escape') onDone();
		else if (key === 'Tab' && suggestions.length > 0) change(`${suggestions[Math.max(0, chosen)]}/`);
		else return;
		event.preventDefault();
	};
	return (
		<div className="address-bar is-editing">
			<input
				ref={selectAll}
				role="combobox"
				aria-label="Path"
				aria-expanded={suggestions.length > 0}
				aria-controls={listId}
				aria-activedescendant={chosen < 0 ? undefined : `${listId}-${chosen}`}
				aria-invalid={error !== undefined}
				aria-describedby={error === undefined ? undefined : `${listId}-error`}
				// biome-ignore lint/a11y/noAutofocus: the person has just asked to type here
				autoFocus
				value={typed}
				spellCheck={false}
				autoComplete="off"
				onChange={(event) => change(event.target.value)}
				onKeyDown={onKeyDown}
				onBlur={onDone}
			/>
			<Suggestions
				id={listId}
				suggestions={suggestions}
				chosen={chosen}
				onChoose={(suggestion) => void go(suggestion)}
			/>
			{error === undefined ? null : (
				<p id={`${listId}-error`} className="address-error" role="alert">
					{error}
				</p>
			)}
		</div>
	);
}

interface SuggestionsProps {
	readonly id: string;
	readonly suggestions: readonly string[];
	readonly chosen: number;
	onChoose(suggestion: string): void;
}

function Suggestions({ id, suggestions, chosen, onChoose }: SuggestionsProps) {
	return (
		<div id={id} role="listbox" aria-label="Folders" className="address-suggestions" hidden={suggestions.length === 0}>
			{suggestions.map((suggestion, index) => (
				// biome-ignore lint/a11y/useFocusableInteractive: the field has the focus and names the option
				// biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
				<div
					key={suggestion}
					id={`${id}-${index}`}
					role="option"
					aria-selected={index === chosen}
					// The field keeps the focus.
					onPointerDown={(event) => event.preventDefault()}
					onClick={() => onChoose(suggestion)}
				>
					{suggestion}
				</div>
			))}
		</div>
	);
}

/** Goes to what was typed, or opens it when it is a file; returns what was wrong. */
async function goTo(model: ExplorerModel, shell: Shell, text: string): Promise<string | undefined> {
	try {
		const path = await resolveTyped(model, text);
		const { kind } = await model.system.pathStat(path);
		if (kind === 'directory') model.go(path);
		else await shell.open(path);
		return undefined;
	} catch (error) {
		return explainError(error);
	}
}

function useSuggestions(model: ExplorerModel, typed: string): readonly string[] {
	const [suggestions, setSuggestions] = useState<readonly string[]>([]);
	const isUntouched = typed === model.path;
	useEffect(() => {
		if (isUntouched) return setSuggestions([]);
		let isWanted = true;
		suggestFolders(model, typed).then(
			(found) => isWanted && setSuggestions(found),
			// There is no such folder: nothing to suggest.
			() => isWanted && setSuggestions([]),
		);
		return () => {
			isWanted = false;
		};
	}, [model, typed, isUntouched]);
	return suggestions;
}

/** -1 is the text itself, between the last and the first suggestion. */
function wrap(index: number, count: number): number {
	if (index < -1) return count - 1;
	return index >= count ? -1 : index;
}
