/** The desktop as the program of one window sees it: dialogs are modal to that window. */
import type { FileDialogOptions, MessageDialog, Shell } from '#runtime/window-program.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { keyboardReach } from '../keyboard/keyboard-reach.ts';
import type { Notification } from '../notifications/notifications.ts';
import { describeShortcuts } from '../shortcuts.ts';
import type { WindowHandle } from '../windows/window-state.ts';
import { openFileDialog } from './file-dialog-window.ts';
import { openMessageBox } from './message-box-window.ts';

export class WindowShell implements Shell {
	readonly #desktop: DesktopModel;
	readonly #window: WindowHandle;

	constructor(desktop: DesktopModel, window: WindowHandle) {
		this.#desktop = desktop;
		this.#window = window;
	}

	get folders() {
		const { folders } = this.#desktop;
		if (folders === undefined) throw new Error('No program runs before somebody has logged on.');
		return folders;
	}

	get hasWholePc(): boolean {
		return this.#desktop.host.hasWholePc;
	}

	get isAppliance(): boolean {
		return this.#desktop.appliance !== undefined;
	}

	get appearance() {
		return this.#desktop.appearance;
	}

	get sound() {
		return this.#desktop.sound;
	}

	get shortcuts() {
		return describeShortcuts(keyboardReach(this.hasWholePc));
	}

	open(path: string): Promise<void> {
		return this.#desktop.opener.open(path, this.#window.id);
	}

	startProgram(name: string, programArguments: readonly string[]): Promise<number> {
		return this.#desktop.processes.start(name, programArguments);
	}

	ask(dialog: MessageDialog): Promise<string> {
		return openMessageBox(this.#desktop.windows, dialog, this.#window.id);
	}

	pickFile(options: FileDialogOptions): Promise<string | undefined> {
		return openFileDialog(this.#desktop, this.#window.id, 'open', options);
	}

	pickSavePath(options: FileDialogOptions): Promise<string | undefined> {
		return openFileDialog(this.#desktop, this.#window.id, 'save', options);
	}

	async makeWayBack(): Promise<boolean> {
		return (await this.#desktop.files?.encryption.askForWayBack()) ?? false;
	}

	notify(notification: Omit<Notification, 'action'>): void {
		this.#desktop.notifications.notify(notification);
	}
}
