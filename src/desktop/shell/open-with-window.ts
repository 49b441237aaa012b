/** "Open with": the person chooses a program for a file that nothing else speaks for. */
import { createElement, lazy } from 'react';
import { baseName } from '#base/path.ts';
import { Deferred } from '../deferred.tsx';
import type { DesktopModel } from '../desktop-model.ts';

const OpenWith = lazy(() => import('./open-with.tsx'));

/** Resolves to the name of the program, or `undefined` when the person chose none. */
export function openOpenWith(desktop: DesktopModel, path: string, ownerId?: string): Promise<string | undefined> {
	return new Promise((resolve) => {
		let chosen: string | undefined;
		const handle = desktop.windows.open({
			title: 'Open with',
			icon: 'program',
			content: null,
			size: { width: 420, height: 380 },
			resizable: false,
			ownerId,
		});
		handle.onClosed(() => resolve(chosen));
		handle.setContent(
			createElement(
				Deferred,
				null,
				createElement(OpenWith, {
					fileName: baseName(path),
					programs: desktop.programs.programsForFiles(),
					onChoose: (name: string | undefined) => {
						chosen = name;
						handle.close();
					},
				}),
			),
		);
	});
}
