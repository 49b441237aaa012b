/** The draft of the Security tab with its undo, and what it would come to. */
import { useMemo, useState } from 'react';
import { accessRights } from '#abi/access.ts';
import { checkAccess } from '#security/access-check.ts';
import type { SecurityDescriptor } from '#security/security-descriptor.ts';
import { findLosses } from './effective-access.ts';
import { descriptorOf, draftOf, type PermissionsDraft, previewOf } from './permissions-draft.ts';
import type { Permissions } from './use-permissions.ts';

export interface Drafting {
	readonly draft: PermissionsDraft;
	/** What the kernel would store. */
	readonly preview: SecurityDescriptor;
	/** How the person would lock themselves out; `undefined` when they would not. */
	readonly warning: string | undefined;
	/** Changing them takes the rights of an administrator. */
	readonly needsAdministrator: boolean;
	readonly canUndo: boolean;
	change(draft: PermissionsDraft): void;
	undo(): void;
}

export function usePermissionsDraft(permissions: Permissions): Drafting {
	const { place, people } = permissions;
	const [drafts, setDrafts] = useState<readonly PermissionsDraft[]>(() => [draftOf(place.stored)]);
	const [stored, setStored] = useState(place.stored);
	if (stored !== place.stored) {
		// They were stored, or read anew: what was edited before is over.
		setStored(place.stored);
		setDrafts([draftOf(place.stored)]);
	}
	const draft = drafts.at(-1) as PermissionsDraft;
	const preview = useMemo(() => previewOf(draft, place), [draft, place]);
	const before = useMemo(() => descriptorOf(place.stored), [place]);
	const wanted = draft.owner === place.stored.owner ? accessRights.writeDacl : accessRights.writeOwner;
	return {
		draft,
		preview,
		warning: warningOf(findLosses(people.myToken, before, preview)),
		needsAdministrator: !checkAccess(people.myToken, before, { desired: wanted }).allowed,
		canUndo: drafts.length > 1,
		change: (next) => setDrafts([...drafts, next]),
		undo: () => setDrafts(drafts.length > 1 ? drafts.slice(0, -1) : drafts),
	};
}

function warningOf({ reading, changing, permissions }: ReturnType<typeof findLosses>): string | undefined {
	if (!reading && !changing && !permissions) return undefined;
	const lost = [
		...(reading ? ['open it'] : []),
		...(changing ? ['change it'] : []),
		...(permissions ? ['change these permissions'] : []),
	];
	const what = lost.length > 1 ? `${lost.slice(0, -1).join(', ')} or ${lost.at(-1)}` : lost[0];
	const back = permissions
		? 'Only an administrator could let you in again, by becoming its owner.'
		: 'You could take that back here, because you may still change these permissions.';
	return `You could no longer ${what} yourself. ${back}`;
}
