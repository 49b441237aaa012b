/**
 * Following a directory's changes.
 *
 * Rules of use:
 * - Resolves when the watch is open: every change made after that is told.
 * - `dispose` ends it; no listener is called afterwards.
 */
import { OsError } from '#abi/errors.ts';
import type { Change } from '#abi/structures.generated.ts';
import { type Disposable, toDisposable } from '#base/disposable.ts';
import type { System } from './system.ts';

export interface WatchOptions {
	readonly path: string;
	readonly recursive?: boolean;
	readonly onChanges: (changes: readonly Change[]) => void;
	/** The watch cannot go on. Not called after `dispose` or the end of the process. */
	readonly onFailed?: (error: unknown) => void;
}

export async function watchDirectory(system: System, options: WatchOptions): Promise<Disposable> {
	const handle = await system.watchOpen(options.path, options.recursive ?? false);
	let disposed = false;
	const follow = async (): Promise<void> => {
		while (!disposed) {
			const changes = await system.watchRead(handle);
			if (!disposed) options.onChanges(changes);
		}
	};
	const over = (error: unknown): boolean => disposed || (error instanceof OsError && error.code === 'ECANCELED');
	follow().catch((error: unknown) => {
		if (!over(error)) options.onFailed?.(error);
	});
	return toDisposable(() => {
		disposed = true;
		system.handleClose(handle).catch((error: unknown) => {
			if (!over(error)) options.onFailed?.(error);
		});
	});
}
