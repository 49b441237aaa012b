/**
 * One tab at a time owns the volume: a Web Lock says which, a channel between the tabs carries the wish to take over.
 *
 * Rules of use:
 * - `acquire` first. When it says no, another tab is the leader: show so, and `wait` until it goes or `takeOver`.
 * - The leader listens to `onAsked`: it makes its changes durable, closes the volume and calls `release`.
 * - A leader that does not answer within `yieldPatienceMs` loses the lock; it learns by `onLost` and must not touch the
 *   volume again. The volume is safe even if it does not learn (a frozen tab): its file handles are exclusive, so the
 *   new leader cannot open the files before the old one is gone.
 */
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';

const lockName = 'vitrine-volume';
const channelName = 'vitrine-leadership';
const takeOverMessage = 'take-over';

/** A tab that is being reloaded or closed gives its lock back a moment later. */
const acquirePatienceMs = 500;
const yieldPatienceMs = 5000;

export class VolumeLeadership implements Disposable {
	readonly #channel = new BroadcastChannel(channelName);
	readonly #asked = new Emitter<void>();
	readonly #lost = new Emitter<void>();
	readonly #wished = new Emitter<void>();
	#release: (() => void) | undefined;

	/** Another tab asks this one, the leader, to let go. */
	readonly onAsked = this.#asked.event;
	/** The leadership was taken away. */
	readonly onLost = this.#lost.event;

	constructor() {
		this.#channel.addEventListener('message', (event: MessageEvent<unknown>) => {
			if (event.data !== takeOverMessage) return;
			if (this.isLeader) this.#asked.fire();
			this.#wished.fire();
		});
	}

	get isLeader(): boolean {
		return this.#release !== undefined;
	}

	/** Becomes the leader if no other tab is; says within a second whether it did. */
	async acquire(): Promise<boolean> {
		for (;;) {
			if (await this.#request({ signal: AbortSignal.timeout(acquirePatienceMs) })) return true;
			// On a busy machine the answer itself may be late, and the lock be this tab's own for a moment.
			const holder = await findHolder(lockName);
			if (holder !== undefined && holder !== (await findOwnId())) return false;
		}
	}

	/** Becomes the leader when the tab that is goes away; a tab that a person takes over with goes before. */
	async wait(signal?: AbortSignal): Promise<boolean> {
		while (signal?.aborted !== true) {
			const passed = new AbortController();
			const wish = this.#wished.event(() => passed.abort());
			const signals = signal === undefined ? [passed.signal] : [passed.signal, signal];
			const granted = await this.#request({ signal: AbortSignal.any(signals) });
			wish.dispose();
			if (granted && !passed.signal.aborted) return true;
			// Behind the other tab, which has asked for the lock before it told so.
			this.release();
		}
		return false;
	}

	/** Asks the leader to let go and becomes the leader; takes the lock away when it does not answer. */
	async takeOver(): Promise<void> {
		const granted = this.#request({ signal: AbortSignal.timeout(yieldPatienceMs) });
		this.#channel.postMessage(takeOverMessage);
		if (!(await granted)) await this.#request({ steal: true });
	}

	/** Lets another tab lead; the volume must be closed. */
	release(): void {
		this.#release?.();
		this.#release = undefined;
	}

	dispose(): void {
		this.release();
		this.#channel.close();
		this.#asked.dispose();
		this.#lost.dispose();
		this.#wished.dispose();
	}

	/** Resolves when the lock is granted (`true`) or will not be (`false`); holds it until `release`. */
	#request(options: LockOptions): Promise<boolean> {
		return new Promise((resolve, reject) => {
			const hold = (): Promise<void> =>
				new Promise((release) => {
					this.#release = release;
					resolve(true);
				});
			navigator.locks.request(lockName, options, hold).catch((error: unknown) => {
				if (this.#release !== undefined && isAbort(error)) this.#takeNote();
				else if (isAbort(error)) resolve(false);
				else reject(error);
			});
		});
	}

	/** The lock was stolen. */
	#takeNote(): void {
		this.#release = undefined;
		this.#lost.fire();
	}
}

/** The client that holds a lock. */
async function findHolder(lock: string): Promise<string | undefined> {
	const { held } = await navigator.locks.query();
	return held?.find(({ name }) => name === lock)?.clientId;
}

/** What this client is called among those that hold locks: only a lock of one's own tells. */
function findOwnId(): Promise<string | undefined> {
	const name = `vitrine-self-${crypto.randomUUID()}`;
	return navigator.locks.request(name, () => findHolder(name));
}

function isAbort(error: unknown): boolean {
	return error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError');
}
