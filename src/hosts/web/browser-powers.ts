/**
 * What a browser lends every page and no desktop needs: each of these would put a window, a dialog or a bar of the browser over
 * the desktop, or take the desktop away.
 *
 * Rules of use: once, by the page of a PC; a page in a tab keeps them all. `tests/ways-out` tries each with the real Chromium.
 */

const nothing = (): void => undefined;

/** Functions of the window that do nothing from now on, whose callers need not know. */
const silenced = ['open', 'alert', 'confirm', 'prompt', 'print', 'close', 'moveTo', 'moveBy', 'resizeTo', 'resizeBy'];

/** What is not there from now on, so that who asks whether it is there hears no. */
const removed = [
	...['showOpenFilePicker', 'showSaveFilePicker', 'showDirectoryPicker', 'documentPictureInPicture', 'EyeDropper'],
	...['PaymentRequest', 'queryLocalFonts', 'getScreenDetails', 'Notification'],
];

export function giveUpBrowserPowers(): void {
	for (const name of silenced) Object.defineProperty(globalThis, name, { value: nothing });
	for (const name of removed) Object.defineProperty(globalThis, name, { value: undefined });
	// Its file chooser shows the files of the system below, or a bar that says that it may not.
	const { click } = HTMLElement.prototype;
	HTMLInputElement.prototype.click = function (this: HTMLInputElement) {
		if (this.type !== 'file') click.call(this);
	};
	HTMLInputElement.prototype.showPicker = nothing;
	Object.defineProperty(Navigator.prototype, 'registerProtocolHandler', { value: nothing });
}
