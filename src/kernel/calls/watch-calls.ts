/** The calls about watches and events: `watch_*`, `event_*`. */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { Change } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import type { Answer, Caller } from '../caller.ts';
import { EventObject } from '../event-object.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenDirectory } from '../open-node.ts';
import type { Place } from '../place.ts';
import type { Process } from '../process.ts';
import { makeVisible } from '../visible-paths.ts';
import { Watch } from '../watch.ts';

export type WatchCalls = Pick<
	CallHandlers,
	'watch_open' | 'directory_watch' | 'watch_read' | 'event_create' | 'event_set' | 'event_wait'
>;

const noTimeout = 0xffff_ffff;

export function createWatchCalls(kernel: Kernel): WatchCalls {
	return {
		watch_open({ process }, path, recursive) {
			process.handles.requireRoom();
			const place = kernel.find({ process }, path);
			if (place.fileSystem.stat(place.inode).kind !== 'directory') throw new OsError('ENOTDIR', place.path);
			kernel.access.require(process, place, accessRights.readData);
			if (place.path === undefined) throw new OsError('ENOTSUP', 'a folder without a path in the system');
			const shownPath = shownPathOf(process, place, path);
			return process.handles.add(
				kernel.watches.open({ path: place.path, shownPath, recursive, admits: admitting(kernel, process) }),
				rights.wait,
			);
		},
		directory_watch({ process }, handle, recursive) {
			process.handles.requireRoom();
			const directory = process.handles.getOf(handle, OpenDirectory, 'ENOTDIR');
			const { path } = directory;
			if (path === undefined) throw new OsError('ENOTSUP', 'a folder without a path in the system');
			const watch = kernel.watches.open({
				path,
				shownPath: '',
				recursive,
				directory,
				admits: admitting(kernel, process),
			});
			return process.handles.add(watch, rights.wait);
		},
		watch_read: (caller, handle) => readWatch(caller, handle),
		event_create: ({ process }, set) => {
			process.handles.requireRoom();
			return process.handles.add(new EventObject(set), rights.wait | rights.signal);
		},
		event_set: ({ process }, handle, set) => process.handles.getOf(handle, EventObject).change(set),
		event_wait: (caller, handle, timeoutMs) => waitForEvent(kernel, caller, handle, timeoutMs),
	};
}

/** Lets a watch tell only what the process may know. */
function admitting(kernel: Kernel, process: Process): (path: string, watched: string) => boolean {
	return (path, watched) => makeVisible(kernel, process, watched)(path);
}

/** What a process calls a place that it has found by `path`: its path in the system, if that leads there for it too. */
function shownPathOf({ namespace, start }: Process, place: Place, path: string): string {
	const seen = place.path === undefined ? undefined : namespace.tryFind(place.path);
	const isSame = seen?.inode === place.inode && seen.fileSystem === place.fileSystem;
	return isSame && place.path !== undefined ? place.path : resolvePath(start.workingDirectory, path);
}

function readWatch({ process }: Caller, handle: number): Answer<Change[]> {
	const watch = process.handles.getOf(handle, Watch);
	const changes = watch.take();
	if (changes.length > 0) return changes;
	const wait = process.handles.waitOn<Change[]>(handle);
	watch.admit(wait);
	return wait;
}

function waitForEvent(kernel: Kernel, { process }: Caller, handle: number, timeoutMs: number): Answer<void> {
	const event = process.handles.getOf(handle, EventObject);
	if (event.isSet) return;
	const wait = process.handles.waitOn<void>(handle);
	event.admit(wait);
	if (timeoutMs !== noTimeout) {
		const cancel = kernel.clock.after(timeoutMs, () => wait.reject(new OsError('ETIMEDOUT')));
		wait.whenOver(cancel);
	}
	return wait;
}
