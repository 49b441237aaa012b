/**
 * The windows that belong to files but to no program: properties, the backup of keys, and the transfers under way.
 *
 * A transfer gets its window when it has run for a second, asks something, or ended with failures; quick ones show
 * nothing. The window closes by itself when nothing is left to show. It never takes the focus from somebody who types:
 * then it stands minimised in the taskbar, with its progress on the button.
 */
import { createElement, lazy } from 'react';
import { type Disposable, DisposableStore } from '#base/disposable.ts';
import { baseName } from '#base/path.ts';
import { Deferred } from '../deferred.tsx';
import type { DesktopModel } from '../desktop-model.ts';
import type { WayBackWish } from '../encryption/encryption-actions.ts';
import type { WindowHandle } from '../windows/window-state.ts';
import type { DesktopFiles, PropertiesWish } from './desktop-files.ts';
import { formatCount } from './format.ts';
import type { Transfer } from './transfer.ts';

const KeyBackup = lazy(() => import('../encryption/key-backup.tsx'));
const Properties = lazy(() => import('../properties/properties.tsx'));
const Transfers = lazy(() => import('./transfers.tsx'));

const showAfterMs = 1000;
const transfersSize = { width: 460, height: 190 };

export class FileWindows implements Disposable {
	readonly #desktop: DesktopModel;
	readonly #files: DesktopFiles;
	readonly #owned = new DisposableStore();
	#transfers: WindowHandle | undefined;
	/** Questions and lists of failures that the person has been called to. */
	readonly #announced = new WeakSet<object>();
	#look: ReturnType<typeof setTimeout> | undefined;

	constructor(desktop: DesktopModel, files: DesktopFiles) {
		this.#desktop = desktop;
		this.#files = files;
		this.#owned.add(files.propertiesWanted.event((wish) => this.#showProperties(wish)));
		this.#owned.add(files.encryption.wayBackWanted.event((wish) => this.#showKeyBackup(wish)));
		this.#owned.add(files.transfers.onChange(() => this.#update()));
		this.#owned.defer(() => clearTimeout(this.#look));
		this.#owned.defer(() => this.#transfers?.close());
	}

	dispose(): void {
		this.#owned.dispose();
	}

	#showProperties({ paths, page }: PropertiesWish): void {
		const [only] = paths;
		if (only === undefined) return;
		const what = paths.length === 1 ? baseName(only) || 'Computer' : formatCount(paths.length, 'item');
		const handle = this.#desktop.windows.open({
			title: `Properties of ${what}`,
			icon: 'info',
			content: null,
			size: { width: 520, height: 600 },
			minimumSize: { width: 400, height: 420 },
		});
		const content = createElement(Properties, {
			files: this.#files,
			paths,
			page,
			open: this.#desktop.openPath,
			startProgram: this.#desktop.launch,
			onClose: () => handle.close(),
		});
		handle.setContent(createElement(Deferred, null, content));
	}

	/** Before the first encryption. Closing it is an answer too. */
	#showKeyBackup({ settle }: WayBackWish): void {
		let isProved = false;
		const handle = this.#desktop.windows.open({
			title: 'A way back to encrypted files',
			icon: 'lock',
			content: null,
			size: { width: 500, height: 470 },
			resizable: false,
		});
		handle.onClosed(() => settle(isProved));
		const content = createElement(KeyBackup, {
			files: this.#files,
			onDone: () => {
				isProved = true;
				handle.close();
			},
			onClose: () => handle.close(),
		});
		handle.setContent(createElement(Deferred, null, content));
	}

	#update(): void {
		const shown = this.#files.transfers.transfers.filter(isWorthShowing);
		if (shown.length === 0) this.#transfers?.close();
		else this.#transfers ??= this.#openTransfers();
		this.#transfers?.setTitle(titleOf(shown));
		this.#transfers?.setProgress(progressOf(shown));
		for (const transfer of shown) this.#callAttention(transfer);
		this.#lookLater();
	}

	/** A question or a failure comes to the front, unless the person is busy with something else: then it waits. */
	#callAttention(transfer: Transfer): void {
		const matter = transfer.question ?? (transfer.ended ? transfer.failures : undefined);
		if (matter === undefined || this.#announced.has(matter)) return;
		this.#announced.add(matter);
		if (isBusyElsewhere()) this.#transfers?.requestAttention();
		else this.#transfers?.focus();
	}

	#openTransfers(): WindowHandle {
		const handle = this.#desktop.windows.open({
			minimized: isBusyElsewhere(),
			title: 'File operations',
			icon: 'files',
			content: createElement(
				Deferred,
				null,
				createElement(Transfers, {
					queue: this.#files.transfers,
					isShown: isWorthShowing,
					onMeasured: (height: number) => handle.resizeContent({ width: transfersSize.width, height }),
				}),
			),
			size: transfersSize,
			resizable: false,
			closeGuard: async () => {
				for (const transfer of this.#files.transfers.transfers) {
					transfer.cancel();
					this.#files.transfers.dismiss(transfer);
				}
				return true;
			},
		});
		handle.onClosed(() => {
			this.#transfers = undefined;
		});
		return handle;
	}

	/** A transfer that says nothing for a while still becomes worth showing. */
	#lookLater(): void {
		if (this.#look !== undefined || this.#files.transfers.transfers.length === 0) return;
		this.#look = setTimeout(() => {
			this.#look = undefined;
			this.#update();
		}, showAfterMs / 4);
	}
}

/** Whether the person types, or works in the window of another program. */
function isBusyElsewhere(): boolean {
	const active = document.activeElement;
	if (active?.matches('input, textarea, [contenteditable="true"]') === true) return true;
	const window = active?.closest('[data-window]');
	return window != null && window.querySelector('.explorer, .transfers') === null;
}

function isWorthShowing(transfer: Transfer): boolean {
	if (transfer.ended) return transfer.failures.length > 0;
	return transfer.state === 'asking' || performance.now() - transfer.startedTime > showAfterMs;
}

function titleOf(transfers: readonly Transfer[]): string {
	const [only] = transfers;
	if (only === undefined) return 'File operations';
	return transfers.length === 1 ? only.title : `${formatCount(transfers.length, 'file operation')}`;
}

function progressOf(transfers: readonly Transfer[]): number | undefined {
	const fractions = transfers.map(({ fraction }) => fraction).filter((fraction) => fraction !== undefined);
	if (fractions.length === 0) return undefined;
	return fractions.reduce((sum, fraction) => sum + fraction, 0) / fractions.length;
}
