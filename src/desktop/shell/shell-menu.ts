/** The one menu that the shell itself has open: of a window's corner, of a taskbar button, of the taskbar. */
import { Emitter } from '#base/emitter.ts';
import type { MenuEntry } from '#ui/menu-entry.ts';
import type { Point } from '../windows/geometry.ts';

export interface OpenMenu {
	readonly label: string;
	readonly entries: readonly MenuEntry[];
	readonly position: Point;
	/** Which way it opens from there. */
	readonly placement: 'bottom start' | 'top start' | 'top';
}

export class ShellMenu {
	readonly #changes = new Emitter<void>();
	#open: OpenMenu | undefined;
	#returnFocus: HTMLElement | undefined;

	get open(): OpenMenu | undefined {
		return this.#open;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** `returnFocus` has the focus again after the menu has closed. */
	show(menu: OpenMenu, returnFocus?: HTMLElement): void {
		this.#open = menu;
		this.#returnFocus = returnFocus;
		this.#changes.fire();
	}

	close(): void {
		if (this.#open === undefined) return;
		this.#open = undefined;
		this.#changes.fire();
		this.#returnFocus?.focus();
		this.#returnFocus = undefined;
	}
}
