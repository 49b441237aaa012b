/**
 * Switching windows with a held key: the first press shows the windows, most recently used first, and chooses the one
 * before the current; each further press goes on; letting go takes the choice. Escape leaves all as it was.
 *
 * Invariant: while open, the windows keep the order that they had at the first press.
 */
import { Emitter } from '#base/emitter.ts';
import type { WindowManager } from '../windows/window-manager.ts';
import type { WindowSnapshot } from '../windows/window-state.ts';

/** The desktop is the last choice. */
export type SwitchTarget = WindowSnapshot | 'desktop';

export class SwitcherModel {
	readonly #windows: WindowManager;
	readonly #changes = new Emitter<void>();
	#targets: readonly SwitchTarget[] = [];
	#chosen = 0;

	constructor(windows: WindowManager) {
		this.#windows = windows;
	}

	get open(): boolean {
		return this.#targets.length > 0;
	}

	get targets(): readonly SwitchTarget[] {
		return this.#targets;
	}

	get chosen(): number {
		return this.#chosen;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	step(by: 1 | -1): void {
		if (!this.open) {
			const recent = this.#windows.recentWindows;
			if (recent.length === 0) return;
			this.#targets = [...recent, 'desktop'];
			// With no window in use the first one is the next.
			this.#chosen = this.#windows.focusedId === undefined && by === 1 ? -1 : 0;
		}
		this.choose((this.#chosen + by + this.#targets.length) % this.#targets.length);
	}

	choose(index: number): void {
		this.#chosen = index;
		this.#changes.fire();
	}

	/** Keys while it is open; `false` for one that is not its own. */
	key(key: string): boolean {
		if (key === 'Escape') this.cancel();
		else if (key === 'Enter') this.commit();
		else if (key === 'ArrowRight' || key === 'ArrowDown') this.step(1);
		else if (key === 'ArrowLeft' || key === 'ArrowUp') this.step(-1);
		else return false;
		return true;
	}

	commit(): void {
		const target = this.#targets[this.#chosen];
		this.cancel();
		if (target === 'desktop') {
			if (!this.#windows.desktopShown) this.#windows.toggleShowDesktop();
		} else if (target !== undefined) this.#windows.focus(target.id);
	}

	cancel(): void {
		if (!this.open) return;
		this.#targets = [];
		this.#changes.fire();
	}
}
