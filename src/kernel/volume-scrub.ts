/**
 * The one reading of the whole volume that may go on: an object that processes have handles to.
 *
 * Invariant: when the last handle is closed it stops. Its state changes at most a hundred times on the way, so that who
 * shows it is not kept busy.
 */
import type { ScrubState } from '#abi/structures.generated.ts';
import type { Clock } from '#base/ports.ts';
import type { ScrubResult, SlicedWork, WorkProgress } from '#fs/system-volume.ts';
import { KernelObject } from './kernel-object.ts';
import { type RunEnd, SlicedRun } from './sliced-run.ts';
import { type Wait, WaitQueue } from './wait.ts';

const tellings = 100;

export class VolumeScrub extends KernelObject {
	readonly #waits = new WaitQueue<ScrubState>();
	readonly #run: SlicedRun<ScrubResult>;
	readonly #onOver: () => void;
	#state: ScrubState = {
		sequence: 1,
		phase: 'running',
		doneBytes: 0,
		totalBytes: 0,
		damaged: [],
		mendedPages: 0,
		damagedPages: 0,
		problem: '',
	};

	/** `onOver` is called once: it is done, has failed, or nobody wants it any more. */
	constructor(work: SlicedWork<ScrubResult>, clock: Clock, onOver: () => void) {
		super();
		this.#onOver = onOver;
		this.#run = new SlicedRun(work, clock, {
			onProgress: (progress) => this.#noteProgress(progress),
			onEnd: (end) => this.#end(end),
		});
	}

	get state(): ScrubState {
		return this.#state;
	}

	/** Resolves `wait` at the next change. */
	admit(wait: Wait<ScrubState>): void {
		this.#waits.add(wait);
	}

	protected override onLastClose(): void {
		if (this.#state.phase !== 'running') return;
		this.#run.stop();
		this.#onOver();
	}

	#noteProgress({ doneBytes, totalBytes }: WorkProgress): void {
		if (doneBytes - this.#state.doneBytes >= totalBytes / tellings) this.#change({ doneBytes, totalBytes });
	}

	#end(end: RunEnd<ScrubResult>): void {
		if (end.kind === 'failed') {
			const problem = end.error instanceof Error ? end.error.message : String(end.error);
			this.#change({ phase: 'failed', problem });
		} else {
			const { damaged, mendedPages, damagedPages } = end.value;
			const doneBytes = this.#state.totalBytes;
			this.#change({ phase: 'done', damaged: [...damaged], mendedPages, damagedPages, doneBytes });
		}
		this.#onOver();
	}

	#change(change: Partial<ScrubState>): void {
		this.#state = { ...this.#state, ...change, sequence: this.#state.sequence + 1 };
		this.#waits.resolveAll(this.#state);
	}
}
