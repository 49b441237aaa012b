/**
 * The file operations under way, for every window of the desktop. They belong to the desktop: closing the window
 * that started one does not stop it.
 *
 * Invariants: at most `runningLimit` run at once, the others wait in the order they came; an ended transfer leaves
 * the list, unless something failed: then it stays until `dismiss`.
 */
import { Emitter } from '#base/emitter.ts';
import { Transfer } from './transfer.ts';

const runningLimit = 3;

export type TransferJob = (transfer: Transfer) => Promise<void>;

export class TransferQueue {
	readonly #changes = new Emitter<void>();
	readonly #waiting: { transfer: Transfer; job: TransferJob }[] = [];
	readonly #transfers: Transfer[] = [];
	#running = 0;
	#snapshot: readonly Transfer[] = [];

	/** Transfers came or went, or one of them changed. */
	get onChange() {
		return this.#changes.event;
	}

	/** All that wait, run, or ended with failures; a new array after each coming and going. */
	get transfers(): readonly Transfer[] {
		return this.#snapshot;
	}

	start(title: string, job: TransferJob): Transfer {
		const transfer = new Transfer(title);
		this.#transfers.push(transfer);
		transfer.onChange(() => this.#changes.fire());
		this.#waiting.push({ transfer, job });
		this.#publish();
		this.#startNext();
		return transfer;
	}

	/** Takes an ended transfer from the list. */
	dismiss(transfer: Transfer): void {
		const index = this.#transfers.indexOf(transfer);
		if (index < 0 || !transfer.ended) return;
		this.#transfers.splice(index, 1);
		this.#publish();
	}

	cancelAll(): void {
		for (const transfer of this.#transfers) transfer.cancel();
	}

	#startNext(): void {
		while (this.#running < runningLimit) {
			const next = this.#waiting.shift();
			if (next === undefined) return;
			this.#running++;
			void next.transfer.run(next.job).then(() => {
				this.#running--;
				if (next.transfer.failures.length === 0) this.dismiss(next.transfer);
				this.#startNext();
			});
		}
	}

	#publish(): void {
		this.#snapshot = [...this.#transfers];
		this.#changes.fire();
	}
}
