/**
 * The editor: CodeMirror with what a plain text editor needs, and nothing that changes text by itself.
 *
 * Rules of use:
 * - The panel for finding is an empty element; whoever makes the editor fills it (`onFindPanel`).
 * - Tab inserts a tab; Escape and then Tab leaves the editor (CodeMirror's way out for the keyboard).
 */
import { defaultKeymap, history, historyKeymap, insertTab } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { findNext, findPrevious, search, selectSelectionMatches } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Text, Transaction } from '@codemirror/state';
import {
	drawSelection,
	dropCursor,
	EditorView,
	highlightSpecialChars,
	keymap,
	rectangularSelection,
} from '@codemirror/view';

export interface EditorEvents {
	/** Text, selection or both have changed. */
	onUpdate(changed: { readonly text: boolean }): void;
	/** The panel for finding is shown (an element to fill) or gone. */
	onFindPanel(element: HTMLElement | undefined): void;
}

const wrap = new Compartment();
const readOnly = new Compartment();
/** Marks the text that comes from a file. */
const loading = Annotation.define<boolean>();

const findKeys = [
	{ key: 'F3', run: findNext, preventDefault: true },
	{ key: 'Shift-F3', run: findPrevious, preventDefault: true },
	{ key: 'Mod-d', run: selectSelectionMatches, preventDefault: true },
];

export class Editor {
	readonly view: EditorView;
	readonly #events: EditorEvents;
	#wraps = true;

	constructor(parent: HTMLElement, events: EditorEvents) {
		this.#events = events;
		this.view = new EditorView({ parent, state: this.#createState('', false) });
	}

	get text(): string {
		return this.view.state.doc.toString();
	}

	get document(): Text {
		return this.view.state.doc;
	}

	/**
	 * Replaces everything; what was undone before cannot be. The text comes as a change: of a line of megabytes CodeMirror
	 * draws only what is in view then, and with a new state all of it at first.
	 */
	load(text: string, isReadOnly: boolean): void {
		this.view.setState(this.#createState('', isReadOnly));
		this.view.dispatch({
			changes: { from: 0, insert: text },
			annotations: [loading.of(true), Transaction.addToHistory.of(false)],
		});
	}

	setReadOnly(on: boolean): void {
		this.view.dispatch({ effects: readOnly.reconfigure(readOnlyExtension(on)) });
	}

	setWrap(on: boolean): void {
		this.#wraps = on;
		this.view.dispatch({ effects: wrap.reconfigure(on ? EditorView.lineWrapping : []) });
	}

	/** Line and column of the cursor, from 1. */
	get position(): { line: number; column: number } {
		const { head } = this.view.state.selection.main;
		const line = this.document.lineAt(head);
		return { line: line.number, column: head - line.from + 1 };
	}

	/** Puts the cursor at the start of line `number`, or the last line. */
	goToLine(number: number): void {
		const line = this.document.line(Math.max(1, Math.min(this.document.lines, number)));
		this.select(line.from, line.from);
	}

	select(from: number, to: number): void {
		this.view.dispatch({
			selection: { anchor: from, head: to },
			effects: EditorView.scrollIntoView(from, { y: 'center' }),
		});
		this.view.focus();
	}

	insert(text: string): void {
		this.view.dispatch(this.view.state.replaceSelection(text), { scrollIntoView: true, userEvent: 'input.paste' });
	}

	dispose(): void {
		this.view.destroy();
	}

	#createState(text: string, isReadOnly: boolean): EditorState {
		return EditorState.create({
			doc: text,
			extensions: [
				history(),
				drawSelection(),
				dropCursor(),
				highlightSpecialChars(),
				rectangularSelection(),
				EditorState.allowMultipleSelections.of(true),
				indentUnit.of('\t'),
				EditorState.tabSize.of(8),
				keymap.of([...findKeys, { key: 'Tab', run: insertTab }, ...historyKeymap, ...defaultKeymap]),
				wrap.of(this.#wraps ? EditorView.lineWrapping : []),
				readOnly.of(readOnlyExtension(isReadOnly)),
				EditorView.contentAttributes.of({ 'aria-label': 'Text', spellcheck: 'false' }),
				search({ top: true, createPanel: () => this.#createFindPanel() }),
				EditorView.updateListener.of(({ docChanged, selectionSet, transactions }) => {
					if (transactions.some((transaction) => transaction.annotation(loading))) return;
					if (docChanged || selectionSet) this.#events.onUpdate({ text: docChanged });
				}),
			],
		});
	}

	#createFindPanel() {
		const dom = document.createElement('div');
		return {
			dom,
			top: true,
			mount: () => this.#events.onFindPanel(dom),
			destroy: () => this.#events.onFindPanel(undefined),
		};
	}
}

function readOnlyExtension(on: boolean) {
	return on ? [EditorState.readOnly.of(true)] : [];
}
