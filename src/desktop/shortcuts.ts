/**
 * The keys of the desktop: what each does, and whether it reaches a page at all.
 *
 * A browser tab does not get every key. The host computer keeps some (Alt+Tab, the Meta key with arrows), the browser
 * others (Ctrl+W). So each command has a key that always arrives, and the keys of habit beside it, which work in full
 * screen where the browser can hand the keyboard over, and where Vitrine runs without a browser around it.
 *
 * Rules of use: `commandOf` is what listens; `describeShortcuts` is what Help and Settings show. Both read one table.
 */
import type { ShortcutDescription } from '#runtime/window-program.ts';

export type ShellCommand =
	| 'start'
	| 'switch'
	| 'switch-back'
	| 'close'
	| 'system-menu'
	| 'snap-left'
	| 'snap-right'
	| 'snap-up'
	| 'snap-down'
	| 'show-desktop'
	| 'next-region'
	| 'previous-region'
	| 'task-manager'
	| 'explorer'
	| 'full-screen'
	| 'lock'
	| 'security'
	| 'picture'
	| 'window-picture'
	| `button-${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}`;

interface ShortcutRow {
	readonly command: ShellCommand;
	readonly group: 'Windows' | 'Desktop';
	readonly action: string;
	/** Arrives everywhere: `Modifier+Modifier+code`. */
	readonly always: string;
	/** Keys of habit; they arrive only where nothing keeps them. */
	readonly habit?: string;
	/** Works only where the PC is Vitrine's own. */
	readonly wholePc?: boolean;
	/** Not listed by itself. */
	readonly silent?: boolean;
}

const buttonRows: ShortcutRow[] = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((number) => ({
	command: `button-${number}`,
	group: 'Desktop',
	action: number > 1 ? `Taskbar button ${number}` : 'Taskbar buttons 1 to 9',
	always: `Alt+Shift+Digit${number}`,
	habit: `Meta+Digit${number}`,
	silent: number > 1,
}));

export const shortcutRows: readonly ShortcutRow[] = [
	{ command: 'start', group: 'Desktop', action: 'Open Start', always: 'Alt+Home', habit: 'Ctrl+Escape' },
	{
		command: 'show-desktop',
		group: 'Desktop',
		action: 'Show the desktop',
		always: 'Alt+Shift+KeyD',
		habit: 'Meta+KeyD',
	},
	{ command: 'explorer', group: 'Desktop', action: 'Open Explorer', always: 'Alt+Shift+KeyE', habit: 'Meta+KeyE' },
	{
		command: 'task-manager',
		group: 'Desktop',
		action: 'Open Task Manager',
		always: 'Alt+Shift+Escape',
		habit: 'Ctrl+Shift+Escape',
	},
	{ command: 'next-region', group: 'Desktop', action: 'Next part: icons, window, taskbar', always: 'F6' },
	{ command: 'previous-region', group: 'Desktop', action: 'Previous part', always: 'Shift+F6' },
	{ command: 'full-screen', group: 'Desktop', action: 'Full screen', always: 'Alt+Shift+Enter' },
	{ command: 'lock', group: 'Desktop', action: 'Lock', always: 'Alt+Shift+KeyL', habit: 'Meta+KeyL' },
	{
		command: 'security',
		group: 'Desktop',
		action: 'Lock, switch user, log off, Task Manager',
		always: 'Alt+Shift+Delete',
		habit: 'Ctrl+Alt+Delete',
	},
	{
		command: 'picture',
		group: 'Desktop',
		action: 'Picture of the screen, to Pictures',
		always: 'PrintScreen',
		habit: 'Meta+PrintScreen',
		wholePc: true,
	},
	{
		command: 'window-picture',
		group: 'Desktop',
		action: 'Picture of the window, to Pictures',
		always: 'Alt+PrintScreen',
		wholePc: true,
	},
	...buttonRows,
	{ command: 'switch', group: 'Windows', action: 'Next window', always: 'Ctrl+Backquote', habit: 'Alt+Tab' },
	{
		command: 'switch-back',
		group: 'Windows',
		action: 'Previous window',
		always: 'Ctrl+Shift+Backquote',
		habit: 'Alt+Shift+Tab',
	},
	{ command: 'close', group: 'Windows', action: 'Close the window', always: 'Alt+Shift+KeyQ', habit: 'Alt+F4' },
	{
		command: 'system-menu',
		group: 'Windows',
		action: 'Menu of the window: move, size',
		always: 'Alt+Shift+Space',
		habit: 'Alt+Space',
	},
	{
		command: 'snap-left',
		group: 'Windows',
		action: 'Snap left',
		always: 'Alt+Shift+ArrowLeft',
		habit: 'Meta+ArrowLeft',
	},
	{
		command: 'snap-right',
		group: 'Windows',
		action: 'Snap right',
		always: 'Alt+Shift+ArrowRight',
		habit: 'Meta+ArrowRight',
	},
	{ command: 'snap-up', group: 'Windows', action: 'Maximize', always: 'Alt+Shift+ArrowUp', habit: 'Meta+ArrowUp' },
	{
		command: 'snap-down',
		group: 'Windows',
		action: 'Restore, then minimize',
		always: 'Alt+Shift+ArrowDown',
		habit: 'Meta+ArrowDown',
	},
];

export interface KeyPress {
	readonly code: string;
	readonly ctrlKey: boolean;
	readonly altKey: boolean;
	readonly shiftKey: boolean;
	readonly metaKey: boolean;
}

/** `Ctrl+Shift+KeyA`, with the modifiers in one order. */
export function chordOf(press: KeyPress): string {
	const modifiers = [
		press.metaKey ? 'Meta' : '',
		press.ctrlKey ? 'Ctrl' : '',
		press.altKey ? 'Alt' : '',
		press.shiftKey ? 'Shift' : '',
	];
	return [...modifiers.filter((name) => name !== ''), press.code].join('+');
}

const commands = new Map<string, ShellCommand>(
	shortcutRows.flatMap(({ command, always, habit }) => {
		const rows: [string, ShellCommand][] = [[always, command]];
		if (habit !== undefined) rows.push([habit, command]);
		return rows;
	}),
);

export function commandOf(press: KeyPress): ShellCommand | undefined {
	return commands.get(chordOf(press));
}

const keyNames: Readonly<Record<string, string>> = {
	Backquote: '`',
	Escape: 'Esc',
	ArrowLeft: '←',
	ArrowRight: '→',
	ArrowUp: '↑',
	ArrowDown: '↓',
	Digit1: '1 … 9',
};

/** As printed on the keys. `printed` gives what the person's layout prints for a code, where the browser knows. */
export function printedChord(chord: string, printed: (code: string) => string | undefined = () => undefined): string {
	const parts = chord.split('+');
	const code = parts.pop() ?? '';
	const fixed = code === 'Backquote' ? (printed(code) ?? keyNames[code]) : keyNames[code];
	return [...parts, fixed ?? code.replace(/^(Key|Digit)/, '')].join('+');
}

export interface KeyboardReach {
	/** The page gets every key: installed as an app of its own, or full screen with the keyboard handed over. */
	readonly everything: boolean;
	/** The PC is Vitrine's own: there is nothing that could keep a key. */
	readonly wholePc?: boolean;
	/** The page could get them in full screen. */
	readonly inFullScreen: boolean;
	printed?(code: string): string | undefined;
}

/** What works here, and only that. */
export function describeShortcuts(reach: KeyboardReach): ShortcutDescription[] {
	return shortcutRows
		.filter((row) => row.silent !== true && (row.wholePc !== true || reach.wholePc === true))
		.map(({ group, action, always, habit }) => {
			const inTab = printedChord(always, reach.printed);
			if (habit === undefined || !(reach.everything || reach.inFullScreen)) return { group, action, keys: inTab };
			const keys = printedChord(habit, reach.printed);
			return reach.everything ? { group, action, keys } : { group, action, keys, inTab };
		});
}
