/** How the start goes, as the page shows it. */
import { Emitter } from '#base/emitter.ts';

export type BootState =
	| { readonly state: 'opening' }
	| { readonly state: 'open-elsewhere' }
	| { readonly state: 'ready' }
	| { readonly state: 'taken-over' }
	| { readonly state: 'failed'; readonly message: string }
	| { readonly state: 'unsupported'; readonly missing: readonly string[] };

export class BootModel {
	readonly #changes = new Emitter<void>();
	readonly #takeOver: () => void;
	#state: BootState = { state: 'opening' };

	constructor(takeOver: () => void) {
		this.#takeOver = takeOver;
	}

	get state(): BootState {
		return this.#state;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	set(state: BootState): void {
		if (state.state === 'open-elsewhere' && takeWish()) {
			this.takeOver();
			return;
		}
		this.#state = state;
		this.#changes.fire();
	}

	/** Takes the volume from the tab that has it. */
	takeOver(): void {
		this.set({ state: 'opening' });
		this.#takeOver();
	}
}

/** Loads the page again; it then takes the volume without another question. */
export function reloadToTakeOver(): void {
	history.replaceState({ takeOver: true }, '');
	location.reload();
}

/** Whether the page was loaded again to take over; it holds once. */
function takeWish(): boolean {
	const wished = (history.state as { takeOver?: boolean } | null)?.takeOver === true;
	if (wished) history.replaceState(null, '');
	return wished;
}
