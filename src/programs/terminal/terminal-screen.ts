/**
 * One xterm.js terminal and the shell behind it, without React.
 *
 * Rules of use:
 * - `open` is called once with the element to fill; `dispose` releases everything.
 * - The keys of `handleKey` are the terminal's own; all others go to the shell.
 */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { DisposableStore, toDisposable } from '#base/disposable.ts';
import { focusInOwnWindow } from '#ui/focus.ts';
import type { TerminalPreferences } from './preferences.ts';
import type { ShellSession } from './shell-session.ts';
import { readTheme } from './theme.ts';

export interface TerminalActions {
	copy(): void;
	paste(): void;
	changeFontSize(step: number): void;
	showMenu(position: { x: number; y: number }): void;
}

export class TerminalScreen {
	readonly #terminal: Terminal;
	readonly #fit = new FitAddon();
	readonly #owned = new DisposableStore();
	readonly #element: HTMLElement;
	#session: ShellSession | undefined;
	/** Typed before there was a shell to send it to. */
	#typedEarly = '';
	/** The window is about to close, so the end of the shell is no news. */
	closing = false;
	/** A command runs, as the shell's marks (OSC 133) say. */
	commandRuns = false;

	constructor(element: HTMLElement, preferences: TerminalPreferences) {
		this.#element = element;
		this.#terminal = new Terminal({
			cursorBlink: !matchMedia('(prefers-reduced-motion: reduce)').matches,
			fontFamily: getComputedStyle(element).fontFamily,
			fontSize: preferences.fontSize,
			lineHeight: 1.15,
			minimumContrastRatio: 4.5,
			screenReaderMode: preferences.screenReader,
			scrollback: 5000,
			theme: readTheme(element),
		});
		this.#owned.add(this.#terminal);
		this.#terminal.loadAddon(this.#fit);
		this.#terminal.open(element);
		this.#fit.fit();
		this.#terminal.onData((text) => this.#send(text));
		this.#terminal.onResize(({ rows, cols }) => this.#session?.resize({ rows, columns: cols }));
		this.#terminal.parser.registerOscHandler(133, (mark) => this.#readMark(mark));
		const observer = new ResizeObserver(() => this.#fitToElement());
		observer.observe(element);
		this.#owned.add(toDisposable(() => observer.disconnect()));
	}

	get size(): { rows: number; columns: number } {
		return { rows: this.#terminal.rows, columns: this.#terminal.cols };
	}

	get selection(): string {
		return this.#terminal.getSelection();
	}

	connect(session: ShellSession): void {
		this.#session = session;
		if (this.#typedEarly !== '') session.send(this.#typedEarly);
		this.#typedEarly = '';
		// The element may have changed its size while the shell was starting.
		session.resize(this.size);
	}

	/** The screen has the keyboard before the shell runs: nothing that is typed in between is lost. */
	#send(text: string): void {
		if (this.#session === undefined) this.#typedEarly += text;
		else this.#session.send(text);
	}

	/** Ends the shell, for the window that is about to close. */
	async endShell(): Promise<void> {
		this.closing = true;
		await this.#session?.end();
	}

	/** Resolves when the terminal has taken the bytes. */
	write(content: Uint8Array | string): Promise<void> {
		return new Promise((resolve) => this.#terminal.write(content, resolve));
	}

	paste(text: string): void {
		this.#terminal.paste(text);
	}

	clear(): void {
		this.#terminal.clear();
	}

	selectAll(): void {
		this.#terminal.selectAll();
	}

	focus(): void {
		this.#terminal.focus();
	}

	/** Takes the keyboard once the terminal stands. */
	focusAtStart(): void {
		if (this.#terminal.textarea !== undefined) focusInOwnWindow(this.#terminal.textarea);
	}

	apply(preferences: TerminalPreferences): void {
		this.#terminal.options.fontSize = preferences.fontSize;
		this.#terminal.options.screenReaderMode = preferences.screenReader;
		this.#fitToElement();
	}

	refreshTheme(): void {
		this.#terminal.options.theme = readTheme(this.#element);
	}

	listenToKeys(actions: TerminalActions): void {
		this.#terminal.attachCustomKeyEventHandler((event) => {
			if (event.type !== 'keydown' || !this.#handleKey(event, actions)) return true;
			event.preventDefault();
			event.stopPropagation();
			return false;
		});
	}

	dispose(): void {
		this.#owned.dispose();
	}

	#fitToElement(): void {
		if (this.#element.clientWidth > 0 && this.#element.clientHeight > 0) this.#fit.fit();
	}

	#readMark(mark: string): boolean {
		if (mark.startsWith('C')) this.commandRuns = true;
		if (mark.startsWith('D')) this.commandRuns = false;
		return true;
	}

	/** Whether the key was one of the terminal's own. */
	#handleKey(event: KeyboardEvent, actions: TerminalActions): boolean {
		const control = event.ctrlKey && !event.altKey && !event.metaKey;
		const selected = this.#terminal.hasSelection();
		const key = event.key.toLowerCase();
		if (control && event.shiftKey && key === 'c') actions.copy();
		else if (control && !event.shiftKey && key === 'c' && selected) {
			actions.copy();
			this.#terminal.clearSelection();
		} else if (control && event.shiftKey && key === 'v') actions.paste();
		else if (event.shiftKey && event.key === 'Insert') actions.paste();
		else if (control && event.key === 'Insert') actions.copy();
		else if (control && (event.key === '+' || event.key === '=')) actions.changeFontSize(1);
		else if (control && event.key === '-') actions.changeFontSize(-1);
		else if (control && event.key === '0') actions.changeFontSize(0);
		else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) this.#showMenu(actions);
		else return false;
		return true;
	}

	#showMenu(actions: TerminalActions): void {
		const { left, top } = this.#element.getBoundingClientRect();
		actions.showMenu({ x: left + 24, y: top + 24 });
	}
}
