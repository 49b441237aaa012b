/**
 * The seat: one screen with its keyboard, at which several people may be logged on. It holds the desktop of each session and
 * says which of them, or which screen of its own, is shown.
 *
 * Rules of use:
 * - The host tells of every session (`addSession`) and gives the logon screen's process (`connect`), in any order.
 * - A desktop that is not shown lives on: its programs run, its windows stay as they are.
 *
 * Invariants:
 * - At most one desktop is shown, and only that of a session that the system has let in.
 * - A desktop is covered before the system is asked to lock its session, never after.
 */
import { OsError } from '#abi/errors.ts';
import type { AccountInfo, Credential, NewAccount, SessionEvent, SessionInfo } from '#abi/structures.generated.ts';
import { Emitter } from '#base/emitter.ts';
import { passwordCredential } from '#runtime/credentials.ts';
import type { System } from '#runtime/system.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { LogonModel } from '../logon/logon-model.ts';
import { hintFor, type StartHint } from './start-hint.ts';

/** `recovery`: the first person, who has chosen a password, is given a recovery code. */
export type SeatScreen = 'desktop' | 'logon' | 'set-up' | 'recovery' | 'off';

export interface SeatHost {
	/** A desktop to which nobody has logged on yet. */
	makeDesktop(seat: SeatModel): DesktopModel;
	storeHint(hint: StartHint): void;
	/** Something went wrong that no answer waits for. */
	report(error: unknown): void;
	/** Whether the PC is Vitrine's own: then it is the PC that is restarted and shut down, and there is no tab. */
	readonly hasWholePc: boolean;
	/** Whether the PC does one thing alone: then no desktop stands before its system does. */
	readonly isAppliance?: boolean;
	/** Starts the page anew, or the PC. */
	restart(): void;
	/** Ends all processes and closes the volume; then shuts down the PC where it is Vitrine's own. */
	shutDown(): Promise<void>;
}

export interface SeatDesktop {
	readonly key: number;
	readonly desktop: DesktopModel;
	/** Absent while nobody has logged on to it. */
	readonly session: SessionInfo | undefined;
}

/** Somebody who has been given an account just now, with what proves them. */
export interface Newcomer {
	readonly name: string;
	/** A process of theirs. */
	readonly system: System;
	readonly credential: Credential;
}

export class SeatModel {
	readonly logon = new LogonModel((entrance) => this.#show(entrance.session.id));
	readonly #host: SeatHost;
	readonly #changes = new Emitter<void>();
	readonly #connection = Promise.withResolvers<System>();
	#desktops: readonly SeatDesktop[] = [];
	#keys = 0;
	#screen: SeatScreen;
	/** The session that is to be shown, as soon as its desktop is there. */
	#wanted: number | undefined;
	#newcomer: Newcomer | undefined;

	/** `expected` is what the page has painted already. */
	constructor(host: SeatHost, expected: StartHint['screen']) {
		this.#host = host;
		this.#screen = expected;
		// Stands before its system does, so that it takes input early.
		if (expected === 'desktop' && host.isAppliance !== true) this.#addDesktop();
	}

	get hasWholePc(): boolean {
		return this.#host.hasWholePc;
	}

	get screen(): SeatScreen {
		return this.#screen;
	}

	get desktops(): readonly SeatDesktop[] {
		return this.#desktops;
	}

	/** The desktop that is shown. */
	get active(): DesktopModel | undefined {
		if (this.#screen !== 'desktop') return undefined;
		return this.#desktops.find(({ session }) => session?.id === this.#wanted)?.desktop;
	}

	/** The first person, while they are given their recovery code. */
	get newcomer(): Newcomer | undefined {
		return this.#newcomer;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** The logon screen's process is there. */
	async connect(system: System): Promise<void> {
		const people = await this.logon.connect(system);
		this.#connection.resolve(system);
		this.#keepHint(people);
		if (people.length === 0) this.#setScreen('set-up');
		else this.#begin(await system.sessionList());
		void this.#follow(system);
	}

	/** Somebody has logged on; `system` is their desktop's process. */
	async addSession(session: SessionInfo, system: System): Promise<void> {
		const spare = this.#desktops.find((candidate) => candidate.session === undefined) ?? this.#addDesktop();
		const taken = { ...spare, session };
		this.#desktops = this.#desktops.map((candidate) => (candidate === spare ? taken : candidate));
		if (this.#wanted === undefined && this.#screen === 'desktop') this.#wanted = session.id;
		this.#changes.fire();
		await spare.desktop.connect(system, session);
	}

	/** Makes the first account and lets it in. Rejects with what the system has to say against it. */
	async setUp(person: Pick<NewAccount, 'name' | 'hint'>, password: string): Promise<void> {
		const system = await this.#connection.promise;
		const credential = passwordCredential(password);
		const account: NewAccount = { ...person, kind: 'administrator', password: credential.secret, mustChange: false };
		const sid = await system.accountCreate(account);
		const session = await system.logon(sid, credential);
		this.#keepHint(await this.logon.refresh());
		if (password === '') this.#show(session.id);
		else await this.#welcome(session, credential);
	}

	/** The recovery code was kept, or is left for later. */
	finishSetUp(): void {
		this.#newcomer = undefined;
		this.#setScreen('desktop');
	}

	/** Covers the desktop; its person comes back by what proves them. `people`: anybody may come in now. */
	lock(shown: 'person' | 'people' = 'person'): void {
		const entry = this.#desktops.find(({ session }) => session?.id === this.#wanted);
		if (entry?.session === undefined || this.#screen !== 'desktop') return;
		this.#cover(shown === 'person' ? entry.session.account : undefined);
		void this.#lockSession(entry.desktop);
	}

	/** Names of the people who are logged on beside the one of `desktop`. */
	othersThan(desktop: DesktopModel | undefined): readonly string[] {
		return this.#desktops.flatMap((entry) =>
			entry.desktop === desktop || entry.session === undefined ? [] : [entry.session.name],
		);
	}

	/** Ends everything; what the desktops keep is on the volume before. */
	async shutDown(): Promise<void> {
		await this.flush();
		await this.#host.shutDown();
		this.#setScreen('off');
	}

	async restart(): Promise<void> {
		await this.flush();
		this.#host.restart();
	}

	async flush(): Promise<void> {
		await Promise.all(this.#desktops.map(({ desktop }) => desktop.flush()));
	}

	/** From here on what happens to windows is no longer a session's. */
	stopRecording(): void {
		for (const { desktop } of this.#desktops) desktop.stopRecording();
	}

	/** The desktop in which a process of the session `id` shows its window. */
	desktopOf(id: number): DesktopModel | undefined {
		return this.#desktops.find(({ session }) => session?.id === id)?.desktop;
	}

	async #welcome(session: SessionInfo, credential: Credential): Promise<void> {
		this.#wanted = session.id;
		const { desktop } = await this.#waitForSession(session.id);
		this.#newcomer = { name: session.name, system: await desktop.ready, credential };
		this.#setScreen('recovery');
	}

	#waitForSession(id: number): Promise<SeatDesktop> {
		return new Promise((resolve) => {
			const look = () => {
				const entry = this.#desktops.find(({ session }) => session?.id === id);
				if (entry === undefined) return;
				subscription.dispose();
				resolve(entry);
			};
			const subscription = this.#changes.event(look);
			look();
		});
	}

	#addDesktop(): SeatDesktop {
		const added = { key: ++this.#keys, desktop: this.#host.makeDesktop(this), session: undefined };
		this.#desktops = [...this.#desktops, added];
		return added;
	}

	#show(id: number): void {
		this.#wanted = id;
		this.#setScreen('desktop');
	}

	#cover(sid: string | undefined): void {
		const { active } = this;
		active?.popups.close();
		active?.menu.close();
		if (sid === undefined) this.logon.back();
		else this.logon.choose(sid);
		this.#wanted = undefined;
		this.#setScreen('logon');
	}

	async #lockSession(desktop: DesktopModel): Promise<void> {
		try {
			await (await desktop.ready).sessionLock();
			await this.logon.refresh();
		} catch (error) {
			this.#reportUnlessEnded(error);
		}
	}

	/** Shows who has logged on by themselves, else the logon screen. */
	#begin(sessions: readonly SessionInfo[]): void {
		const active = sessions.find(({ state }) => state === 'active');
		if (active === undefined) this.#setScreen('logon');
		else this.#show(active.id);
	}

	/** Hears what happens to sessions, by whomever. */
	async #follow(system: System): Promise<void> {
		try {
			for (;;) await this.#hear(await system.sessionNext());
		} catch (error) {
			this.#reportUnlessEnded(error);
		}
	}

	async #hear({ kind, session }: SessionEvent): Promise<void> {
		const isShown = session.id === this.#wanted && this.#screen === 'desktop';
		if (kind === 'locked' && isShown) this.#cover(session.account);
		if (kind === 'ended') this.removeSession(session.id);
		this.#keepHint(await this.logon.refresh());
	}

	/** A session has ended, and with it its desktop. */
	removeSession(id: number): void {
		const entry = this.#desktops.find(({ session }) => session?.id === id);
		if (entry === undefined) return;
		const isShown = id === this.#wanted;
		entry.desktop.dispose();
		this.#desktops = this.#desktops.filter((candidate) => candidate !== entry);
		if (isShown) this.#cover(undefined);
		else this.#changes.fire();
	}

	#keepHint(people: readonly AccountInfo[]): void {
		this.#host.storeHint(hintFor(people));
	}

	#setScreen(screen: SeatScreen): void {
		this.#screen = screen;
		this.#changes.fire();
	}

	/** When the system is shut down, or another tab has it, its answers stay away. */
	#reportUnlessEnded(error: unknown): void {
		if (!(error instanceof OsError && error.code === 'ECANCELED')) this.#host.report(error);
	}
}
