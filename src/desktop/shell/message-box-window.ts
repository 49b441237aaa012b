/** Message boxes: a modal window with a question and buttons. */
import { createElement, lazy } from 'react';
import type { MessageDialog } from '#runtime/window-program.ts';
import { Deferred } from '../deferred.tsx';
import type { WindowManager } from '../windows/window-manager.ts';

const MessageBox = lazy(() => import('./message-box.tsx'));

/** Resolves to the label of the button chosen. */
export function openMessageBox(windows: WindowManager, dialog: MessageDialog, ownerId?: string): Promise<string> {
	const cancel = dialog.cancelButton ?? dialog.buttons.at(-1) ?? '';
	return new Promise((resolve) => {
		let answer = cancel;
		const handle = windows.open({
			title: dialog.title,
			icon: (ownerId === undefined ? undefined : windows.find(ownerId)?.icon) ?? 'vitrine',
			content: null,
			size: estimateSize(dialog),
			resizable: false,
			ownerId,
			role: 'alertdialog',
		});
		handle.onClosed(() => resolve(answer));
		handle.setContent(
			createElement(
				Deferred,
				null,
				createElement(MessageBox, {
					dialog,
					onMeasured: (height: number) => handle.resizeContent({ width: messageBoxWidth, height }),
					onAnswer: (label: string) => {
						answer = label;
						handle.close();
					},
				}),
			),
		);
	});
}

const messageBoxWidth = 440;

/** Near enough that the window hardly changes when its text has been measured. */
function estimateSize({ message, detail = '' }: MessageDialog) {
	const lines = Math.ceil(message.length / 46) + Math.ceil(detail.length / 52);
	return { width: messageBoxWidth, height: 100 + lines * 21 };
}
