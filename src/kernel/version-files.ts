/**
 * `/.versions/NUMBER/NAME`: a previous version of a file, where every program can open and read it, and change nothing.
 *
 * Invariant: nothing stands there for a process that may not read the version, or the file or folder it is of; whoever asks is
 * the process whose call is being answered.
 */
import { accessRights, executeAccess, readAccess } from '#abi/access.ts';
import type { Inode } from '#fs/file-system.ts';
import type { FoundVersion } from '#fs/previous-versions.ts';
import { SyntheticFileSystem, type SyntheticNode } from '#fs/synthetic-file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { sids } from '#security/sid.ts';
import type { Kernel } from './kernel.ts';
import type { Place } from './place.ts';
import type { Process } from './process.ts';

const folderName = '.versions';
const pattern = /^\/\.versions\/([1-9]\d*)\/[^/]+$/;

/** Where a version can be read, under the name that its file has or had. */
export function versionPath(version: Inode, name: string): string {
	return `/${folderName}/${version}/${name}`;
}

/** Whether a process may read a version: by what it was allowed then, and by what is allowed now. */
export function mayReadVersion({ access, volume }: Kernel, process: Process, version: FoundVersion): boolean {
	const at = (inode: Inode) => ({ fileSystem: volume, inode, path: undefined });
	const { of } = version;
	if (!access.allows(process, at(version.inode), accessRights.readData)) return false;
	if ('file' in of) return access.allows(process, at(of.file), accessRights.readData);
	return access.allows(process, at(of.directory), accessRights.readData | accessRights.execute);
}

export function attachVersionFiles(kernel: Kernel, caller: () => number): void {
	const { volume, clock, namespace } = kernel;
	const { versions } = volume;
	if (versions === undefined) return;
	const findVersion = (text: string): Inode | undefined => {
		const found = /^[1-9]\d{0,15}$/.test(text) ? versions.find(Number(text)) : undefined;
		const process = kernel.processes.all.find(({ pid }) => pid === caller());
		if (found === undefined || process === undefined || !mayReadVersion(kernel, process, found)) return undefined;
		return found.inode;
	};
	const file: SyntheticNode = { kind: 'file', text: () => '' };
	// Under any name: a file may have been renamed since somebody was told of its version.
	const version: SyntheticNode = { kind: 'directory', entries: () => new Map(), find: () => file };
	const top: SyntheticNode = {
		...{ kind: 'directory', entries: () => new Map() },
		find: (name) => (findVersion(name) === undefined ? undefined : version),
	};
	const lead = ({ path }: Place): Place | undefined => {
		const inode = findVersion(pattern.exec(path ?? '')?.[1] ?? '');
		return inode === undefined ? undefined : { fileSystem: volume, inode, path, readOnly: true };
	};
	namespace.attach(folderName, new SyntheticFileSystem(top, clock, lookOnly), lead);
}

const lookOnly = formatDescriptor({
	owner: sids.system,
	group: sids.system,
	dacl: [{ type: 'allow', flags: 0, mask: readAccess | executeAccess, sid: sids.everyone }],
	sacl: [],
	isProtected: true,
});
