/** What stands at a path, links not followed, and folders with all below them. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { NodeStatus } from '#abi/structures.generated.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';

/** Does something with a handle of the root, below which every absolute path stands. */
export function fromRoot<T>(
	system: WaitingSystemCalls,
	path: string,
	wanted: number,
	action: (root: number, below: string) => T,
): T {
	const root = system.directoryOpen('/', wanted | rights.walk);
	try {
		const below = path.replace(/^\/+/, '');
		return action(root, below === '' ? '.' : below);
	} finally {
		system.handleClose(root);
	}
}

/** ENOENT when nothing stands there. */
export function statusAt(system: WaitingSystemCalls, path: string, follow = false): NodeStatus {
	return fromRoot(system, path, 0, (root, below) => system.atStatus(root, below, follow));
}

export function findStatus(system: WaitingSystemCalls, path: string, follow = false): NodeStatus | undefined {
	try {
		return statusAt(system, path, follow);
	} catch (error) {
		if (error instanceof OsError && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
		throw error;
	}
}

export function readLink(system: WaitingSystemCalls, path: string): string {
	return fromRoot(system, path, 0, (root, below) => system.atReadLink(root, below));
}
