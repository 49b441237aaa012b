/**
 * The contract between a program that has a window and the desktop that hosts it. Such a program is a process like
 * any other (own handles, own line in Task Manager); its interface is a React component that the desktop mounts
 * in a window.
 *
 * Rules of use:
 * - A program's `program.tsx` has a `WindowProgram` as default export and is loaded when first started.
 * - Everything it knows of files comes from `system`; what needs the desktop comes from `shell`.
 * - When the component is unmounted, the process has ended: it releases what it made in its effects.
 */
import type { ReactNode } from 'react';
import type { ProcessStart } from '#abi/structures.generated.ts';
import type { KnownFolders } from '#base/known-folders.ts';
import type { System } from './system.ts';

export type { KnownFolders };

export interface ProgramWindow {
	setTitle(title: string): void;
	/** Progress on the taskbar button, 0 to 1; `undefined` for none. */
	setProgress(fraction: number | undefined): void;
	/** Asked before the window closes; `false` keeps it open (unsaved changes). */
	setCloseGuard(guard: (() => Promise<boolean>) | undefined): void;
	/** Asks for the content area to have this size in CSS pixels, when the window is not maximised. */
	resizeContent(width: number, height: number): void;
	/** Covers the whole screen with the content, or stops doing so. */
	setFullScreen(on: boolean): Promise<void>;
	/**
	 * What the program is started with when the session comes back: Explorer names the folder it shows now. The
	 * arguments it was started with, when never called.
	 */
	setRestartArguments(programArguments: readonly string[]): void;
	/** Makes the taskbar button flash until the window has focus. */
	requestAttention(): void;
	/** Closes without asking and ends the process. */
	close(): void;
}

export interface MessageDialog {
	title: string;
	message: string;
	detail?: string;
	kind: 'information' | 'question' | 'warning' | 'error';
	/** Labels from left to right; the answer is the label chosen. */
	buttons: readonly string[];
	/** The label that Enter takes; the first when absent. */
	defaultButton?: string;
	/** The label that Escape and the close button take; the last when absent. */
	cancelButton?: string;
}

export interface FileDialogOptions {
	title: string;
	/** Folder shown first; the person's Documents when absent. */
	directory?: string;
	/** For saving: name proposed. */
	name?: string;
	/** Extensions offered, with the dot; all files when empty. */
	extensions?: readonly string[];
}

/** What the desktop does for the programs in its windows. */
export interface Shell {
	/** What a double-click does: folder, association, or the machine for a legacy program. */
	open(path: string): Promise<void>;
	startProgram(name: string, programArguments: readonly string[]): Promise<number>;
	/** A message box modal to the program's window. */
	ask(dialog: MessageDialog): Promise<string>;
	pickFile(options: FileDialogOptions): Promise<string | undefined>;
	pickSavePath(options: FileDialogOptions): Promise<string | undefined>;
	/** Lets the person make a way back to encrypted files and prove it; whether they did. */
	makeWayBack(): Promise<boolean>;
	/** A notification at the notification area that never takes the focus. */
	notify(notification: { title: string; text: string; kind: 'information' | 'warning' | 'error' }): void;
	/** Whether Vitrine has a PC for itself, whose settings can then be changed by `pc_*`. */
	readonly hasWholePc: boolean;
	/** Whether the PC shows this program alone: it fills the screen, and is started again when its process ends. */
	readonly isAppliance: boolean;
	/** The person's folders. */
	readonly folders: KnownFolders;
	readonly appearance: Appearance;
	readonly sound: SoundVolume;
	/** The keys of the desktop, for Settings and Help. */
	readonly shortcuts?: readonly ShortcutDescription[];
}

export interface ShortcutDescription {
	readonly group: string;
	readonly action: string;
	/** As printed on the keys: `Alt+Tab`. */
	readonly keys: string;
	/** What to press in a browser tab, where browser or host computer keep `keys` for themselves. */
	readonly inTab?: string;
}

/** How loud programs are: the volume at the notification area. A program that plays multiplies its gain with it. */
export interface SoundVolume {
	/** 0 while muted, else 0 to 1. */
	readonly gain: number;
	subscribe(listener: () => void): () => void;
}

export type ThemeChoice = 'light' | 'dark' | 'automatic';
export type GlassLevel = 'full' | 'layered' | 'basic';

export interface AppearanceSettings {
	theme: ThemeChoice;
	/** `automatic` lets the frame times decide. */
	glass: GlassLevel | 'automatic';
	wallpaper: string;
	/** Hue of the accent colour in degrees. */
	accentHue: number;
	reduceMotion: boolean;
}

/** The desktop's appearance, which Settings shows and changes. */
export interface Appearance {
	readonly settings: AppearanceSettings;
	/** The glass level in use now. */
	readonly glassLevel: GlassLevel;
	readonly resolvedTheme: 'light' | 'dark';
	/** The wallpapers there are, with a picture of each to choose by. */
	readonly wallpapers: readonly { id: string; title: string; url?: string }[];
	change(settings: Partial<AppearanceSettings>): void;
	subscribe(listener: () => void): () => void;
}

export interface ProgramProps {
	readonly system: System;
	readonly start: ProcessStart;
	readonly window: ProgramWindow;
	readonly shell: Shell;
}

export interface WindowProgram {
	readonly Component: (props: ProgramProps) => ReactNode;
	/** Content size at first start, CSS pixels. */
	readonly size: { readonly width: number; readonly height: number };
	readonly minimumSize?: { readonly width: number; readonly height: number };
	readonly resizable?: boolean;
}

/** A program as the registry in `hosts/` names it. */
export interface ProgramDescriptor {
	/** Name for `process_spawn`. */
	readonly name: string;
	readonly title: string;
	/** Name of an icon of the `ui` room. */
	readonly icon: string;
	/** `window`: mounted by the desktop. `worker`: a Worker of its own. */
	readonly kind: 'window' | 'worker';
	/** Extensions it opens, with the dot, lower case. */
	readonly opens: readonly string[];
	readonly showInStart: boolean;
	/** More words under which search finds it. */
	readonly keywords: readonly string[];
	/** Loads a window program's code. */
	readonly load?: () => Promise<{ default: WindowProgram }>;
}
