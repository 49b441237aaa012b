/**
 * The windows of the desktop: where each stands, in which order, which one has the focus, which are blocked by a
 * modal one. Pure logic: it knows no DOM, and React only as the type of what a window shows.
 *
 * Rules of use:
 * - One manager a desktop. Who opens a window holds its `WindowHandle`; the frame and the taskbar call the manager
 *   with the window's id. Calls with the id of a window that has closed do nothing.
 * - `subscribe` and `windows` fit `useSyncExternalStore`: `windows` is a new array after each change, in the order of
 *   opening (so that nothing is mounted anew when the z-order changes).
 *
 * Invariants: the focused window is neither minimised nor blocked; every window that is not minimised or full-screen
 * has its title bar within the work area; a snapped or maximised window fills exactly its part of the work area.
 */
import { Emitter } from '#base/emitter.ts';
import {
	beginsTogether,
	cascadeBounds,
	centredBounds,
	frameSize,
	type Placement,
	type Rectangle,
	rescueBounds,
	type Size,
	type SnapZone,
	sameRectangle,
	shownWhole,
	zoneBounds,
} from './geometry.ts';
import { ShowDesktop } from './show-desktop.ts';
import { placementAfterKey, type SnapKey } from './snap-keys.ts';
import { WindowStack } from './window-stack.ts';
import type { PlacementMemory, WindowHandle, WindowOptions, WindowSnapshot } from './window-state.ts';

export type { PlacementMemory, WindowHandle, WindowOptions, WindowSnapshot } from './window-state.ts';

interface WindowRecord {
	snapshot: WindowSnapshot;
	closeGuard: (() => Promise<boolean>) | undefined;
	asking: Promise<boolean> | undefined;
	/** Where it goes when it leaves the full screen. */
	beforeFullScreen: Placement;
	/** Its normal bounds as the person or the program wanted them; a screen that is too small for them may grow again. */
	wanted: Rectangle;
	readonly closed: Emitter<void>;
}

/** Enough to try every place of the cascade on the largest screen. */
const placesTried = 400;
const defaultMinimumSize: Size = { width: 200, height: 100 };

/** Remembers for as long as the page lives. */
class SessionMemory implements PlacementMemory {
	readonly #placements = new Map<string, Parameters<PlacementMemory['remember']>[1]>();
	find(programName: string) {
		return this.#placements.get(programName);
	}
	remember(programName: string, placement: Parameters<PlacementMemory['remember']>[1]): void {
		this.#placements.set(programName, placement);
	}
}

export class WindowManager {
	readonly #records = new Map<string, WindowRecord>();
	readonly #stack = new WindowStack();
	readonly #changes = new Emitter<void>();
	readonly #memory: PlacementMemory;
	readonly #showDesktop = new ShowDesktop();
	#screen: Size;
	#workArea: Rectangle;
	#focusedId: string | undefined;
	#windows: readonly WindowSnapshot[] = [];
	#opened = 0;
	#peek: string | undefined;

	constructor(screen: Size, workArea: Rectangle, memory: PlacementMemory = new SessionMemory()) {
		this.#screen = screen;
		this.#workArea = workArea;
		this.#memory = memory;
	}

	/** In the order of opening. */
	get windows(): readonly WindowSnapshot[] {
		return this.#windows;
	}

	get workArea(): Rectangle {
		return this.#workArea;
	}

	get focusedId(): string | undefined {
		return this.#focusedId;
	}

	/** Windows without owner, most recently used first; minimised ones keep their place in this order. */
	get recentWindows(): readonly WindowSnapshot[] {
		const recent = [...this.#stack.order].reverse().flatMap((id) => this.#records.get(id)?.snapshot ?? []);
		return recent.filter((window) => window.ownerId === undefined);
	}

	/** `'desktop'` while all windows are glass outlines, or the id of the only one that is not. */
	get peek(): string | undefined {
		return this.#peek;
	}

	get desktopShown(): boolean {
		return this.#showDesktop.shown;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	find(id: string): WindowSnapshot | undefined {
		return this.#records.get(id)?.snapshot;
	}

	open(options: WindowOptions): WindowHandle {
		const id = `window-${++this.#opened}`;
		const snapshot = this.#firstSnapshot(id, options);
		const record: WindowRecord = {
			snapshot,
			closeGuard: options.closeGuard,
			asking: undefined,
			beforeFullScreen: 'normal',
			wanted: snapshot.normalBounds,
			closed: new Emitter<void>(),
		};
		this.#records.set(id, record);
		this.#stack.add(id, options.ownerId);
		this.#showDesktop.forget();
		if (options.minimized === true) {
			this.#stack.lower(id);
			this.#publish();
		} else {
			// Brings a minimised owner back as well: a question must be seen.
			this.focus(id);
		}
		return this.#handle(id, record);
	}

	/** Gives the focus to the window, or to the modal one before it (which then flashes). Restores a minimised one. */
	focus(id: string): void {
		const target = this.#frontOf(id);
		const record = this.#records.get(target);
		if (record === undefined) return;
		for (const member of this.#stack.familyOf(this.#stack.rootOf(target))) this.#change(member, { minimized: false });
		if (target !== id) this.#change(target, { flashes: record.snapshot.flashes + 1 });
		this.#change(target, { attention: false, focusCalls: record.snapshot.focusCalls + 1 });
		this.#stack.raise(target);
		this.#focusedId = target;
		this.#publish();
	}

	/** The focus has gone to the desktop or the taskbar. */
	blur(): void {
		if (this.#focusedId === undefined) return;
		this.#focusedId = undefined;
		this.#publish();
	}

	minimize(id: string): void {
		const root = this.#stack.rootOf(id);
		for (const member of this.#stack.familyOf(root)) this.#change(member, { minimized: true });
		this.#stack.lower(root);
		if (this.#focusedId !== undefined && this.find(this.#focusedId)?.minimized === true) this.#focusNext();
		this.#publish();
	}

	maximize(id: string): void {
		this.place(id, 'maximized');
	}

	/** Back from minimised, then from maximised or snapped. */
	restore(id: string): void {
		const window = this.find(id);
		if (window === undefined) return;
		if (window.minimized) this.focus(id);
		else this.place(id, 'normal');
	}

	toggleMaximized(id: string): void {
		this.place(id, this.find(id)?.placement === 'maximized' ? 'normal' : 'maximized');
	}

	snap(id: string, zone: SnapZone): void {
		this.place(id, zone);
	}

	/** Puts the window into a placement; one that cannot be resized only moves. */
	place(id: string, placement: Placement): void {
		const window = this.find(id);
		if (window === undefined) return;
		if (!window.resizable && placement !== 'normal' && placement !== 'full-screen') return;
		this.#change(id, { placement, bounds: this.#boundsFor(placement, window.normalBounds) });
		this.#remember(id);
		this.#publish();
	}

	/** Snapping by keyboard; `down` on a normal window minimises it. */
	snapByKey(id: string, key: SnapKey): void {
		const window = this.find(id);
		if (window === undefined) return;
		const next = placementAfterKey(window.placement, key);
		if (next === 'minimized') this.minimize(id);
		else this.place(id, next);
	}

	/** The end of a drag or resize: the window is normal and stands there. */
	move(id: string, bounds: Rectangle): void {
		const window = this.find(id);
		if (window === undefined) return;
		const rescued = rescueBounds(bounds, this.#workArea);
		this.#change(id, { placement: 'normal', bounds: rescued, normalBounds: rescued });
		this.#want(id, rescued);
		this.#remember(id);
		this.#publish();
	}

	/** Asks the guard, then closes. Resolves to whether it has closed. */
	requestClose(id: string): Promise<boolean> {
		const record = this.#records.get(id);
		if (record === undefined) return Promise.resolve(true);
		if (record.snapshot.blocked) {
			this.focus(id);
			return Promise.resolve(false);
		}
		record.asking ??= this.#askToClose(id, record).finally(() => {
			record.asking = undefined;
		});
		return record.asking;
	}

	/** Whether the window would close now: asks its guard, closes nothing. */
	async mayClose(id: string): Promise<boolean> {
		const record = this.#records.get(id);
		return record?.closeGuard === undefined || (await record.closeGuard());
	}

	/** Closes the window and what it owns, without asking. */
	close(id: string): void {
		const family = this.#stack.familyOf(id).reverse();
		const ownerId = this.#stack.ownerOf(id);
		const records = family.flatMap((member) => this.#records.get(member) ?? []);
		for (const member of family) {
			this.#records.delete(member);
			this.#stack.remove(member);
		}
		if (this.#focusedId !== undefined && family.includes(this.#focusedId)) {
			if (ownerId === undefined) this.#focusNext();
			else this.#focusedId = this.#frontOf(ownerId);
		}
		if (this.#peek !== undefined && family.includes(this.#peek)) this.#peek = undefined;
		this.#publish();
		for (const record of records) {
			record.closed.fire();
			record.closed.dispose();
		}
	}

	/** The screen has another size: all windows stay in reach, snapped ones fill their part again. */
	setScreen(screen: Size, workArea: Rectangle): void {
		this.#screen = screen;
		this.#workArea = workArea;
		for (const { snapshot, wanted } of this.#records.values()) {
			const normalBounds = rescueBounds(wanted, workArea);
			this.#change(snapshot.id, { normalBounds, bounds: this.#boundsFor(snapshot.placement, normalBounds) });
		}
		this.#publish();
	}

	/** Hides all windows, or brings back exactly those that this hid. */
	toggleShowDesktop(): void {
		const visible = this.#windows.filter((window) => !window.minimized).map((window) => window.id);
		const restored = this.#showDesktop.toggle(visible, this.#focusedId, this.#stack.order);
		if (restored === undefined) {
			for (const id of visible) this.#change(id, { minimized: true });
			this.#focusedId = undefined;
		} else {
			for (const id of restored.order) if (restored.visible.has(id)) this.#change(id, { minimized: false });
			for (const id of restored.order) if (this.#records.has(id)) this.#stack.raise(id);
			this.#focusedId = this.find(restored.focusedId ?? '') === undefined ? undefined : restored.focusedId;
		}
		this.#peek = undefined;
		this.#publish();
	}

	setPeek(peek: string | undefined): void {
		if (this.#peek === peek) return;
		this.#peek = peek;
		this.#publish();
	}

	#handle(id: string, record: WindowRecord): WindowHandle {
		const update = (change: Partial<WindowSnapshot>) => {
			this.#change(id, change);
			this.#publish();
		};
		return {
			id,
			onClosed: record.closed.event,
			setTitle: (title) => update({ title }),
			setIcon: (icon) => update({ icon }),
			setContent: (content) => update({ content }),
			setProgress: (progress) => update({ progress }),
			setCloseGuard: (guard) => {
				record.closeGuard = guard;
			},
			resizeContent: (size) => this.#resizeContent(id, size),
			setFullScreen: (on) => this.#setFullScreen(id, on),
			requestAttention: () => {
				if (this.#focusedId !== id) update({ attention: true });
			},
			focus: () => this.focus(id),
			requestClose: () => this.requestClose(id),
			close: () => this.close(id),
		};
	}

	#firstSnapshot(id: string, options: WindowOptions): WindowSnapshot {
		const normalBounds = this.#firstBounds(options);
		const remembered = options.programName === undefined ? undefined : this.#memory.find(options.programName);
		const resizable = options.resizable ?? true;
		const maximized = resizable && options.bounds === undefined && remembered?.maximized === true;
		const placement = options.placement ?? (maximized ? 'maximized' : 'normal');
		return {
			id,
			title: options.title,
			icon: options.icon,
			content: options.content,
			role: options.role ?? 'dialog',
			placement,
			bounds: this.#boundsFor(placement, normalBounds),
			normalBounds,
			minimumSize: frameSize(options.minimumSize ?? (resizable ? defaultMinimumSize : options.size)),
			minimized: options.minimized ?? false,
			resizable,
			focused: false,
			order: 0,
			blocked: false,
			ownerId: options.ownerId,
			processId: options.processId,
			programName: options.programName,
			progress: undefined,
			attention: false,
			flashes: 0,
			focusCalls: 0,
		};
	}

	#firstBounds(options: WindowOptions): Rectangle {
		if (options.bounds !== undefined) return rescueBounds(options.bounds, this.#workArea);
		const owner = options.ownerId === undefined ? undefined : this.find(options.ownerId);
		if (owner !== undefined) return centredBounds(frameSize(options.size), owner.bounds, this.#workArea);
		const remembered = options.programName === undefined ? undefined : this.#memory.find(options.programName);
		const resizable = options.resizable ?? true;
		const size = resizable && remembered !== undefined ? remembered : frameSize(options.size);
		return this.#freePlace(size);
	}

	/** The first place of the cascade that covers no title bar's beginning. */
	#freePlace(size: Size): Rectangle {
		const shown = this.#windows.filter(({ minimized, ownerId }) => !minimized && ownerId === undefined);
		const isFree = (place: Rectangle) => shown.every(({ bounds }) => !beginsTogether(place, bounds));
		for (let index = 0; index < placesTried; index++) {
			const place = cascadeBounds(size, this.#workArea, index);
			if (isFree(place)) return place;
		}
		return cascadeBounds(size, this.#workArea, shown.length);
	}

	#boundsFor(placement: Placement, normalBounds: Rectangle): Rectangle {
		if (placement === 'normal') return normalBounds;
		if (placement === 'maximized') return this.#workArea;
		if (placement === 'full-screen') return { x: 0, y: 0, ...this.#screen };
		return zoneBounds(placement, this.#workArea);
	}

	async #askToClose(id: string, record: WindowRecord): Promise<boolean> {
		const { closeGuard } = record;
		if (closeGuard !== undefined && !(await closeGuard())) return false;
		this.close(id);
		return true;
	}

	#resizeContent(id: string, size: Size): void {
		const window = this.find(id);
		if (window === undefined) return;
		const normalBounds = rescueBounds(shownWhole(window.normalBounds, frameSize(size), this.#workArea), this.#workArea);
		this.#change(id, { normalBounds, bounds: this.#boundsFor(window.placement, normalBounds) });
		this.#want(id, normalBounds);
		this.#publish();
	}

	#want(id: string, bounds: Rectangle): void {
		const record = this.#records.get(id);
		if (record !== undefined) record.wanted = bounds;
	}

	#setFullScreen(id: string, on: boolean): void {
		const window = this.find(id);
		if (window === undefined || (window.placement === 'full-screen') === on) return;
		const record = this.#records.get(id);
		if (record === undefined) return;
		if (on) {
			record.beforeFullScreen = window.placement;
			this.focus(id);
		}
		this.place(id, on ? 'full-screen' : record.beforeFullScreen);
	}

	/** The window itself, or the topmost modal one that stands before it. */
	#frontOf(id: string): string {
		const owned = this.#stack.ownedBy(id).at(-1);
		return owned === undefined ? id : this.#frontOf(owned);
	}

	#focusNext(): void {
		const next = [...this.#stack.order].reverse().find((id) => this.find(id)?.minimized === false);
		this.#focusedId = next === undefined ? undefined : this.#frontOf(next);
	}

	#remember(id: string): void {
		const window = this.find(id);
		if (window?.programName === undefined || window.ownerId !== undefined) return;
		const { width, height } = window.normalBounds;
		this.#memory.remember(window.programName, { width, height, maximized: window.placement === 'maximized' });
	}

	#change(id: string, change: Partial<WindowSnapshot>): void {
		const record = this.#records.get(id);
		if (record === undefined) return;
		const { snapshot } = record;
		const next = { ...snapshot, ...change };
		if (sameRectangle(next.bounds, snapshot.bounds)) next.bounds = snapshot.bounds;
		const changed = (Object.keys(change) as (keyof WindowSnapshot)[]).some((key) => next[key] !== snapshot[key]);
		if (changed) record.snapshot = next;
	}

	/** Brings what follows from the stack and the focus into the snapshots, and tells the listeners. */
	#publish(): void {
		this.#stack.order.forEach((id, order) => {
			this.#change(id, {
				order,
				focused: id === this.#focusedId,
				blocked: this.#stack.ownedBy(id).length > 0,
			});
		});
		this.#windows = [...this.#records.values()].map((record) => record.snapshot);
		this.#changes.fire();
	}
}
