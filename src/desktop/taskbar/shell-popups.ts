/** Which part of the shell is open: the Start menu, one flyout above the taskbar or the security options, never two. */
import { Emitter } from '#base/emitter.ts';

export type ShellPopup = 'start' | 'calendar' | 'sound' | 'storage' | 'security';

export class ShellPopups {
	readonly #changes = new Emitter<void>();
	#open: ShellPopup | undefined;

	get open(): ShellPopup | undefined {
		return this.#open;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	show(popup: ShellPopup): void {
		this.#set(popup);
	}

	toggle(popup: ShellPopup): void {
		this.#set(this.#open === popup ? undefined : popup);
	}

	close(): void {
		this.#set(undefined);
	}

	#set(popup: ShellPopup | undefined): void {
		if (this.#open === popup) return;
		this.#open = popup;
		this.#changes.fire();
	}
}
