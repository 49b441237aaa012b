/** Keeps the open windows in the session, and opens them again at the next start. */
import { type Disposable, toDisposable } from '#base/disposable.ts';
import type { DesktopModel } from '../desktop-model.ts';
import type { WindowSnapshot } from '../windows/window-state.ts';
import type { SessionWindow } from './desktop-record.ts';

function describeWindow(desktop: DesktopModel, window: WindowSnapshot): SessionWindow[] {
	const { programName, processId, ownerId } = window;
	if (programName === undefined || processId === undefined || ownerId !== undefined) return [];
	return [
		{
			program: programName,
			arguments: desktop.processes.restartArguments(processId),
			bounds: window.normalBounds,
			placement: window.placement === 'full-screen' ? 'normal' : window.placement,
			minimized: window.minimized,
		},
	];
}

/** Follows the windows until disposed. */
export function recordSession(desktop: DesktopModel): Disposable {
	const record = () => {
		const ordered = [...desktop.windows.windows].sort((one, other) => one.order - other.order);
		const windows = ordered.flatMap((window) => describeWindow(desktop, window));
		if (JSON.stringify(windows) !== JSON.stringify(desktop.session.record.windows)) desktop.session.update({ windows });
	};
	const stops = [desktop.windows.subscribe(record), desktop.session.onTouched(record)];
	record();
	return toDisposable(() => {
		for (const stop of stops) stop();
	});
}

/** Starts the programs of the last session, each window where it was; one that fails does not hinder the others. */
export async function restoreSession(desktop: DesktopModel): Promise<void> {
	const known = desktop.session.record.windows.filter((window) => desktop.programs.find(window.program) !== undefined);
	const openedBefore = desktop.windows.windows.length;
	const ids = await Promise.all(
		known.map((window) => desktop.processes.startAt(window.program, window.arguments, window).catch(() => undefined)),
	);
	// The programs load in any order; bring the stack back unless the person has opened something meanwhile.
	const opened = ids.filter((id) => id !== undefined);
	if (desktop.windows.windows.length !== openedBefore + opened.length) return;
	for (const id of opened) if (desktop.windows.find(id)?.minimized === false) desktop.windows.focus(id);
}
