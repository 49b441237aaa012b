/** The calls about previous versions of files: `version_*` and `path_erase`. */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { DeletedFile, PreviousVersion, VersionStatus } from '#abi/structures.generated.ts';
import { baseName } from '#base/path.ts';
import { type FileSystem, type Inode, toMilliseconds } from '#fs/file-system.ts';
import type { PreviousVersions, Version } from '#fs/previous-versions.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { Place, Slot } from '../place.ts';
import { mayReadVersion, versionPath } from '../version-files.ts';
import { removeName, requireNewName } from './name-operations.ts';
import { requireWritable } from './open-place.ts';

export type VersionCalls = Pick<
	CallHandlers,
	'version_list' | 'version_list_deleted' | 'version_restore' | 'version_erase' | 'path_erase' | 'version_status'
>;

export function createVersionCalls(kernel: Kernel): VersionCalls {
	return {
		version_list(caller, path) {
			const { place, slot } = kernel.walk(caller, path, true);
			if (place !== undefined) return listOf(kernel, caller, place);
			const { fileSystem, directory, name } = slot as Slot;
			return tell(kernel, caller, fileSystem, name, fileSystem.versions?.listDeleted(directory, name) ?? []);
		},
		version_list_deleted: (caller, path) => listDeleted(kernel, caller, kernel.find(caller, path)),
		version_restore(caller, path, version) {
			const { place, slot } = kernel.walk(caller, path, true);
			if (place === undefined) return restoreDeleted(kernel, caller, slot as Slot, version);
			return restore(kernel, caller, place, version);
		},
		version_erase: (caller, path, version) => erase(kernel, caller, kernel.findSlot(caller, path), version),
		path_erase: (caller, path) => removeName(kernel, caller, kernel.findSlot(caller, path), 'erase'),
		version_status(): VersionStatus {
			kernel.versions.refresh();
			const versions = requireVersions(kernel.volume);
			const { bytes, oldest, versions: count } = versions.usage();
			const status = { versions: count, bytes, quotaBytes: versions.quotaBytes };
			return oldest === undefined ? status : { ...status, oldestTime: oldest };
		},
	};
}

function requireVersions({ versions }: FileSystem): PreviousVersions {
	if (versions === undefined) throw new OsError('ENOTSUP', 'no versions are kept here');
	return versions;
}

function listOf(kernel: Kernel, caller: Caller, place: Place): PreviousVersion[] {
	const { fileSystem, inode, path } = place;
	kernel.access.require(caller.process, place, accessRights.readData);
	if (fileSystem.kindOf(inode) !== 'file') return [];
	return tell(kernel, caller, fileSystem, baseName(path ?? String(inode)), fileSystem.versions?.list(inode) ?? []);
}

function listDeleted(kernel: Kernel, caller: Caller, folder: Place): DeletedFile[] {
	const { fileSystem, inode, path } = folder;
	if (fileSystem.kindOf(inode) !== 'directory') throw new OsError('ENOTDIR', path);
	kernel.access.require(caller.process, folder, accessRights.readData);
	const deleted = fileSystem.versions?.deletedIn(inode) ?? [];
	return deleted
		.map(({ name, versions }) => ({ name, versions: tell(kernel, caller, fileSystem, name, versions) }))
		.filter(({ versions }) => versions.length > 0);
}

/** Those that the caller may read. */
function tell(
	kernel: Kernel,
	{ process }: Caller,
	fileSystem: FileSystem,
	name: string,
	versions: readonly Version[],
): PreviousVersion[] {
	return versions.flatMap(({ inode, kept, reason }) => {
		const found = fileSystem.versions?.find(inode);
		if (found === undefined || !mayReadVersion(kernel, process, found)) return [];
		const { size, modifiedTime } = fileSystem.stat(inode);
		const path = versionPath(inode, name);
		return [{ id: inode, reason, keptTime: kept, modifiedTime: toMilliseconds(modifiedTime), size, path }];
	});
}

/** ENOENT, as if there were none, for a version that the caller may not read. */
function requireReadable(kernel: Kernel, { process }: Caller, versions: PreviousVersions, version: Inode): void {
	const found = versions.find(version);
	if (found === undefined || !mayReadVersion(kernel, process, found)) throw new OsError('ENOENT', `version ${version}`);
}

function restore(kernel: Kernel, caller: Caller, place: Place, version: Inode): Inode {
	const { fileSystem, inode, path } = place;
	const versions = requireVersions(fileSystem);
	if (fileSystem.kindOf(inode) === 'directory') throw new OsError('EISDIR', path);
	kernel.access.require(caller.process, place, accessRights.readData | accessRights.writeData);
	requireWritable(place);
	requireReadable(kernel, caller, versions, version);
	kernel.leases.revoke(fileSystem, inode);
	const held = caller.changes.make(fileSystem, () => versions.restore(inode, version));
	caller.changes.report('changed', path);
	return held;
}

function restoreDeleted(kernel: Kernel, caller: Caller, slot: Slot, version: Inode): 0 {
	const { fileSystem, directory, name, path } = slot;
	const versions = requireVersions(fileSystem);
	requireNewName(slot);
	kernel.access.requireMaking(caller.process, slot, 'file');
	requireReadable(kernel, caller, versions, version);
	caller.changes.make(fileSystem, () => versions.restoreDeleted(directory, name, version));
	caller.changes.report('created', path);
	return 0;
}

function erase(kernel: Kernel, caller: Caller, slot: Slot, version: number): number {
	const { fileSystem, directory, name, inode, path, readOnly } = slot;
	const versions = requireVersions(fileSystem);
	if (readOnly) throw new OsError('EROFS', path ?? name);
	if (inode === undefined) kernel.access.require(caller.process, folderOf(slot), accessRights.deleteChild);
	else kernel.access.requireRemoving(caller.process, slot);
	const { changes } = caller;
	if (version === 0 && inode !== undefined) return changes.make(fileSystem, () => versions.purge(inode));
	if (version === 0) return changes.make(fileSystem, () => versions.purgeDeleted(directory, name));
	const all = inode === undefined ? versions.listDeleted(directory, name) : versions.list(inode);
	if (!all.some((found) => found.inode === version)) throw new OsError('ENOENT', `version ${version}`);
	changes.make(fileSystem, () => versions.erase(version));
	return 1;
}

function folderOf({ fileSystem, directory }: Slot): Pick<Place, 'fileSystem' | 'inode' | 'path'> {
	return { fileSystem, inode: directory, path: undefined };
}
