/**
 * The logon screen without its looks: who there is, who is chosen, and what they prove themselves with.
 *
 * Rules of use:
 * - It speaks with the system as the logon screen's own process, which may let people in and nothing else.
 * - What is typed is handed on and kept nowhere. The one credential it holds is that of somebody who has come in and must
 *   choose a new password, until they have.
 *
 * Invariant: who may come in is the system's to say. This shows its answer.
 */
import { OsError } from '#abi/errors.ts';
import type { AccountInfo, Credential, CredentialKind, SessionInfo } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import { describeCredentialFailure, typedCredential } from '#runtime/credentials.ts';
import type { System } from '#runtime/system.ts';
import type { ChosenPassword } from '#ui/controls/new-password-fields.tsx';
import { askForPasskey } from '#ui/passkey.ts';

/** What is shown of the person chosen: the way in, the way back in, or the choice of another password. */
export type LogonForm = 'proof' | 'recovery' | 'new-password';

/** Somebody whom the system has let in. */
export interface Entrance {
	readonly session: SessionInfo;
	readonly credential: Credential;
}

export interface LogonView {
	/** The system has told who there is. */
	readonly isConnected: boolean;
	readonly people: readonly AccountInfo[];
	readonly chosen: AccountInfo | undefined;
	readonly form: LogonForm;
	/** An answer is on its way. */
	readonly busy: boolean;
	/** What went wrong last, in words. */
	readonly problem: string;
	/** How often the last thing that was tried was wrong; a change moves the field. */
	readonly failures: number;
}

export class LogonModel {
	readonly #changes = new Emitter<void>();
	readonly #entered: (entrance: Entrance) => void;
	readonly #connection = Promise.withResolvers<System>();
	#view: LogonView = {
		isConnected: false,
		people: [],
		chosen: undefined,
		form: 'proof',
		busy: false,
		problem: '',
		failures: 0,
	};
	#entrance: Entrance | undefined;
	/** Who was chosen of several. */
	#wished: string | undefined;

	/** `entered` hears of everybody who may go on to their desktop. */
	constructor(entered: (entrance: Entrance) => void) {
		this.#entered = entered;
	}

	get view(): LogonView {
		return this.#view;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** `system` is the logon screen's own process. */
	async connect(system: System): Promise<readonly AccountInfo[]> {
		const people = await this.#list(system);
		this.#connection.resolve(system);
		return people;
	}

	/** Asks again who there is: somebody has logged on or off, or was added. */
	async refresh(): Promise<readonly AccountInfo[]> {
		return this.#list(await this.#connection.promise);
	}

	choose(sid: string): void {
		this.#wish(sid);
	}

	/** Back to all people; where there is one only, to that one. */
	back(): void {
		this.#wish(undefined);
	}

	/** One step back: from the recovery code to the password, from there to all people. */
	leave(): void {
		const { form, people } = this.#view;
		if (form === 'recovery') this.showForm('proof');
		else if (form === 'proof' && people.length > 1) this.back();
	}

	showForm(form: LogonForm): void {
		this.#set({ form, problem: '' });
	}

	/** Tries to come in; what the answer is shows in the view. */
	async enter(credential: Credential): Promise<void> {
		const { chosen } = this.#view;
		if (chosen === undefined) return;
		await this.#try(async (system) => {
			const session = await system.logon(chosen.sid, credential);
			const entrance = { session, credential };
			// Who has come in by the recovery code does not know the password either.
			if (!session.mustChange && credential.kind !== 'recovery') return this.#let(entrance);
			this.#entrance = entrance;
			this.#set({ form: 'new-password' });
		}, credential.kind);
	}

	/** Comes in by a passkey; the browser asks for it. */
	async enterByPasskey(): Promise<void> {
		const { chosen } = this.#view;
		if (chosen === undefined) return;
		const system = await this.#connection.promise;
		const secret = await this.#guard(async () => askForPasskey(await system.accountPasskeys(chosen.sid)));
		if (secret !== undefined) await this.enter({ kind: 'passkey', secret });
	}

	/** The new password of somebody who has come in and must choose one. */
	async choosePassword({ password, hint }: ChosenPassword): Promise<void> {
		const entrance = this.#entrance;
		if (entrance === undefined) return;
		const { secret } = typedCredential('password', password);
		await this.#try(async (system) => {
			const chosen = { password: secret, hint, mustChange: false };
			await system.accountSetPassword(entrance.session.account, entrance.credential, chosen);
			this.#let(entrance);
		}, 'password');
	}

	#let(entrance: Entrance): void {
		this.#entrance = undefined;
		this.#set({ form: 'proof', problem: '', failures: 0 });
		this.#entered(entrance);
	}

	async #try(action: (system: System) => Promise<void>, kind: CredentialKind): Promise<void> {
		if (this.#view.busy) return;
		this.#set({ busy: true, problem: '' });
		try {
			await action(await this.#connection.promise);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			await this.#fail(error, kind);
		} finally {
			this.#set({ busy: false });
		}
	}

	async #fail(error: OsError, kind: CredentialKind): Promise<void> {
		// The system is ending, or another tab has it: nobody looks here any more.
		if (error.code === 'ECANCELED') return;
		await this.refresh();
		this.#set({ problem: describeCredentialFailure(error, kind), failures: this.#view.failures + 1 });
	}

	/** What the browser says no to is told to the person. */
	async #guard<T>(action: () => Promise<T>): Promise<T | undefined> {
		this.#set({ problem: '' });
		try {
			return await action();
		} catch (error) {
			this.#set({ problem: error instanceof Error ? error.message : String(error) });
			return undefined;
		}
	}

	async #list(system: System): Promise<readonly AccountInfo[]> {
		const all = await system.accountList();
		const people = all.filter(({ enabled }) => enabled);
		this.#set({ isConnected: true, people, chosen: this.#findChosen(people) });
		return all;
	}

	#wish(sid: string | undefined): void {
		this.#wished = sid;
		this.#entrance = undefined;
		this.#set({ chosen: this.#findChosen(this.#view.people), form: 'proof', problem: '', failures: 0 });
	}

	#findChosen(people: readonly AccountInfo[]): AccountInfo | undefined {
		const [only, ...others] = people;
		return others.length === 0 ? only : people.find(({ sid }) => sid === this.#wished);
	}

	#set(change: Partial<LogonView>): void {
		this.#view = { ...this.#view, ...change };
		this.#changes.fire();
	}
}
