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
		this.#state = state;
		this.#changes.fire();
	}

	/** Takes the volume from the tab that has it. */
	takeOver(): void {
		this.set({ state: 'opening' });
		this.#takeOver();
	}
}
