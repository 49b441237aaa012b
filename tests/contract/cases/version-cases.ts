/** Previous versions through system calls: what is kept, who sees it, how it comes back, and what must not be kept. */
import { fullAccess, readAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { PreviousVersion } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { bytes, ensure, equal, fails, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

const administrators = 'S-1-5-32-544';
const users = 'S-1-5-32-545';
const interval = '/machine/versions/interval-seconds';

/** A file system in memory keeps none. */
async function keepsVersions(system: System): Promise<boolean> {
	try {
		await system.versionStatus();
		return true;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOTSUP') return false;
		throw error;
	}
}

/** A case in which every change keeps a version; where none are kept, that nothing is told of any. */
function versionCase(title: string, run: (machine: Machine) => Promise<void>): ContractCase {
	return {
		title,
		async run(machine) {
			const { system, folder } = machine;
			if (!(await keepsVersions(system))) {
				await system.pathWrite(`${folder}/a`, bytes('one'), 'create-new');
				await system.pathWrite(`${folder}/a`, bytes('two'), 'replace');
				equal(await system.versionList(`${folder}/a`), [], 'versions where none are kept');
				return;
			}
			await system.settingChange([{ key: interval, value: { type: 'integer', number: 0 } }], undefined);
			try {
				await run(machine);
			} finally {
				await system.settingChange([{ key: interval }], undefined);
			}
		},
	};
}

const contentOf = async (system: System, path: string): Promise<string> => text(await system.pathRead(path, 1000));

/** What the versions hold, the newest first. */
async function contentsOf(system: System, versions: readonly PreviousVersion[]): Promise<string[]> {
	return Promise.all(versions.map(({ path }) => contentOf(system, path)));
}

const reasonsOf = (versions: readonly PreviousVersion[]): string[] => versions.map(({ reason }) => reason);

export const versionCases: readonly ContractCase[] = [
	versionCase('the first change after a file was opened keeps what it held, and no other', async (machine) => {
		const { system, folder } = machine;
		const path = `${folder}/letter.txt`;
		await system.pathWrite(path, bytes('first'), 'create-new');
		equal(await system.versionList(path), [], 'versions of a new file');
		for (const words of ['second', 'third']) {
			const handle = await system.fileOpen(path, 'open', rights.write);
			for (const [at, letter] of [...words].entries()) await system.fileWrite(handle, at, bytes(letter));
			await system.fileTruncate(handle, words.length);
			await system.handleClose(handle);
		}
		await system.pathWrite(path, bytes('fourth'), 'replace');
		const versions = await system.versionList(path);
		equal(await contentsOf(system, versions), ['third', 'second', 'first'], 'contents');
		equal(reasonsOf(versions), ['changed', 'changed', 'changed'], 'reasons');
		equal(versions[1]?.size, 6, 'size');
		const handle = await system.fileOpen(path, 'open', rights.read | rights.write);
		await system.handleClose(handle);
		equal((await system.versionList(path)).length, 3, 'versions after opening without a change');
	}),
	versionCase('versions go with their file, and to the file that replaces it', async (machine) => {
		const { system, folder } = machine;
		const [path, moved, saved] = [`${folder}/a`, `${folder}/b`, `${folder}/saving`];
		await system.pathWrite(path, bytes('one'), 'create-new');
		await system.pathWrite(path, bytes('two'), 'replace');
		await system.pathRename(path, moved, false);
		await system.pathWrite(saved, bytes('three'), 'create-new');
		await system.pathRename(saved, moved, true);
		const versions = await system.versionList(moved);
		equal(await contentsOf(system, versions), ['two', 'one'], 'contents');
		equal(reasonsOf(versions), ['replaced', 'changed'], 'reasons');
	}),
	versionCase('a deleted file is told of by its folder, and is there again as it was', async (machine) => {
		const { system, folder } = machine;
		const path = `${folder}/gone.txt`;
		await system.pathWrite(path, bytes('one'), 'create-new');
		await system.pathWrite(path, bytes('two'), 'replace');
		await system.pathUnlink(path);
		const [deleted, ...others] = await system.versionListDeleted(folder);
		equal(others.length, 0, 'other deleted files');
		equal(deleted?.name, 'gone.txt', 'name');
		const versions = deleted?.versions ?? [];
		equal(await contentsOf(system, versions), ['two', 'one'], 'contents');
		equal(await system.versionRestore(path, versions[0]?.id ?? 0), 0, 'the held version');
		equal(await contentOf(system, path), 'two', 'content');
		equal(await contentsOf(system, await system.versionList(path)), ['one'], 'versions of it');
		equal(await system.versionListDeleted(folder), [], 'deleted files');
	}),
	versionCase('restoring is taken back by restoring what it has kept', async ({ system, folder }) => {
		const path = `${folder}/a`;
		await system.pathWrite(path, bytes('one'), 'create-new');
		await system.pathWrite(path, bytes('another'), 'replace');
		const [first] = await system.versionList(path);
		const held = await system.versionRestore(path, first?.id ?? 0);
		equal(await contentOf(system, path), 'one', 'restored');
		const again = await system.versionRestore(path, held);
		equal(await contentOf(system, path), 'another', 'taken back');
		equal(await contentOf(system, `/.versions/${again}/a`), 'one', 'what it held between');
		await fails('ENOENT', system.versionRestore(path, 4_000_000_000), 'a version that is not there');
		await system.pathWrite(`${folder}/b`, bytes('b'), 'create-new');
		await fails('ENOENT', system.versionRestore(`${folder}/b`, held), 'a version of another file');
	}),
	versionCase('a version is opened by its path, copied, and changed by nobody', async ({ system, folder }) => {
		const path = `${folder}/a.txt`;
		await system.pathWrite(path, bytes('one'), 'create-new');
		await system.pathWrite(path, bytes('two'), 'replace');
		const [version] = await system.versionList(path);
		ensure(version !== undefined, 'a version');
		await fails('EROFS', system.fileOpen(version.path, 'open', rights.write), 'opening it to write');
		await fails('EACCES', system.pathWrite(version.path, bytes('x'), 'replace'), 'writing it');
		await fails('EROFS', system.pathSetAttributes(version.path, 2), 'its attributes');
		await system.pathCopy(version.path, `${folder}/copy`);
		await system.pathWrite(`${folder}/copy`, bytes('changed'), 'replace');
		equal(await contentOf(system, version.path), 'one', 'the version after its copy was changed');
	}),
	versionCase(
		'erasing leaves no version, of a file, of what was deleted, or of a folder',
		async ({ system, folder }) => {
			const inner = `${folder}/inner`;
			await system.pathMakeDirectory(inner);
			for (const path of [`${folder}/a`, `${folder}/b`, `${inner}/c`]) {
				await system.pathWrite(path, bytes('secret'), 'create-new');
				await system.pathWrite(path, bytes('more'), 'replace');
			}
			const [kept] = await system.versionList(`${folder}/a`);
			const handle = await system.fileOpen(`${folder}/a`, 'open', rights.write);
			await system.pathErase(`${folder}/a`);
			await system.handleClose(handle);
			await system.pathUnlink(`${folder}/b`);
			equal(await system.versionErase(`${folder}/b`, 0), 2, 'versions of what was deleted');
			await system.pathErase(inner);
			equal(await system.versionListDeleted(folder), [], 'deleted files');
			await fails('ENOENT', system.pathRead(kept?.path ?? '', 100), 'a version of what was erased');
			await system.pathWrite(`${folder}/a`, bytes('new'), 'create-new');
			equal(await system.versionList(`${folder}/a`), [], 'versions of a new file of that name');
		},
	),
	versionCase('who may not read a file reads no version of it, not even by guessing its number', async (machine) => {
		const { system, folder } = machine;
		const path = `${folder}/a`;
		await system.pathWrite(path, bytes('one'), 'create-new');
		await system.securityChange(path, {
			access: {
				entries: [
					{ kind: 'allow', sid: administrators, rights: fullAccess, flags: 0 },
					{ kind: 'allow', sid: users, rights: readAccess, flags: 0 },
				],
			},
			protected: true,
		});
		await system.pathWrite(path, bytes('two'), 'replace');
		const [open] = await system.versionList(path);
		const { privileges, user } = await system.tokenRead(0);
		const program = await machine.start({ restriction: { privileges, groups: [administrators] } });
		ensure(user !== '', 'a user');
		equal((await program.system.versionList(path)).length, 1, 'versions while they may read');
		// The file is closed to them: what it held while it was open is too.
		await system.securityChange(path, {
			access: { entries: [{ kind: 'allow', sid: administrators, rights: fullAccess, flags: 0 }] },
			owner: administrators,
		});
		await fails('EACCES', program.system.versionList(path), 'listing');
		await fails('ENOENT', program.system.pathRead(open?.path ?? '', 100), 'reading by the path from before');
		// It is opened again: what it held while it was closed stays closed.
		await system.pathWrite(path, bytes('three'), 'replace');
		await system.securityChange(path, {
			access: { entries: [{ kind: 'allow', sid: users, rights: readAccess, flags: 0 }] },
		});
		const seen = await contentsOf(program.system, await program.system.versionList(path));
		equal(seen, ['one'], 'what they see');
		const [closed] = await system.versionList(path);
		await fails('ENOENT', program.system.pathRead(closed?.path ?? '', 100), 'reading what was closed then');
		await fails('EACCES', program.system.versionRestore(path, open?.id ?? 0), 'restoring without the right to write');
	}),
	versionCase('of what the settings leave out nothing is kept', async ({ system, folder }) => {
		for (const name of ['work.tmp', 'events.log', '~$draft']) {
			const path = `${folder}/${name}`;
			await system.pathWrite(path, bytes('one'), 'create-new');
			await system.pathWrite(path, bytes('two'), 'replace');
			equal(await system.versionList(path), [], `versions of ${name}`);
			await system.pathUnlink(path);
		}
		equal(await system.versionListDeleted(folder), [], 'deleted files');
	}),
];
