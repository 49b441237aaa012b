/**
 * Which folder an inherited entry comes from.
 *
 * An entry that was inherited says so, but not from where. It is looked for in the folders above, nearest first: one of them
 * has it as its own and hands it down. None has it when the thing was moved, or the folder changed while this was closed to it.
 */
import { aceFlags } from '#abi/access.ts';
import { sids } from '#abi/well-known-sids.ts';
import type { AccessControlEntry } from '#security/security-descriptor.ts';
import type { Subject } from './access-words.ts';
import type { FolderOnTheWay } from './effective-access.ts';

interface Inheritor {
	readonly subject: Subject;
	readonly owner: string;
	/** From the folder that holds it up to `/`. */
	readonly above: readonly FolderOnTheWay[];
}

/** Path of the folder; `undefined` when it is its own, or none of those above has it. */
export function findSource(entry: AccessControlEntry, { subject, owner, above }: Inheritor): string | undefined {
	if ((entry.flags & aceFlags.inherited) === 0) return undefined;
	for (const { path, descriptor } of above) {
		const giver = descriptor?.dacl?.find((candidate) => handsDown(candidate, entry, subject, owner));
		if (giver === undefined) return undefined;
		if ((giver.flags & aceFlags.inherited) === 0) return path;
	}
	return undefined;
}

function handsDown(giver: AccessControlEntry, entry: AccessControlEntry, subject: Subject, owner: string): boolean {
	const goesOn = subject === 'file' ? aceFlags.objectInherit : aceFlags.objectInherit | aceFlags.containerInherit;
	const isForMaker = giver.sid === sids.creatorOwner && entry.sid === owner;
	return (
		giver.type === entry.type &&
		giver.mask === entry.mask &&
		(giver.sid === entry.sid || isForMaker) &&
		(giver.flags & goesOn) !== 0
	);
}
