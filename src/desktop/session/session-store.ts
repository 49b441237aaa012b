/**
 * What the desktop remembers from one time to the next: the open windows, the sizes of programs, what is pinned to
 * the taskbar and in which order, what was opened last, the volume of sounds.
 *
 * Rules of use:
 * - Changes are put in as a whole part (`update`); the file follows by itself.
 * - `subscribe` tells of every change.
 */
import { Emitter } from '#base/emitter.ts';
import type { KnownFolders } from '#base/known-folders.ts';
import { joinPath } from '#base/path.ts';
import type { Clock } from '#base/ports.ts';
import type { System } from '#runtime/system.ts';
import { SettingsFile } from '../settings/settings-file.ts';
import type { PlacementMemory, RememberedPlacement } from '../windows/window-state.ts';
import { type DesktopRecord, defaultRecord, parseRecord } from './desktop-record.ts';

const mostRecent = 8;

export class SessionStore implements PlacementMemory {
	readonly #file: SettingsFile<DesktopRecord>;
	readonly #changes = new Emitter<void>();
	readonly #touched = new Emitter<void>();

	constructor(clock: Clock, onFailed: (error: unknown) => void) {
		this.#file = new SettingsFile({
			defaults: defaultRecord,
			parse: parseRecord,
			clock,
			onFailed,
		});
	}

	get record(): DesktopRecord {
		return this.#file.value;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	/** Something that the session describes has changed where no window did. */
	touch(): void {
		this.#touched.fire();
	}

	onTouched(listener: () => void): () => void {
		const subscription = this.#touched.event(listener);
		return () => subscription.dispose();
	}

	async load(system: System, folders: KnownFolders): Promise<void> {
		await this.#file.load(system, joinPath(folders.settings, 'desktop.json'));
		this.#changes.fire();
	}

	update(change: Partial<DesktopRecord>): void {
		this.#file.set({ ...this.record, ...change });
		this.#changes.fire();
	}

	flush(): Promise<void> {
		return this.#file.flush();
	}

	find(programName: string): RememberedPlacement | undefined {
		return this.record.placements[programName];
	}

	remember(programName: string, placement: RememberedPlacement): void {
		const before = this.find(programName);
		const same =
			before?.width === placement.width &&
			before.height === placement.height &&
			before.maximized === placement.maximized;
		if (!same) this.update({ placements: { ...this.record.placements, [programName]: placement } });
	}

	/** Puts a file at the head of what its program opened last. */
	addRecent(programName: string, path: string): void {
		const before = this.record.recent[programName] ?? [];
		const recent = [path, ...before.filter((other) => other !== path)].slice(0, mostRecent);
		this.update({ recent: { ...this.record.recent, [programName]: recent } });
	}
}
