/**
 * The field in which a file is renamed in place.
 *
 * Rules of use: Enter and leaving the field take the name, Escape gives up, Tab takes it and goes on to the next
 * item. A name that cannot be used is explained under the field and is not taken; leaving the field then gives up.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { explainNameProblem } from './failure-words.ts';
import './name-editor.css';

export interface NameEditorProps {
	readonly name: string;
	readonly isFolder: boolean;
	readonly className?: string;
	/** What went wrong when the name was tried. */
	readonly error?: string | undefined;
	onCommit(name: string, next: 'stay' | 'next' | 'previous'): void;
	onCancel(): void;
}

/** Length of the part that renaming selects: the name without its extension. */
function stemLength(name: string, isFolder: boolean): number {
	const dot = name.lastIndexOf('.');
	return isFolder || dot <= 0 ? name.length : dot;
}

export function NameEditor({ name, isFolder, className = '', error, onCommit, onCancel }: NameEditorProps) {
	const [value, setValue] = useState(name);
	const field = useRef<HTMLInputElement>(null);
	const messageId = useId();
	const ended = useRef(false);
	// Blanks at the ends cannot be seen, and a name of nothing else could not be found again.
	const typed = value === name ? name : value.trim();
	const problem = (value === name ? undefined : explainNameProblem(typed)) ?? error;
	useEffect(() => {
		field.current?.focus({ preventScroll: true });
		field.current?.setSelectionRange(0, stemLength(name, isFolder));
	}, [name, isFolder]);
	useEffect(() => {
		if (error !== undefined) ended.current = false;
	}, [error]);
	const take = (next: 'stay' | 'next' | 'previous') => {
		if (ended.current || explainNameProblem(typed) !== undefined) return;
		ended.current = true;
		onCommit(typed, next);
	};
	const giveUp = () => {
		if (ended.current) return;
		ended.current = true;
		onCancel();
	};
	const onKeyDown = (event: KeyboardEvent) => {
		event.stopPropagation();
		if (event.nativeEvent.isComposing) return;
		if (event.key === 'Enter') take('stay');
		else if (event.key === 'Escape') giveUp();
		else if (event.key === 'Tab') take(event.shiftKey ? 'previous' : 'next');
		else return;
		event.preventDefault();
	};
	return (
		<span className={`name-editor ${className}`}>
			<input
				ref={field}
				aria-label={`New name for ${name}`}
				aria-invalid={problem !== undefined}
				aria-describedby={problem === undefined ? undefined : messageId}
				value={value}
				spellCheck={false}
				autoComplete="off"
				onChange={(event) => setValue(event.target.value)}
				onKeyDown={onKeyDown}
				onBlur={() => (problem === undefined ? take('stay') : giveUp())}
				onPointerDown={(event) => event.stopPropagation()}
				onDoubleClick={(event) => event.stopPropagation()}
			/>
			{problem === undefined ? null : (
				<span id={messageId} className="name-editor-problem" role="alert">
					{problem}
				</span>
			)}
		</span>
	);
}
