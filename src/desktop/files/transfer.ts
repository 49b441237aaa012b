/**
 * One running file operation as a person follows it: progress, time left, pause, cancel, a question about a
 * conflict, and the list of what failed.
 *
 * Rules of use:
 * - The job that does the work calls `checkpoint` before each step: it waits while paused and throws
 *   `TransferCancelled` after `cancel`, so the job undoes its unfinished item and stops.
 * - One item that fails does not stop the others: the job reports it with `fail`.
 * - The interface reads the public fields after each `onChange`; events are fired at most every 100 ms while running.
 *
 * Invariant: `finished` always resolves, also after cancel or failure.
 */
import { OsError } from '#abi/errors.ts';
import { Emitter } from '#base/emitter.ts';
import type { ConflictAnswer, ConflictQuestion } from './conflict.ts';
import { explainError } from './failure-words.ts';

export type TransferState = 'waiting' | 'running' | 'paused' | 'asking' | 'finished' | 'cancelled';

export interface ItemFailure {
	readonly path: string;
	/** A sentence for the person. */
	readonly reason: string;
}

export interface PendingQuestion extends ConflictQuestion {
	answer(answer: ConflictAnswer): void;
}

/** Whether the error stops every further item too. */
export function isDiskFull(error: unknown): boolean {
	return error instanceof OsError && error.code === 'ENOSPC';
}

export class TransferCancelled extends Error {
	constructor() {
		super('This was cancelled.');
		this.name = 'TransferCancelled';
	}
}

const noticeIntervalMs = 100;
/** The rate is taken over this long, so that the time left neither jumps nor lags. */
const rateWindowMs = 4000;

export class Transfer {
	/** What it does, in words: `Copying 3 items to Documents`. */
	readonly title: string;
	readonly finished: Promise<void>;
	readonly identifier = crypto.randomUUID();
	readonly startedTime: number = performance.now();
	readonly failures: ItemFailure[] = [];
	itemsTotal = 0;
	itemsDone = 0;
	bytesTotal = 0;
	bytesDone = 0;
	/** Whether the totals are known. */
	counted = false;
	/** Name of the item in hand. */
	currentName = '';
	question: PendingQuestion | undefined;

	readonly #changes = new Emitter<void>();
	readonly #samples: { time: number; bytes: number; items: number }[] = [];
	readonly #wakers = new Set<() => void>();
	readonly #aborts = new AbortController();
	#state: TransferState = 'waiting';
	#resolveFinished: () => void = () => undefined;
	#lastNotice = 0;
	/** Those for folders that could be merged, and those for everything else, are given apart. */
	readonly #standingAnswers = new Map<'merge' | 'replace', ConflictAnswer>();
	#stopped = false;

	constructor(title: string) {
		this.title = title;
		this.finished = new Promise((resolve) => {
			this.#resolveFinished = resolve;
		});
	}

	get onChange() {
		return this.#changes.event;
	}

	get state(): TransferState {
		return this.#state;
	}

	get ended(): boolean {
		return this.#state === 'finished' || this.#state === 'cancelled';
	}

	/** Aborted by `cancel`. */
	get signal(): AbortSignal {
		return this.#aborts.signal;
	}

	/** 0 to 1, or `undefined` while the totals are not known. */
	get fraction(): number | undefined {
		if (this.#state === 'finished') return 1;
		if (!this.counted) return undefined;
		if (this.bytesTotal > 0) return Math.min(1, this.bytesDone / this.bytesTotal);
		return this.itemsTotal > 0 ? Math.min(1, this.itemsDone / this.itemsTotal) : undefined;
	}

	/** Bytes a second over the last seconds. */
	get bytesPerSecond(): number {
		const first = this.#samples[0];
		const last = this.#samples.at(-1);
		if (first === undefined || last === undefined || last.time - first.time < 200) return 0;
		return ((last.bytes - first.bytes) / (last.time - first.time)) * 1000;
	}

	/** Milliseconds, or `undefined` while there is too little to say it. */
	get timeLeftMs(): number | undefined {
		const first = this.#samples[0];
		const last = this.#samples.at(-1);
		if (!this.counted || first === undefined || last === undefined || last.time - first.time < 500) return undefined;
		const bytes = last.bytes - first.bytes;
		const items = last.items - first.items;
		const perUnit = bytes > 0 ? (last.time - first.time) / bytes : items > 0 ? (last.time - first.time) / items : 0;
		if (perUnit === 0) return undefined;
		return perUnit * (bytes > 0 ? this.bytesTotal - this.bytesDone : this.itemsTotal - this.itemsDone);
	}

	pause(): void {
		if (this.#state === 'running') this.#setState('paused');
	}

	resume(): void {
		if (this.#state !== 'paused') return;
		this.#samples.length = 0;
		this.#setState('running');
		this.#wake();
	}

	cancel(): void {
		if (this.ended || this.#aborts.signal.aborted) return;
		this.#aborts.abort();
		this.question = undefined;
		this.#wake();
		this.#notice(true);
	}

	/** Runs the job to its end; the queue calls it once. */
	async run(job: (transfer: Transfer) => Promise<void>): Promise<void> {
		if (!this.#aborts.signal.aborted) this.#setState('running');
		try {
			await this.checkpoint();
			await job(this);
			this.#setState('finished');
		} catch (error) {
			if (!(error instanceof TransferCancelled)) this.fail('', error);
			this.#setState(this.#aborts.signal.aborted ? 'cancelled' : 'finished');
		} finally {
			this.#resolveFinished();
		}
	}

	/** Waits while paused; throws `TransferCancelled` after `cancel` or `stop`. */
	async checkpoint(): Promise<void> {
		while (this.#state === 'paused' && !this.#aborts.signal.aborted) await this.#wakeUp();
		if (this.#aborts.signal.aborted || this.#stopped) throw new TransferCancelled();
	}

	/**
	 * Ends an attempt at an item. One that failed is reported and the others go on; when the disk is full nothing
	 * else could succeed, so all stops; cancelling goes on up.
	 */
	settleFailure(path: string, error: unknown): void {
		if (error instanceof TransferCancelled) throw error;
		if (this.#stopped) throw new TransferCancelled();
		this.fail(path, error);
		if (!isDiskFull(error)) return;
		this.#stopped = true;
		throw new TransferCancelled();
	}

	expect(items: number, bytes: number): void {
		this.itemsTotal += items;
		this.bytesTotal += bytes;
		this.#notice();
	}

	advance(items: number, bytes: number): void {
		this.itemsDone += items;
		this.bytesDone += bytes;
		this.#notice();
	}

	startItem(name: string): void {
		this.currentName = name;
		this.#notice();
	}

	fail(path: string, error: unknown): void {
		this.failures.push({ path, reason: explainError(error) });
		this.#notice(true);
	}

	/** Asks the person, or repeats the answer they gave for all further conflicts. */
	async ask(question: ConflictQuestion): Promise<ConflictAnswer> {
		await this.checkpoint();
		// Nothing is awaited between the last look and the question, so that two never ask at once.
		while (this.question !== undefined) {
			await this.#wakeUp();
			await this.checkpoint();
		}
		const matter =
			question.incoming.kind === 'directory' && question.existing.kind === 'directory' ? 'merge' : 'replace';
		const standing = this.#standingAnswers.get(matter);
		if (standing !== undefined) return standing;
		const answered = new Promise<ConflictAnswer>((resolve) => {
			this.question = { ...question, answer: resolve };
			this.signal.addEventListener('abort', () => resolve({ choice: 'skip', forAllFurther: false }), { once: true });
		});
		this.#setState('asking');
		const answer = await answered;
		this.question = undefined;
		if (answer.forAllFurther) this.#standingAnswers.set(matter, answer);
		this.#samples.length = 0;
		this.#setState('running');
		this.#wake();
		await this.checkpoint();
		return answer;
	}

	#wakeUp(): Promise<void> {
		return new Promise((resolve) => this.#wakers.add(resolve));
	}

	#wake(): void {
		for (const wake of this.#wakers) wake();
		this.#wakers.clear();
	}

	#setState(state: TransferState): void {
		this.#state = state;
		this.#notice(true);
	}

	#notice(atOnce = false): void {
		const now = performance.now();
		if (!atOnce && now - this.#lastNotice < noticeIntervalMs) return;
		this.#lastNotice = now;
		this.#samples.push({ time: now, bytes: this.bytesDone, items: this.itemsDone });
		while ((this.#samples[0]?.time ?? now) < now - rateWindowMs) this.#samples.shift();
		this.#changes.fire();
	}
}
