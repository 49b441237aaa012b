/** Where a window would go if it were let go now; the desktop draws it as a sheet of glass. */
import { Emitter } from '#base/emitter.ts';
import type { Placement } from './geometry.ts';

export class SnapPreview {
	readonly #changes = new Emitter<void>();
	#placement: Placement | undefined;

	get placement(): Placement | undefined {
		return this.#placement;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	show(placement: Placement | undefined): void {
		if (this.#placement === placement) return;
		this.#placement = placement;
		this.#changes.fire();
	}
}
