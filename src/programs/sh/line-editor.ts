/**
 * Edits one line on a terminal, with Emacs keys, history and reverse search.
 *
 * Rules of use:
 * - `handle` takes a key and answers what happened; what the terminal has to show is collected until `takeOutput`.
 * - The line is kept as graphemes, so that the cursor never stands inside a character that a person sees as one.
 * - The line may hold line ends, which only pasting brings in.
 * - The prompt is one line; it may hold escape sequences, which take no room.
 *
 * Invariant: the terminal's cursor stands `#cursorRow` rows below the row where the prompt starts.
 */
import type { Key, KeyName } from './key-decoder.ts';
import { graphemeWidth, splitGraphemes, textWidth } from './text-width.ts';

export type EditResult =
	| { readonly kind: 'editing' }
	| { readonly kind: 'accepted'; readonly line: string }
	/** Ctrl+C: the line is given up. */
	| { readonly kind: 'interrupted' }
	/** Ctrl+D on an empty line. */
	| { readonly kind: 'ended' }
	| { readonly kind: 'complete' };

const editing: EditResult = { kind: 'editing' };

interface Search {
	query: string;
	/** Index in the history of the line shown. */
	index: number;
	readonly original: string;
}

export class LineEditor {
	readonly #history: readonly string[];
	#prompt = '';
	#graphemes: string[] = [];
	#cursor = 0;
	#columns = 80;
	#cursorRow = 0;
	#output = '';
	/** Where up and down stand in the history; its length is the line being written. */
	#historyIndex = 0;
	#draft = '';
	#cut = '';
	#search: Search | undefined;

	constructor(history: readonly string[]) {
		this.#history = history;
	}

	get line(): string {
		return this.#graphemes.join('');
	}

	/** Text before the cursor. */
	get beforeCursor(): string {
		return this.#graphemes.slice(0, this.#cursor).join('');
	}

	get columns(): number {
		return this.#columns;
	}

	start(prompt: string): void {
		this.#prompt = prompt;
		this.#graphemes = [];
		this.#cursor = 0;
		this.#cursorRow = 0;
		this.#historyIndex = this.#history.length;
		this.#draft = '';
		this.#search = undefined;
		this.#draw();
	}

	takeOutput(): string {
		const output = this.#output;
		this.#output = '';
		return output;
	}

	resize(columns: number): void {
		if (columns > 0) this.#columns = columns;
	}

	/** Puts text in place of `length` code units before the cursor. */
	replaceBeforeCursor(length: number, text: string): void {
		const before = this.beforeCursor;
		this.#set(before.slice(0, before.length - length) + text, this.#graphemes.slice(this.#cursor).join(''));
	}

	/** Shows text below the line, then the line again. */
	showBelow(text: string): void {
		this.#moveToEnd();
		this.#output += `\r\n${text.replace(/\n$/, '').replaceAll('\n', '\r\n')}\r\n`;
		this.#cursorRow = 0;
		this.#draw();
	}

	clearScreen(): void {
		this.#output += '\x1b[H\x1b[2J';
		this.#cursorRow = 0;
		this.#draw();
	}

	handle(key: Key): EditResult {
		if (key.kind === 'size') {
			this.resize(key.columns);
			return editing;
		}
		if (this.#search !== undefined) {
			const result = this.#handleSearch(this.#search, key);
			if (result !== undefined) return result;
		}
		if (key.kind === 'text') return this.#insert(key.text);
		// A pasted line end becomes part of the line: it must not run a command unseen.
		if (key.kind === 'paste') return this.#insert(key.text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n]/gu, ''));
		return this.#handleKey(key.name);
	}

	#handleKey(name: KeyName): EditResult {
		switch (name) {
			case 'enter':
				this.#moveToEnd();
				this.#output += '\r\n';
				return { kind: 'accepted', line: this.line };
			case 'control-c':
				this.#moveToEnd();
				this.#output += '^C\r\n';
				return { kind: 'interrupted' };
			case 'control-d':
				if (this.#graphemes.length > 0) return this.#remove(this.#cursor, this.#cursor + 1);
				this.#output += '\r\n';
				return { kind: 'ended' };
			case 'tab':
				return { kind: 'complete' };
			case 'control-l':
				this.clearScreen();
				return editing;
			case 'control-r':
				this.#search = { query: '', index: this.#history.length, original: this.line };
				this.#draw();
				return editing;
			default:
				return this.#handleMovement(name) ?? this.#handleRemoval(name) ?? editing;
		}
	}

	#handleMovement(name: KeyName): EditResult | undefined {
		switch (name) {
			case 'left':
			case 'control-b':
				return this.#moveTo(this.#cursor - 1);
			case 'right':
			case 'control-f':
				return this.#moveTo(this.#cursor + 1);
			case 'word-left':
				return this.#moveTo(this.#wordStart());
			case 'word-right':
				return this.#moveTo(this.#wordEnd());
			case 'home':
			case 'control-a':
				return this.#moveTo(0);
			case 'end':
			case 'control-e':
				return this.#moveTo(this.#graphemes.length);
			case 'up':
			case 'control-p':
				return this.#recall(this.#historyIndex - 1);
			case 'down':
			case 'control-n':
				return this.#recall(this.#historyIndex + 1);
			default:
				return undefined;
		}
	}

	#handleRemoval(name: KeyName): EditResult | undefined {
		switch (name) {
			case 'backspace':
				return this.#remove(this.#cursor - 1, this.#cursor);
			case 'delete':
				return this.#remove(this.#cursor, this.#cursor + 1);
			case 'control-w':
				return this.#cutOut(this.#blankWordStart(), this.#cursor);
			case 'delete-word-right':
				return this.#cutOut(this.#cursor, this.#wordEnd());
			case 'control-u':
				return this.#cutOut(0, this.#cursor);
			case 'control-k':
				return this.#cutOut(this.#cursor, this.#graphemes.length);
			case 'control-y':
				return this.#insert(this.#cut);
			default:
				return undefined;
		}
	}

	#insert(text: string): EditResult {
		const after = this.#graphemes.slice(this.#cursor).join('');
		this.#set(this.beforeCursor + text, after);
		return editing;
	}

	#set(before: string, after: string): void {
		const left = splitGraphemes(before);
		// Together, because a mark typed alone joins the character before it.
		this.#graphemes = splitGraphemes(before + after);
		this.#cursor = Math.min(left.length, this.#graphemes.length);
		this.#draw();
	}

	#moveTo(index: number): EditResult {
		this.#cursor = Math.max(0, Math.min(this.#graphemes.length, index));
		this.#draw();
		return editing;
	}

	#remove(from: number, to: number): EditResult {
		if (from < 0 || from >= this.#graphemes.length || from === to) return editing;
		this.#graphemes.splice(from, to - from);
		return this.#moveTo(from);
	}

	#cutOut(from: number, to: number): EditResult {
		this.#cut = this.#graphemes.slice(from, to).join('');
		return this.#remove(from, to);
	}

	#wordStart(): number {
		let index = this.#cursor;
		while (index > 0 && !isWordCharacter(this.#graphemes[index - 1])) index--;
		while (index > 0 && isWordCharacter(this.#graphemes[index - 1])) index--;
		return index;
	}

	#blankWordStart(): number {
		let index = this.#cursor;
		while (index > 0 && this.#graphemes[index - 1] === ' ') index--;
		while (index > 0 && this.#graphemes[index - 1] !== ' ') index--;
		return index;
	}

	#wordEnd(): number {
		let index = this.#cursor;
		while (index < this.#graphemes.length && !isWordCharacter(this.#graphemes[index])) index++;
		while (index < this.#graphemes.length && isWordCharacter(this.#graphemes[index])) index++;
		return index;
	}

	#recall(index: number): EditResult {
		if (index < 0 || index > this.#history.length || index === this.#historyIndex) return editing;
		if (this.#historyIndex === this.#history.length) this.#draft = this.line;
		this.#historyIndex = index;
		this.#set(this.#history[index] ?? this.#draft, '');
		return editing;
	}

	/** `undefined` when the key ends the search and is to be handled as usual. */
	#handleSearch(search: Search, key: Key): EditResult | undefined {
		if (key.kind === 'text') return this.#searchFor(search, search.query + key.text, this.#history.length - 1);
		if (key.kind !== 'key') return undefined;
		if (key.name === 'backspace') {
			const query = splitGraphemes(search.query).slice(0, -1).join('');
			return this.#searchFor(search, query, this.#history.length - 1);
		}
		if (key.name === 'control-r') return this.#searchFor(search, search.query, search.index - 1);
		this.#search = undefined;
		if (key.name === 'control-g' || key.name === 'escape' || key.name === 'control-c') {
			this.#set(search.original, '');
			return editing;
		}
		this.#draw();
		return undefined;
	}

	#searchFor(search: Search, query: string, from: number): EditResult {
		search.query = query;
		for (let index = from; index >= 0 && query !== ''; index--) {
			const line = this.#history[index] ?? '';
			if (!line.includes(query)) continue;
			search.index = index;
			this.#historyIndex = index;
			this.#set(line, '');
			return editing;
		}
		this.#draw();
		return editing;
	}

	#moveToEnd(): void {
		this.#cursor = this.#graphemes.length;
		this.#draw();
	}

	#draw(): void {
		const prompt = this.#search === undefined ? this.#prompt : `(search: ${this.#search.query}) `;
		const promptWidth = textWidth(withoutColours(prompt));
		const end = this.#place(promptWidth, this.#graphemes.length);
		const cursor = this.#place(promptWidth, this.#cursor);
		this.#output += this.#cursorRow > 0 ? `\x1b[${this.#cursorRow}A\r\x1b[J` : '\r\x1b[J';
		this.#output += prompt + this.line.replaceAll('\n', '\r\n');
		// A full last row leaves the terminal's cursor hanging at its end: go to the next one, as `#place` counts.
		if (end.hangs) this.#output += '\r\n';
		if (end.row > cursor.row) this.#output += `\x1b[${end.row - cursor.row}A`;
		this.#output += cursor.column > 0 ? `\r\x1b[${cursor.column}C` : '\r';
		this.#cursorRow = cursor.row;
	}

	/** Row and column, from the start of the prompt, of grapheme `index`; `hangs` after a row that is full to its end. */
	#place(promptWidth: number, index: number): { row: number; column: number; hangs: boolean } {
		let row = Math.floor(promptWidth / this.#columns);
		let column = promptWidth % this.#columns;
		let hangs = promptWidth > 0 && column === 0;
		for (const grapheme of this.#graphemes.slice(0, index)) {
			if (grapheme === '\n') {
				// A full row has led to the next one already.
				if (!hangs) row++;
				column = 0;
				hangs = false;
				continue;
			}
			const width = graphemeWidth(grapheme);
			if (column + width > this.#columns) {
				row++;
				column = 0;
			}
			column += width;
			hangs = column === this.#columns;
			if (hangs) {
				row++;
				column = 0;
			}
		}
		return { row, column, hangs };
	}
}

function isWordCharacter(grapheme: string | undefined): boolean {
	return grapheme !== undefined && /^[\p{L}\p{N}_]/u.test(grapheme);
}

/** Takes SGR sequences out. */
function withoutColours(text: string): string {
	const [first = '', ...rest] = text.split('\x1b[');
	return first + rest.map((part) => part.replace(/^[0-9;]*m/, '')).join('');
}
