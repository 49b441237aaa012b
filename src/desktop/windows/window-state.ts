/**
 * What the window manager tells about windows, and what one asks for when opening one.
 * Snapshots are immutable: a window that changed has a new object, one that did not keeps its own.
 */
import type { ReactNode } from 'react';
import type { Event } from '#base/emitter.ts';
import type { IconName } from '#ui/icon.tsx';
import type { Placement, Rectangle, Size } from './geometry.ts';

export interface WindowOptions {
	readonly title: string;
	readonly icon: IconName;
	readonly content: ReactNode;
	/** Size of the content. */
	readonly size: Size;
	/** Least size of the content. */
	readonly minimumSize?: Size;
	/** `true` when absent. */
	readonly resizable?: boolean;
	/** Makes it modal to that window: above it, and that one cannot be used meanwhile. */
	readonly ownerId?: string;
	readonly processId?: number;
	/** Windows of one program share a taskbar button, remembered sizes and a place in the session. */
	readonly programName?: string;
	/** Asked before the window closes; `false` keeps it open. */
	readonly closeGuard?: () => Promise<boolean>;
	/** Where the session had it. */
	readonly bounds?: Rectangle;
	readonly placement?: Placement;
	readonly minimized?: boolean;
	/** `alertdialog` for a message that needs an answer. */
	readonly role?: 'dialog' | 'alertdialog';
}

export interface WindowSnapshot {
	readonly id: string;
	readonly title: string;
	readonly icon: IconName;
	readonly content: ReactNode;
	readonly role: 'dialog' | 'alertdialog';
	readonly placement: Placement;
	/** Where it is drawn. */
	readonly bounds: Rectangle;
	/** Where it goes when it is restored; the same as `bounds` while it is normal. */
	readonly normalBounds: Rectangle;
	/** Least size of the frame. */
	readonly minimumSize: Size;
	readonly minimized: boolean;
	readonly resizable: boolean;
	readonly focused: boolean;
	/** Place from the bottom of the stack. */
	readonly order: number;
	/** A modal window stands before it. */
	readonly blocked: boolean;
	readonly ownerId: string | undefined;
	readonly processId: number | undefined;
	readonly programName: string | undefined;
	readonly progress: number | undefined;
	readonly attention: boolean;
	/** Grows each time somebody tried to use the window that this one blocks: the frame flashes. */
	readonly flashes: number;
	/** Grows each time the focus is called into the window, also when it is the focused one already. */
	readonly focusCalls: number;
}

/** What the one who opened a window does with it. */
export interface WindowHandle {
	readonly id: string;
	readonly onClosed: Event<void>;
	setTitle(title: string): void;
	setIcon(icon: IconName): void;
	setContent(content: ReactNode): void;
	setProgress(fraction: number | undefined): void;
	setCloseGuard(guard: (() => Promise<boolean>) | undefined): void;
	/** Gives the content this size unless the window is maximised or snapped. */
	resizeContent(size: Size): void;
	setFullScreen(on: boolean): void;
	requestAttention(): void;
	focus(): void;
	/** Asks the guard first; resolves to whether the window has closed. */
	requestClose(): Promise<boolean>;
	/** Closes without asking. */
	close(): void;
}

/** Sizes that programs had when they were last used. */
export interface PlacementMemory {
	find(programName: string): RememberedPlacement | undefined;
	remember(programName: string, placement: RememberedPlacement): void;
}

export interface RememberedPlacement {
	readonly width: number;
	readonly height: number;
	readonly maximized: boolean;
}
