/** Opening and saving: a modal window with the file dialog in it. */
import { createElement, lazy } from 'react';
import type { FileDialogOptions } from '#runtime/window-program.ts';
import { Deferred } from '../deferred.tsx';
import type { DesktopModel } from '../desktop-model.ts';

const FileDialog = lazy(() => import('../files/file-dialog.tsx'));

/** Resolves to the path chosen, or `undefined` when the person chose none. */
export async function openFileDialog(
	desktop: DesktopModel,
	ownerId: string,
	mode: 'open' | 'save',
	options: FileDialogOptions,
): Promise<string | undefined> {
	await desktop.ready;
	const { files } = desktop;
	if (files === undefined) return undefined;
	return new Promise((resolve) => {
		let chosen: string | undefined;
		const handle = desktop.windows.open({
			title: options.title,
			icon: 'folder-open',
			content: null,
			size: { width: 640, height: 440 },
			minimumSize: { width: 420, height: 300 },
			ownerId,
		});
		handle.onClosed(() => resolve(chosen));
		handle.setContent(
			createElement(
				Deferred,
				null,
				createElement(FileDialog, {
					mode,
					options,
					files,
					onDone: (path: string | undefined) => {
						chosen = path;
						handle.close();
					},
				}),
			),
		);
	});
}
