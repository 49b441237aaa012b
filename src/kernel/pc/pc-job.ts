/**
 * Something that the PC does and that takes long, as an object that processes have handles to.
 *
 * Invariants: when the last handle is closed it is cancelled. Its state changes at most some hundred times on the way, so
 * that who shows it is not kept busy.
 */
import { OsError } from '#abi/errors.ts';
import type { PcJobState } from '#abi/structures.generated.ts';
import { KernelObject } from '../kernel-object.ts';
import { type Wait, WaitQueue } from '../wait.ts';
import type { PcProgress, PcWork } from './pc-host.ts';

const tellings = 200;

export interface PcJobEnd {
	readonly error: OsError | undefined;
}

export class PcJob extends KernelObject {
	readonly #waits = new WaitQueue<PcJobState>();
	readonly #work: PcWork<unknown>;
	#state: PcJobState = { sequence: 1, phase: 'running', step: '', doneBytes: 0, totalBytes: 0, error: '', problem: '' };

	/** `begin` is given what to call with each progress; `onEnd` is called once. */
	constructor(begin: (onProgress: (progress: PcProgress) => void) => PcWork<unknown>, onEnd: (end: PcJobEnd) => void) {
		super();
		this.#work = begin((progress) => this.#note(progress));
		this.#work.done.then(
			() => this.#end(undefined, onEnd),
			(error: unknown) => this.#end(error instanceof OsError ? error : new OsError('EIO', String(error)), onEnd),
		);
	}

	get state(): PcJobState {
		return this.#state;
	}

	/** Resolves `wait` at the next change. */
	admit(wait: Wait<PcJobState>): void {
		this.#waits.add(wait);
	}

	protected override onLastClose(): void {
		if (this.#state.phase === 'running') this.#work.cancel();
	}

	#note(progress: PcProgress): void {
		const { step, doneBytes, totalBytes } = this.#state;
		const isLittle = progress.doneBytes - doneBytes < progress.totalBytes / tellings;
		if (progress.step === step && progress.totalBytes === totalBytes && isLittle) return;
		this.#change(progress);
	}

	#end(error: OsError | undefined, onEnd: (end: PcJobEnd) => void): void {
		if (error === undefined) this.#change({ phase: 'done' });
		else if (error.code === 'ECANCELED') this.#change({ phase: 'cancelled' });
		else this.#change({ phase: 'failed', error: error.code, problem: error.detail });
		onEnd({ error });
	}

	#change(change: Partial<PcJobState>): void {
		this.#state = { ...this.#state, ...change, sequence: this.#state.sequence + 1 };
		this.#waits.resolveAll(this.#state);
	}
}
