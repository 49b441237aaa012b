/**
 * The people of this computer, as the pages of Settings show and change them.
 *
 * Rules of use: `refresh` once before the first look; every change that succeeds refreshes by itself.
 *
 * Invariant: `view` is replaced, never changed. What was typed is handed to the system and kept nowhere.
 */
import type { AccountInfo, Passkey } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import { describeAccountFailure } from '#runtime/credentials.ts';
import type { System } from '#runtime/system.ts';

export interface AccountsView {
	/** Whose session it is; `undefined` until it was read. */
	readonly self: AccountInfo | undefined;
	readonly people: readonly AccountInfo[];
	readonly passkeys: readonly Passkey[];
	/** Whether this process may change others. */
	readonly administers: boolean;
	/** Whether the person, or somebody whom they call, can let a program do so. */
	readonly mayElevate: boolean;
	readonly failure: string | undefined;
}

export class AccountsModel {
	readonly system: System;
	readonly #changes = new Emitter<void>();
	#view: AccountsView = {
		self: undefined,
		people: [],
		passkeys: [],
		administers: false,
		mayElevate: false,
		failure: undefined,
	};

	constructor(system: System) {
		this.system = system;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const listening = this.#changes.event(listener);
		return () => listening.dispose();
	};

	readonly current = (): AccountsView => this.#view;

	async refresh(): Promise<void> {
		try {
			const { system } = this;
			const [people, session, token] = await Promise.all([
				system.accountList(),
				system.sessionSelf(),
				system.tokenRead(0),
			]);
			const self = people.find(({ sid }) => sid === session?.account);
			const passkeys = self === undefined ? [] : await system.accountPasskeys(self.sid);
			const administers = token.integrity !== 'user';
			this.#set({ self, people, passkeys, administers, mayElevate: token.mayElevate, failure: undefined });
		} catch (error) {
			this.#set({ ...this.#view, failure: describeAccountFailure(error) });
		}
	}

	/** Does what `change` does. Rejects with what the system has against it. */
	async change(change: (system: System) => Promise<unknown>): Promise<void> {
		await change(this.system);
		await this.refresh();
	}

	/** The same for a press without a dialogue: what goes wrong stands above the page. */
	async tryChange(change: (system: System) => Promise<unknown>): Promise<void> {
		try {
			await this.change(change);
		} catch (error) {
			this.#set({ ...this.#view, failure: describeAccountFailure(error) });
		}
	}

	#set(view: AccountsView): void {
		this.#view = view;
		this.#changes.fire();
	}
}
