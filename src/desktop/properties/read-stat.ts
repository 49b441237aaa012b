/** What is known of a file or folder, also of one whose attributes the person may not read: what its folder tells of it. */
import { OsError } from '#abi/errors.ts';
import type { Stat } from '#abi/structures.generated.ts';
import { baseName, directoryName } from '#base/path.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';

/** Of a link itself, not of what it points to. What a folder does not tell is as for something that was just made. */
export async function readStat(system: System, path: string): Promise<Stat> {
	try {
		return await system.pathStatLink(path);
	} catch (error) {
		if (!(error instanceof OsError && error.code === 'EACCES')) throw error;
		const listed = await findListed(system, path);
		if (listed === undefined) throw error;
		return listed;
	}
}

async function findListed(system: System, path: string): Promise<Stat | undefined> {
	const entries = await listDirectory(system, directoryName(path));
	const entry = entries.find(({ name }) => name === baseName(path));
	if (entry === undefined) return undefined;
	const { inode, kind, size, attributes, modifiedTime } = entry;
	return {
		...{ inode, kind, size, attributes, modifiedTime },
		links: 1,
		changedTime: modifiedTime,
		createdTime: modifiedTime,
	};
}
