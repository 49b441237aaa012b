/** The volume of sounds, kept in the session. Programs that play follow `gain`. */
import type { SoundVolume } from '#runtime/window-program.ts';
import type { SessionStore } from '../session/session-store.ts';

export class SoundModel implements SoundVolume {
	readonly #session: SessionStore;

	constructor(session: SessionStore) {
		this.#session = session;
	}

	/** 0 to 1. */
	get level(): number {
		return this.#session.record.soundLevel;
	}

	get muted(): boolean {
		return this.#session.record.soundMuted;
	}

	get gain(): number {
		return this.muted ? 0 : this.level;
	}

	readonly subscribe = (listener: () => void): (() => void) => this.#session.subscribe(listener);

	/** Also ends being muted. */
	setLevel(level: number): void {
		this.#session.update({ soundLevel: Math.min(1, Math.max(0, level)), soundMuted: false });
	}

	toggleMuted(): void {
		this.#session.update({ soundMuted: !this.muted });
	}
}
