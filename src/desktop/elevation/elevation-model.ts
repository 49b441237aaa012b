/**
 * The desktop's part of elevation: hears which program asks, shows one question at a time, and tells the kernel the answer.
 *
 * Invariants:
 * - The kernel is told yes only from `answer` and `approve`, for the question that is shown.
 * - A question whose program asks no longer goes away unanswered.
 */
import { OsError } from '#abi/errors.ts';
import type { AccountInfo, Credential, ElevationEvent } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import type { System } from '#runtime/system.ts';

export class ElevationModel {
	readonly #changes = new Emitter<void>();
	readonly #onFailed: (error: unknown) => void;
	#questions: readonly ElevationEvent[] = [];
	#system: System | undefined;

	constructor(onFailed: (error: unknown) => void) {
		this.#onFailed = onFailed;
	}

	/** The question to show. */
	get question(): ElevationEvent | undefined {
		return this.#questions[0];
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** From now on programs can ask. */
	connect(system: System): void {
		this.#system = system;
		void this.#listen(system);
	}

	answer(question: ElevationEvent, granted: boolean): void {
		if (question !== this.question) return;
		this.#setQuestions(this.#questions.slice(1));
		this.#system?.elevationAnswer(question.request, granted).catch((error: unknown) => {
			// It has ended in this moment.
			if (!(error instanceof OsError && error.code === 'ESRCH')) this.#onFailed(error);
		});
	}

	/** The administrators of whom one must agree, because the person who is asked is none. */
	async approversOf(question: ElevationEvent): Promise<readonly AccountInfo[]> {
		const accounts = (await this.#system?.accountList()) ?? [];
		return accounts.filter(({ sid }) => question.approvers.includes(sid));
	}

	/** Agrees as an administrator. Rejects, and the question stays, when the credential does not prove them. */
	async approve(question: ElevationEvent, account: string, credential: Credential): Promise<void> {
		if (question !== this.question) return;
		await this.#system?.elevationApprove(question.request, account, credential);
		this.#setQuestions(this.#questions.filter((other) => other !== question));
	}

	async #listen(system: System): Promise<void> {
		try {
			for (;;) this.#hear(await system.elevationNext());
		} catch (error) {
			// The system is shut down, or another tab has it.
			if (!(error instanceof OsError && error.code === 'ECANCELED')) this.#onFailed(error);
		}
	}

	#hear(event: ElevationEvent): void {
		if (event.kind === 'asked') this.#setQuestions([...this.#questions, event]);
		else this.#setQuestions(this.#questions.filter(({ request }) => request !== event.request));
	}

	#setQuestions(questions: readonly ElevationEvent[]): void {
		this.#questions = questions;
		this.#changes.fire();
	}
}
