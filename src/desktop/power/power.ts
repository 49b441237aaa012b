/**
 * Leaving Vitrine. Programs with unsaved changes are asked by name; everything kept is flushed; nothing is ever
 * deleted. At the next start the windows come back.
 */
import { Emitter } from '#base/emitter.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { openMessageBox } from '../shell/message-box-window.ts';

export type PowerState = 'on' | 'ending' | 'off';

export class Power {
	readonly #desktop: DesktopModel;
	readonly #changes = new Emitter<void>();
	#state: PowerState = 'on';

	constructor(desktop: DesktopModel) {
		this.#desktop = desktop;
	}

	get state(): PowerState {
		return this.#state;
	}

	readonly subscribe = (listener: () => void): (() => void) => {
		const subscription = this.#changes.event(listener);
		return () => subscription.dispose();
	};

	async restart(): Promise<void> {
		if (await this.#end()) this.#desktop.host.restart();
	}

	/** For a key that closes windows and found none: it may have been pressed once too often. */
	async askToShutDown(): Promise<void> {
		const answer = await openMessageBox(this.#desktop.windows, {
			title: 'Shut down',
			message: 'Shut down Vitrine?',
			detail: 'What is open comes back at the next start.',
			kind: 'question',
			buttons: ['Shut down', 'Cancel'],
		});
		if (answer === 'Shut down') await this.shutDown();
	}

	async shutDown(): Promise<void> {
		if (!(await this.#end())) return;
		await this.#desktop.host.shutDown();
		this.#setState('off');
	}

	/** Asks the programs, then writes what the desktop keeps. `false` when one wants to stay open. */
	async #end(): Promise<boolean> {
		if (this.#state !== 'on') return false;
		this.#setState('ending');
		const { windows } = this.#desktop;
		for (const { id } of windows.windows) {
			if (await windows.mayClose(id)) continue;
			this.#setState('on');
			return false;
		}
		// The session keeps the windows as they are now; what happens to them from here on is the end.
		this.#desktop.stopRecording();
		await this.#desktop.flush();
		return true;
	}

	#setState(state: PowerState): void {
		this.#state = state;
		this.#changes.fire();
	}
}
