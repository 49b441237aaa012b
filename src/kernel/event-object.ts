/** An event: a flag that processes wait for. It stays set until it is reset. */
import { KernelObject } from './kernel-object.ts';
import { type Wait, WaitQueue } from './wait.ts';

export class EventObject extends KernelObject {
	readonly #waits = new WaitQueue<void>();
	#set: boolean;

	constructor(set: boolean) {
		super();
		this.#set = set;
	}

	get isSet(): boolean {
		return this.#set;
	}

	change(set: boolean): void {
		this.#set = set;
		if (set) this.#waits.resolveAll();
	}

	/** Resolves `wait` when the event is set. */
	admit(wait: Wait<void>): void {
		this.#waits.add(wait);
	}

	protected override onLastClose(): void {
		// Every wait was made through a handle, and the last handle has ended its own.
	}
}
