/**
 * The volume of a PC that is an appliance: everything that a session writes stays in memory, but for what it writes into the
 * folders that are kept (ADR 0037).
 *
 * Rules of use: `openApplianceVolume` on the files of the volume, nobody else having them; the kernel is made on `session`, and
 * `mountKeptFolders` puts the kept folders of `kept` over its own. Both are closed when the kernel is shut down.
 *
 * Invariants:
 * - What is not in a kept folder is, at the next start, as it was at this one.
 * - What was acknowledged in a kept folder is on the disk, as in every session: it is written by the same volume.
 */
import { OsError } from '#abi/errors.ts';
import { isWithin, splitPath } from '#base/path.ts';
import type { BlockStore } from '#base/ports.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import type { Namespace } from '#kernel/namespace.ts';
import { findKeptProblem } from '#kernel/pc/kept-folders.ts';
import { openVolume, type VolumeOptions } from '#volume/open-volume.ts';
import { splitStore } from '#volume/split-store.ts';
import { volumeFileNames } from '#volume/volume-storage.ts';

export interface ApplianceVolume {
	readonly session: SystemVolume;
	readonly kept: SystemVolume;
	/** `kept` goes on alone, as an ordinary volume, until it is closed. */
	closeSession(): void;
}

export interface ApplianceOptions extends VolumeOptions {
	/** Paths of the folders that are kept. */
	readonly keptFolders: readonly string[];
	/** Memory that the session may write into. */
	readonly budgetBytes: number;
}

/** Rejects with an `OsError` about the folder that cannot be kept: ENOENT, ENOTDIR, EINVAL. Then the files are free again. */
export async function openApplianceVolume(store: BlockStore, options: ApplianceOptions): Promise<ApplianceVolume> {
	const { live, session: sessionStore, endSession } = await splitStore(store, volumeFileNames, options.budgetBytes);
	const kept = await openVolume(live, options);
	try {
		requireFolders(kept, options.keptFolders);
		// No room on the disk is the session's to keep.
		const session = await openVolume(sessionStore, { ...options, reserveBytes: 0 });
		const closeSession = () => {
			session.close();
			endSession();
		};
		return { session, kept, closeSession };
	} catch (error) {
		kept.close();
		throw error;
	}
}

function requireFolders(kept: FileSystem, paths: readonly string[]): void {
	for (const path of paths) {
		const problem = findKeptProblem(path);
		if (problem !== undefined) throw new OsError('EINVAL', problem);
		findFolder(kept, path);
	}
}

/** Puts each folder of `kept` over the one of the same path. */
export function mountKeptFolders(namespace: Namespace, kept: FileSystem, paths: readonly string[]): void {
	const outermost = paths.filter((path) => !paths.some((other) => other !== path && isWithin(path, other)));
	for (const path of new Set(outermost))
		namespace.mountPlace(path, { fileSystem: kept, inode: findFolder(kept, path), path, readOnly: false });
}

function findFolder(volume: FileSystem, path: string): Inode {
	let inode = volume.root;
	for (const name of splitPath(path)) {
		if (volume.kindOf(inode) !== 'directory') throw new OsError('ENOTDIR', path);
		const next = volume.find(inode, name);
		if (next === undefined) throw new OsError('ENOENT', path);
		inode = next;
	}
	if (volume.kindOf(inode) !== 'directory') throw new OsError('ENOTDIR', path);
	return inode;
}
