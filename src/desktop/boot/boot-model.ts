/** How the start goes, as the page shows it. */
import { Emitter } from '#base/emitter.ts';

export type BootState =
	| { readonly state: 'opening' }
	| { readonly state: 'open-elsewhere' }
	| { readonly state: 'ready' }
	| { readonly state: 'taken-over' }
	/** The system is not to start: a person looks after the volume. */
	| { readonly state: 'recovery' }
	| { readonly state: 'failed'; readonly message: string }
	| { readonly state: 'unsupported'; readonly missing: readonly string[] };

export interface BootHost {
	takeOver(): void;
	/** Copies the stored files to a folder that the person chooses; tells how many. */
	saveVolume(): Promise<number | undefined>;
	/** Makes a volume of an exported file, which counts from the next start; tells how many of its pages are damaged. */
	restoreVolume(file: File, onProgress: (fraction: number) => void): Promise<number>;
	/** Volumes that were here before a restore. */
	listOtherVolumes(): Promise<string[]>;
	takeVolume(name: string): Promise<void>;
	removeVolume(name: string): Promise<void>;
}

export class BootModel {
	readonly #changes = new Emitter<void>();
	readonly #host: BootHost;
	#state: BootState = { state: 'opening' };

	constructor(host: BootHost) {
		this.#host = host;
	}

	get state(): BootState {
		return this.#state;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	set(state: BootState): void {
		if (state.state === 'open-elsewhere' && takeWish()) {
			this.takeOver();
			return;
		}
		this.#state = state;
		this.#changes.fire();
	}

	/** Takes the volume from the tab that has it. */
	takeOver(): void {
		this.set({ state: 'opening' });
		this.#host.takeOver();
	}

	restoreVolume(file: File, onProgress: (fraction: number) => void): Promise<number> {
		return this.#host.restoreVolume(file, onProgress);
	}

	listOtherVolumes(): Promise<string[]> {
		return this.#host.listOtherVolumes();
	}

	takeVolume(name: string): Promise<void> {
		return this.#host.takeVolume(name);
	}

	removeVolume(name: string): Promise<void> {
		return this.#host.removeVolume(name);
	}

	/** Saves what is stored, for a volume that cannot be opened; resolves to a sentence that says how it went. */
	async saveVolume(): Promise<string> {
		try {
			const count = await this.#host.saveVolume();
			return count === undefined ? '' : `${count} files have been saved.`;
		} catch (error) {
			return `The files could not be saved: ${error instanceof Error ? error.message : error}`;
		}
	}
}

/** Loads the page again; it then takes the volume without another question. */
export function reloadToTakeOver(): void {
	history.replaceState({ takeOver: true }, '');
	location.reload();
}

/** Whether the page was loaded again to take over; it holds once. */
function takeWish(): boolean {
	const wished = (history.state as { takeOver?: boolean } | null)?.takeOver === true;
	if (wished) history.replaceState(null, '');
	return wished;
}
