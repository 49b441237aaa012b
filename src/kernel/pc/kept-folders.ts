/** Which folders of the volume an appliance may keep (ADR 0037). */
import { findNameProblem, isWithin, splitPath } from '#base/path.ts';

/** What the system itself writes there belongs to a session as a whole. */
const neverKept = ['/System', '/Recycle Bin', '/Drives', '/dev', '/proc'];

/** Why a folder cannot be kept; `undefined` when it can. */
export function findKeptProblem(path: string): string | undefined {
	const names = splitPath(path);
	const isPlain = path === `/${names.join('/')}` && names.every((name) => findNameProblem(name) === undefined);
	if (!isPlain || names.length === 0) return `“${path}” is not the path of a folder`;
	const taken = neverKept.find((folder) => isWithin(path, folder));
	return taken === undefined ? undefined : `what is in ${taken} cannot be kept`;
}
