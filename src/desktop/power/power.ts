/**
 * Leaving Vitrine. Programs with unsaved changes are asked by name; everything kept is flushed; nothing is ever
 * deleted. At the next start, or the next logon, the windows come back.
 */
import { OsError } from '#abi/errors.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { openMessageBox } from '../shell/message-box-window.ts';

export class Power {
	readonly #desktop: DesktopModel;
	#isEnding = false;

	constructor(desktop: DesktopModel) {
		this.#desktop = desktop;
	}

	async restart(): Promise<void> {
		if ((await this.#othersMayEnd('Restart')) && (await this.#end())) await this.#desktop.host.restart();
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
		if ((await this.#othersMayEnd('Shut down')) && (await this.#end())) await this.#desktop.host.shutDown();
	}

	/** Ends this person's session, after asking its programs. */
	async logOff(): Promise<void> {
		if (!(await this.#end())) return;
		const system = await this.#desktop.ready;
		try {
			await system.sessionLogOff(0);
		} catch (error) {
			// The desktop's own process ends with the session, before it can be answered.
			if (!(error instanceof OsError && error.code === 'ECANCELED')) throw error;
		}
	}

	/** The programs of others cannot be asked: their people are not here. */
	async #othersMayEnd(title: string): Promise<boolean> {
		const { host, windows } = this.#desktop;
		const others = host.othersLoggedOn();
		if (others.length === 0) return true;
		const names = new Intl.ListFormat('en-GB').format(others);
		const answer = await openMessageBox(windows, {
			title,
			message: `${names} ${others.length === 1 ? 'is' : 'are'} still logged on. ${title} all the same?`,
			detail: 'What is not saved in their programs is lost.',
			kind: 'warning',
			buttons: [title, 'Cancel'],
			defaultButton: 'Cancel',
		});
		return answer === title;
	}

	/** Asks the programs, then writes what the desktop keeps. `false` when one wants to stay open. */
	async #end(): Promise<boolean> {
		if (this.#isEnding) return false;
		this.#isEnding = true;
		const { windows } = this.#desktop;
		for (const { id } of windows.windows) {
			if (await windows.mayClose(id)) continue;
			this.#isEnding = false;
			return false;
		}
		// The session keeps the windows as they are now; what happens to them from here on is the end.
		this.#desktop.stopRecording();
		await this.#desktop.flush();
		return true;
	}
}
