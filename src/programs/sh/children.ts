/**
 * The processes that the shell has started: who hears of their end, and of their being stopped.
 *
 * Rules of use: `watch` right after the start of a process. One wait for all children is kept under way while there are any.
 */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';

export interface ChildListener {
	readonly stopped: () => void;
	readonly continued: () => void;
}

interface Watched {
	readonly listener: ChildListener | undefined;
	readonly resolve: (status: ExitStatus) => void;
}

export class Children {
	readonly #system: System;
	readonly #watched = new Map<number, Watched>();
	/** Ends that were told before anybody watched. */
	readonly #early = new Map<number, ExitStatus>();
	#listening = false;

	constructor(system: System) {
		this.#system = system;
	}

	/** How the process ends. */
	watch(pid: number, listener?: ChildListener): Promise<ExitStatus> {
		const early = this.#early.get(pid);
		this.#early.delete(pid);
		if (early !== undefined) return Promise.resolve(early);
		return new Promise((resolve, reject) => {
			this.#watched.set(pid, { listener, resolve });
			if (!this.#listening) this.#listen().catch(reject);
		});
	}

	async #listen(): Promise<void> {
		this.#listening = true;
		try {
			while (this.#watched.size > 0) await this.#takeEvent();
		} catch (error) {
			// ECHILD: who was watched was no child any more. ECANCELED: the shell has ended.
			if (!(error instanceof OsError && (error.code === 'ECHILD' || error.code === 'ECANCELED'))) throw error;
			for (const { resolve } of this.#watched.values()) resolve({ code: 127, reason: 'unknown' });
			this.#watched.clear();
		} finally {
			this.#listening = false;
		}
	}

	async #takeEvent(): Promise<void> {
		const event = await this.#system.processWaitAny(0, true, true);
		if (event === undefined) return;
		const { pid, kind, status } = event;
		const watched = this.#watched.get(pid);
		if (kind === 'stopped') watched?.listener?.stopped();
		else if (kind === 'continued') watched?.listener?.continued();
		else if (status !== undefined) {
			this.#watched.delete(pid);
			if (watched === undefined) this.#early.set(pid, status);
			else watched.resolve(status);
		}
	}
}
