/** What the Security tab knows about the chosen files: their permissions, the folders on the way, and who there is. */
import { useEffect, useState } from 'react';
import { OsError } from '#abi/errors.ts';
import type { SecurityDescriptor } from '#abi/structures.generated.ts';
import { directoryName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { explainError } from '../../files/failure-words.ts';
import type { PropertiesSubject } from '../properties-page.ts';
import type { FolderOnTheWay } from './effective-access.ts';
import { findPeople, type People } from './people.ts';
import { descriptorOf, type PermissionsPlace, sameDescriptor } from './permissions-draft.ts';

export interface Permissions {
	/** Of the first path, and of all when they are the same. */
	readonly place: PermissionsPlace;
	/** Of each path. */
	readonly stored: readonly SecurityDescriptor[];
	readonly areSame: boolean;
	/** From the folder that holds the first path up to `/`. */
	readonly above: readonly FolderOnTheWay[];
	readonly people: People;
}

export type PermissionsState =
	| { readonly kind: 'loading' }
	| { readonly kind: 'known'; readonly permissions: Permissions }
	/** The person may not see them. */
	| { readonly kind: 'closed'; readonly people: People; readonly reason: string }
	| { readonly kind: 'failed'; readonly reason: string };

export function usePermissions(subject: PropertiesSubject): PermissionsState {
	const [state, setState] = useState<PermissionsState>({ kind: 'loading' });
	useEffect(() => {
		let isShown = true;
		const load = async () => {
			const next = await readPermissions(subject).catch(
				(error: unknown): PermissionsState => ({ kind: 'failed', reason: explainError(error) }),
			);
			if (isShown) setState(next);
		};
		void load();
		return () => {
			isShown = false;
		};
	}, [subject]);
	return state;
}

async function readPermissions({ files: { system }, paths, stats }: PropertiesSubject): Promise<PermissionsState> {
	const people = await findPeople(system);
	const [path] = paths;
	if (path === undefined) throw new OsError('ENOENT', 'nothing was chosen');
	let stored: SecurityDescriptor[];
	try {
		stored = await Promise.all(paths.map((each) => system.securityRead(each)));
	} catch (error) {
		if (!(error instanceof OsError && error.code === 'EACCES')) throw error;
		return { kind: 'closed', people, reason: reasonOf(error) };
	}
	const [first] = stored as [SecurityDescriptor];
	const folders = await Promise.all(foldersAbove(path).map((folder) => readFolder(system, folder)));
	const subject = stats.every(({ kind }) => kind === 'directory') ? 'directory' : 'file';
	const areSame = stored.every((each) => sameDescriptor(each, first)) && new Set(paths.map(directoryName)).size === 1;
	return {
		kind: 'known',
		permissions: {
			place: { subject, stored: first, above: folders[0]?.read },
			stored,
			areSame,
			above: folders.map(({ path: folder, read }) => ({
				path: folder,
				descriptor: read === undefined ? undefined : descriptorOf(read),
			})),
			people,
		},
	};
}

/** What the kernel said, without the path before it. */
function reasonOf({ detail }: OsError): string {
	return detail.slice(detail.lastIndexOf(': ') + 2);
}

function foldersAbove(path: string): string[] {
	const folders: string[] = [];
	for (let at = path; at !== '/'; ) {
		at = directoryName(at);
		folders.push(at);
	}
	return folders;
}

async function readFolder(
	system: System,
	path: string,
): Promise<{ path: string; read: SecurityDescriptor | undefined }> {
	try {
		return { path, read: await system.securityRead(path) };
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		return { path, read: undefined };
	}
}
