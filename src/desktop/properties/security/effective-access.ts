/**
 * What somebody may do with a file or folder, and why or why not: the table of effective permissions, and what a person would
 * lose by a change of their own.
 *
 * Invariant: every answer is that of the kernel's own check (`security/access-check.ts`) over the descriptors given; also of
 * the folders on the way, because who may not pass through one of them gets at nothing below.
 */
import { accessRights } from '#abi/access.ts';
import { baseName } from '#base/path.ts';
import { checkAccess } from '#security/access-check.ts';
import type { AccessControlEntry, SecurityDescriptor } from '#security/security-descriptor.ts';
import type { Token } from '#security/token.ts';
import { type Deed, deedsOf, type Subject } from './access-words.ts';

/** A folder on the way to the thing; its descriptor where the person may read it. */
export interface FolderOnTheWay {
	readonly path: string;
	readonly descriptor: SecurityDescriptor | undefined;
}

export interface AccessSituation {
	readonly subject: Subject;
	readonly descriptor: SecurityDescriptor;
	/** From the folder that holds it up to `/`. */
	readonly above: readonly FolderOnTheWay[];
	nameOf(sid: string): string;
	/** The folder that an entry comes from; `undefined` for one of its own, or when that is not known. */
	sourceOf(entry: AccessControlEntry): string | undefined;
}

export interface EffectiveDeed {
	readonly words: string;
	readonly allowed: boolean;
	/** A sentence part: `allowed to users, by the folder “Programs”`. */
	readonly reason: string;
}

export interface EffectiveAccess {
	readonly deeds: readonly EffectiveDeed[];
	/** The folder that lets nobody of theirs through, with the reason. */
	readonly barrier: { readonly path: string; readonly reason: string } | undefined;
	/** A folder on the way whose permissions the person may not see, so that nothing is known about passing it. */
	readonly unknown: string | undefined;
}

export function effectiveAccess(token: Token, situation: AccessSituation): EffectiveAccess {
	const barrier = findBarrier(token, situation);
	const deeds = deedsOf(situation.subject).map((deed): EffectiveDeed => {
		if (barrier === undefined) return { words: deed.words, ...decideDeed(token, situation, deed) };
		return { words: deed.words, allowed: false, reason: `the folder ${nameFolder(barrier.path)} is closed` };
	});
	const unknown = situation.above.find(({ descriptor }) => descriptor === undefined)?.path;
	return { deeds, barrier, unknown };
}

export interface Losses {
	readonly reading: boolean;
	readonly changing: boolean;
	readonly permissions: boolean;
}

/** What the holder of the token can do before and no longer after. */
export function findLosses(token: Token, before: SecurityDescriptor, after: SecurityDescriptor): Losses {
	const loses = (desired: number) =>
		checkAccess(token, before, { desired }).allowed && !checkAccess(token, after, { desired }).allowed;
	return {
		reading: loses(accessRights.readData),
		changing: loses(accessRights.writeData),
		permissions: loses(accessRights.writeDacl),
	};
}

function decideDeed(
	token: Token,
	situation: AccessSituation,
	{ rights }: Deed,
): Pick<EffectiveDeed, 'allowed' | 'reason'> {
	const { descriptor, subject, above } = situation;
	const own = checkAccess(token, descriptor, { desired: rights, subject, nameOf: situation.nameOf });
	const parent = above[0]?.descriptor;
	if (!own.allowed && rights === accessRights.delete && parent !== undefined) {
		const byFolder = checkAccess(token, parent, { desired: accessRights.deleteChild, nameOf: situation.nameOf });
		if (byFolder.allowed)
			return {
				allowed: true,
				reason: `its folder ${nameFolder(above[0]?.path ?? '/')} lets them delete what is in it`,
			};
	}
	const source = own.decidedBy === undefined ? undefined : situation.sourceOf(own.decidedBy);
	return {
		allowed: own.allowed,
		reason: source === undefined ? own.reason : `${own.reason}, by the folder ${nameFolder(source)}`,
	};
}

/** From the top down: what is closed further up is what a person meets first. */
function findBarrier(token: Token, { above, nameOf }: AccessSituation): EffectiveAccess['barrier'] {
	for (const { path, descriptor } of above.toReversed()) {
		if (descriptor === undefined) continue;
		const { allowed, reason } = checkAccess(token, descriptor, {
			desired: accessRights.execute,
			subject: 'directory',
			nameOf,
		});
		if (!allowed) return { path, reason };
	}
	return undefined;
}

export function nameFolder(path: string): string {
	return path === '/' ? '“Computer”' : `“${baseName(path)}”`;
}
