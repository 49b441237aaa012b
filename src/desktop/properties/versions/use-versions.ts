/** The previous versions of what Properties is about: of a file its own, of a folder those of files that were deleted in it. */
import { useEffect, useState } from 'react';
import type { PreviousVersion } from '#abi/structures.generated.ts';
import { baseName, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { explainError } from '../../files/failure-words.ts';
import type { PropertiesSubject } from '../properties-page.ts';

export interface ListedVersion {
	/** The number of the version as text. */
	readonly key: string;
	/** Where its file is, or was. */
	readonly path: string;
	readonly name: string;
	readonly isDeleted: boolean;
	readonly version: PreviousVersion;
}

export type VersionsState =
	| { readonly kind: 'loading' }
	| { readonly kind: 'failed'; readonly reason: string }
	| { readonly kind: 'known'; readonly versions: readonly ListedVersion[] };

/** Looks again whenever `subject` is another. */
export function useVersions({ files, paths, stats }: PropertiesSubject): VersionsState {
	const [state, setState] = useState<VersionsState>({ kind: 'loading' });
	const path = paths[0] ?? '/';
	const isFolder = stats[0]?.kind === 'directory';
	// biome-ignore lint/correctness/useExhaustiveDependencies: new stats say that something was changed.
	useEffect(() => {
		let isShown = true;
		const listed = isFolder ? listDeleted(files.system, path) : listOf(files.system, path);
		listed.then(
			(versions) => isShown && setState({ kind: 'known', versions }),
			(error: unknown) => isShown && setState({ kind: 'failed', reason: explainError(error) }),
		);
		return () => {
			isShown = false;
		};
	}, [files, path, isFolder, stats]);
	return state;
}

async function listOf(system: System, path: string): Promise<ListedVersion[]> {
	const name = baseName(path);
	const versions = await system.versionList(path);
	return versions.map((version) => ({ key: String(version.id), path, name, isDeleted: false, version }));
}

async function listDeleted(system: System, folder: string): Promise<ListedVersion[]> {
	const deleted = await system.versionListDeleted(folder);
	return deleted.flatMap(({ name, versions }) =>
		versions.map((version) => ({
			key: String(version.id),
			...{ path: joinPath(folder, name), name, isDeleted: true, version },
		})),
	);
}
