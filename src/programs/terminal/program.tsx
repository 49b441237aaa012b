/**
 * Terminal: a window on a shell.
 *
 * Argument 0, when given, is the folder in which the shell starts.
 */
import '@xterm/xterm/css/xterm.css';
import {
	type DragEvent,
	type MouseEvent,
	type RefObject,
	useCallback,
	useEffect,
	useMemo,
	useRef,
	useState,
} from 'react';
import { draggedFilesType, readDraggedPaths } from '#runtime/dragged-files.ts';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { ContextMenu, type MenuEntry } from '#ui/controls/menu.tsx';
import {
	clampFontSize,
	defaultPreferences,
	loadPreferences,
	savePreferences,
	type TerminalPreferences,
} from './preferences.ts';
import { ShellSession } from './shell-session.ts';
import { type TerminalActions, TerminalScreen } from './terminal-screen.ts';
import './terminal.css';

interface Position {
	readonly x: number;
	readonly y: number;
}

/** Starts screen and shell in `element`; returns their release. */
function startTerminal(
	element: HTMLElement,
	{ system, start, window, shell }: ProgramProps,
	parts: {
		actions: TerminalActions;
		onScreen(screen: TerminalScreen): void;
		onPreferences(loaded: TerminalPreferences): void;
	},
): () => void {
	let screen: TerminalScreen | undefined;
	let released = false;
	const open = async () => {
		const preferences = await loadPreferences(system, shell.folders.home);
		await document.fonts.ready;
		if (released) return;
		screen = new TerminalScreen(element, preferences);
		parts.onPreferences(preferences);
		parts.onScreen(screen);
		screen.listenToKeys(parts.actions);
		screen.focusAtStart();
		const { size } = screen;
		const onOutput = (bytes: Uint8Array) => screen?.write(bytes) ?? Promise.resolve();
		const session = await ShellSession.start({ system, start, home: shell.folders.home, size, onOutput });
		screen.connect(session);
		await session.ended;
		if (!released && !screen.closing) window.close();
	};
	open().catch((error: unknown) => {
		if (released) return;
		const text = error instanceof Error ? error.message : String(error);
		void screen?.write(`\r\nThe shell could not be started: ${text}\r\n`);
	});
	return () => {
		released = true;
		screen?.dispose();
	};
}

/** Asks before the window closes while a command runs. */
function useCloseGuard(screen: RefObject<TerminalScreen | undefined>, { window, shell }: ProgramProps): void {
	useEffect(() => {
		const end = async () => {
			await screen.current?.endShell();
			return true;
		};
		window.setCloseGuard(async () => {
			if (screen.current?.commandRuns !== true) return end();
			const answer = await shell.ask({
				title: 'Close the terminal?',
				message: 'A command is still running in this terminal. Closing it stops the command.',
				kind: 'warning',
				buttons: ['Stop and close', 'Cancel'],
				defaultButton: 'Cancel',
			});
			if (answer === 'Stop and close') return end();
			requestAnimationFrame(() => screen.current?.focus());
			return false;
		});
	}, [screen, window, shell]);
}

function useTerminal(props: ProgramProps) {
	const element = useRef<HTMLDivElement>(null);
	const screen = useRef<TerminalScreen>(undefined);
	const [preferences, setPreferences] = useState(defaultPreferences);
	const [menu, setMenu] = useState<Position>();
	const current = useRef(preferences);
	const { system, shell } = props;

	const change = useCallback(
		(next: TerminalPreferences) => {
			current.current = next;
			setPreferences(next);
			screen.current?.apply(next);
			savePreferences(system, next).catch((error: unknown) =>
				shell.notify({ title: 'Terminal', text: `The setting was not kept: ${String(error)}`, kind: 'warning' }),
			);
		},
		[system, shell],
	);
	const actions = useMemo<TerminalActions>(
		() => ({
			copy: () => void copyText(screen.current?.selection ?? '', shell),
			paste: () => void pasteInto(screen.current, shell),
			changeFontSize: (step) => {
				const fontSize = step === 0 ? defaultPreferences.fontSize : clampFontSize(current.current.fontSize + step);
				change({ ...current.current, fontSize });
			},
			showMenu: setMenu,
		}),
		[shell, change],
	);

	// The terminal is started once for the life of the process; its properties never change.
	const started = useRef(props);
	useEffect(() => {
		const container = element.current;
		if (container === null) return;
		return startTerminal(container, started.current, {
			actions,
			onScreen: (opened) => {
				screen.current = opened;
			},
			onPreferences: (loaded) => {
				current.current = loaded;
				setPreferences(loaded);
			},
		});
	}, [actions]);
	useEffect(
		() => shell.appearance.subscribe(() => requestAnimationFrame(() => screen.current?.refreshTheme())),
		[shell],
	);
	useCloseGuard(screen, props);
	useEffect(() => props.window.setTitle('Terminal'), [props.window]);
	return { element, screen, actions, preferences, change, menu, setMenu };
}

async function copyText(text: string, shell: ProgramProps['shell']): Promise<void> {
	if (text === '') return;
	try {
		await navigator.clipboard.writeText(text);
	} catch {
		shell.notify({ title: 'Terminal', text: 'The browser did not let the text be copied.', kind: 'warning' });
	}
}

async function pasteInto(screen: TerminalScreen | undefined, shell: ProgramProps['shell']): Promise<void> {
	try {
		screen?.paste(await navigator.clipboard.readText());
	} catch {
		const text = 'The browser does not let the terminal read the clipboard. Ctrl+V pastes without asking it.';
		shell.notify({ title: 'Terminal', text, kind: 'information' });
	}
}

/** A path as the shell reads it as one word. */
function quotePath(path: string): string {
	return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

function allowDrop(event: DragEvent): void {
	if (!event.dataTransfer.types.includes(draggedFilesType)) return;
	event.preventDefault();
	event.stopPropagation();
	event.dataTransfer.dropEffect = 'copy';
}

function Terminal(props: ProgramProps) {
	const { element, screen, actions, preferences, change, menu, setMenu } = useTerminal(props);
	const { fontSize, screenReader } = preferences;
	const entries: MenuEntry[] = [
		{
			...{ id: 'copy', label: 'Copy', icon: 'copy', shortcut: 'Ctrl+Shift+C' },
			...{ disabled: (screen.current?.selection ?? '') === '', onSelect: actions.copy },
		},
		{ id: 'paste', label: 'Paste', icon: 'clipboard', shortcut: 'Ctrl+Shift+V', onSelect: actions.paste },
		{ id: 'all', label: 'Select all', icon: 'selection-all', onSelect: () => screen.current?.selectAll() },
		{ id: 'clear', label: 'Clear', icon: 'eraser', onSelect: () => screen.current?.clear() },
		{ separator: true },
		{ id: 'larger', label: 'Larger text', shortcut: 'Ctrl++', onSelect: () => actions.changeFontSize(1) },
		{ id: 'smaller', label: 'Smaller text', shortcut: 'Ctrl+-', onSelect: () => actions.changeFontSize(-1) },
		{
			...{ id: 'standard', label: `Standard text (now ${fontSize} px)`, shortcut: 'Ctrl+0' },
			onSelect: () => actions.changeFontSize(0),
		},
		{ separator: true },
		{
			...{ id: 'screen-reader', label: 'Screen reader mode', checked: screenReader },
			onSelect: () => change({ ...preferences, screenReader: !screenReader }),
		},
		{ separator: true },
		{
			...{ id: 'new', label: 'New terminal', icon: 'terminal-window' },
			onSelect: () => void props.shell.startProgram('terminal', []),
		},
	];
	const onContextMenu = (event: MouseEvent) => {
		event.preventDefault();
		event.stopPropagation();
		setMenu({ x: event.clientX, y: event.clientY });
	};
	const onDrop = (event: DragEvent) => {
		const paths = readDraggedPaths(event.dataTransfer);
		if (paths.length === 0) return;
		event.preventDefault();
		event.stopPropagation();
		screen.current?.paste(`${paths.map(quotePath).join(' ')} `);
		screen.current?.focus();
	};
	const closeMenu = () => {
		setMenu(undefined);
		screen.current?.focus();
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: the keys for the menu are xterm's, in `terminal-screen.ts`
		<div className="terminal-program" onContextMenu={onContextMenu} onDragOver={allowDrop} onDrop={onDrop}>
			<div ref={element} className="terminal-screen" />
			{menu === undefined ? null : (
				<ContextMenu label="Terminal" entries={entries} position={menu} onClose={closeMenu} />
			)}
		</div>
	);
}

const program: WindowProgram = {
	Component: Terminal,
	size: { width: 760, height: 460 },
	minimumSize: { width: 320, height: 180 },
};

export default program;
