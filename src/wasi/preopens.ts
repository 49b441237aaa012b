/**
 * The directories that a program has open when it starts, by the names it knows them under.
 *
 * A program made with wasi-libc has no working directory. It looks for the open directory whose name begins the path, a `/`
 * or `.` at the start of either left out, and takes the longest, of equal ones the last. So the working directory is given as
 * `.` behind all others, and hides the root from such a program. What stands in the root is therefore given by its own name
 * too: `/usr/include` is found, and so is `book.md`. What the working directory has under the same name goes first.
 */
import { OsError } from '#abi/errors.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { isWithin } from '#base/path.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';

export interface Preopen {
	readonly name: string;
	readonly handle: number;
}

/** They are in no listing of the root (`Namespace.attach`). */
const unlisted = ['dev', 'proc'];
const mostNames = 1000;

export function openPreopens(system: WaitingSystemCalls, { mounts, workingDirectory }: ProcessStart): Preopen[] {
	const preopens = mounts.map((path) => ({ name: path, handle: system.directoryOpen(path, directoryRights) }));
	if (!mounts.some((path) => isWithin(workingDirectory, path))) return preopens;
	const current = { name: '.', handle: system.directoryOpen(workingDirectory, directoryRights) };
	if (workingDirectory !== '/' && mounts.includes('/'))
		for (const name of namesInRoot(system)) {
			const path = `/${name}`;
			if (mounts.includes(path) || exists(system, current.handle, name)) continue;
			const handle = tryOpen(system, path);
			if (handle !== undefined) preopens.push({ name: path, handle });
		}
	return [...preopens, current];
}

function namesInRoot(system: WaitingSystemCalls): string[] {
	const root = system.directoryOpen('/', rights.list);
	const { names, kinds } = system.directoryRead(root, '', mostNames);
	system.handleClose(root);
	return [...names.filter((_, index) => kinds[index] === 1), ...unlisted];
}

function exists(system: WaitingSystemCalls, directory: number, name: string): boolean {
	try {
		system.atStatus(directory, name, false);
		return true;
	} catch (error) {
		return passMiss(error) ?? false;
	}
}

/** What the program may not open it is not given. */
function tryOpen(system: WaitingSystemCalls, path: string): number | undefined {
	try {
		return system.directoryOpen(path, directoryRights);
	} catch (error) {
		return passMiss(error);
	}
}

function passMiss(error: unknown): undefined {
	if (!(error instanceof OsError)) throw error;
	return undefined;
}
