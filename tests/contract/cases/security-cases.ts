/** Attacks on what belongs to somebody else: files, folders, processes, and the rights to them. */
import { accessRights, aceFlags, fullAccess, modifyAccess, readAccess } from '#abi/access.ts';
import { openFlags } from '#abi/open-flags.ts';
import { directoryRights, rights } from '#abi/rights.ts';
import type { AccessEntry, SecurityChange } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { bytes, ensure, equal, fails, text } from './assertions.ts';
import type { ContractCase, Machine, TestProcess } from './machine.ts';

const everyone = 'S-1-1-0';
const administrators = 'S-1-5-32-544';
const users = 'S-1-5-32-545';
const ownerRights = 'S-1-3-4';
const creatorOwner = 'S-1-3-0';
/** Somebody else of this computer. */
const ben = 'S-1-5-21-1-2-3-1002';
const below = aceFlags.objectInherit | aceFlags.containerInherit;

const entry = (kind: AccessEntry['kind'], sid: string, mask: number, flags = 0): AccessEntry => ({
	kind,
	sid,
	rights: mask,
	flags,
});
const allow = (sid: string, mask: number, flags = 0): AccessEntry => entry('allow', sid, mask, flags);
const deny = (sid: string, mask: number, flags = 0): AccessEntry => entry('deny', sid, mask, flags);
const onlyFor = (...entries: AccessEntry[]): SecurityChange => ({ access: { entries }, protected: true });

/** A program of the owner for everyday work: no administrator. */
async function startStandard(machine: Machine): Promise<TestProcess> {
	const { privileges } = await machine.system.tokenRead(0);
	return machine.start({ restriction: { privileges, groups: [administrators] } });
}

/** What belongs to somebody else and is closed: `ben/secret`, with `ben/inner/secret`. */
async function makeBens(machine: Machine): Promise<string> {
	const { system, folder } = machine;
	const bens = `${folder}/ben`;
	await system.pathMakeDirectory(bens);
	await system.pathMakeDirectory(`${bens}/inner`);
	await system.pathWrite(`${bens}/secret`, bytes('Ben’s own'), 'create-new');
	await system.pathWrite(`${bens}/inner/secret`, bytes('deeper'), 'create-new');
	const closed = onlyFor(allow(ben, fullAccess, below), allow(administrators, fullAccess, below));
	for (const path of ['/inner/secret', '/inner', '/secret', ''])
		await system.securityChange(bens + path, { owner: ben });
	await system.securityChange(bens, closed);
	return bens;
}

const foreignCases: ContractCase[] = [
	{
		title: 'another’s file is neither read, written, listed, told of nor changed by any path',
		async run(machine) {
			const bens = await makeBens(machine);
			const { system } = await startStandard(machine);
			const secret = `${bens}/secret`;
			const attempts: Record<string, () => Promise<unknown>> = {
				read: () => system.pathRead(secret, 100),
				open: () => system.fileOpen(secret, 'open', rights.read),
				'open to write': () => system.fileOpen(secret, 'open', rights.write),
				empty: () => system.fileOpen(secret, 'replace', rights.write),
				write: () => system.pathWrite(secret, bytes('x'), 'replace'),
				stat: () => system.pathStat(secret),
				list: () => system.pathList(bens, '', 10),
				'make a file': () => system.pathWrite(`${bens}/new`, bytes('x'), 'create-new'),
				'make a folder': () => system.pathMakeDirectory(`${bens}/new`),
				unlink: () => system.pathUnlink(secret),
				'remove a tree': () => system.pathRemoveTree(bens),
				'move out': () => system.pathRename(secret, `${machine.folder}/mine`, false),
				'move in': () => system.pathRename(`${bens}/inner`, `${bens}/other`, false),
				copy: () => system.pathCopy(secret, `${machine.folder}/mine`),
				'set times': () => system.pathSetTimes(secret, 0),
				'set attributes': () => system.pathSetAttributes(secret, 1),
				watch: () => system.watchOpen(bens, true),
				'find the spelling': () => system.pathResolve(`${bens}/SECRET`),
				'read permissions': () => system.securityRead(secret),
				'change permissions': () => system.securityChange(secret, onlyFor(allow(everyone, fullAccess))),
				'take ownership': () => system.securityChange(secret, { owner: ben }),
				'start it': () => system.processSpawn(secret, { arguments: [], environment: [], workingDirectory: '/' }),
				'ask what others may': () => system.securityCheck(secret, { user: ben, groups: [] }, 1),
			};
			for (const [what, attempt] of Object.entries(attempts)) await fails('EACCES', attempt(), what);
			equal(text(await machine.system.pathRead(secret, 100)), 'Ben’s own', 'the file afterwards');
		},
	},
	{
		title: 'a refusal says which folder and why',
		async run(machine) {
			const bens = await makeBens(machine);
			const { system } = await startStandard(machine);
			const message = await system.pathRead(`${bens}/secret`, 9).catch((error: Error) => error.message);
			ensure(String(message).includes(`${bens}: nothing allows passing through`), `a reason, not ${message}`);
		},
	},
	{
		title: 'a hard link gives no access, and none is made to another’s file',
		async run(machine) {
			const { folder } = machine;
			const shared = `${folder}/shared`;
			await machine.system.pathMakeDirectory(shared);
			await machine.system.pathWrite(`${shared}/secret`, bytes('Ben’s own'), 'create-new');
			await machine.system.securityChange(shared, onlyFor(allow(users, fullAccess)));
			await machine.system.securityChange(`${shared}/secret`, {
				...onlyFor(allow(ben, fullAccess), allow(administrators, fullAccess)),
				owner: ben,
			});
			const directory = await machine.system.directoryOpen(shared, directoryRights);
			await machine.system.atAddName(directory, 'secret', false, directory, 'link');
			const { system } = await startStandard(machine);
			const mine = await system.directoryOpen(shared, directoryRights);
			await fails('EACCES', system.atAddName(mine, 'secret', false, mine, 'mine'), 'making a link');
			for (const name of ['secret', 'link']) await fails('EACCES', system.atOpen(mine, name, 0, rights.read), name);
			await machine.system.handleClose(directory);
		},
	},
	{
		title: 'a file that was moved into one’s own folder stays another’s, whatever the folder hands down then',
		async run(machine) {
			const { folder } = machine;
			const shared = `${folder}/shared`;
			await machine.system.pathMakeDirectory(shared);
			await machine.system.pathWrite(`${shared}/secret`, bytes('Ben’s own'), 'create-new');
			// Whoever may delete in the folder may move its files away, as everywhere.
			await machine.system.securityChange(shared, onlyFor(allow(users, fullAccess)));
			await machine.system.securityChange(`${shared}/secret`, {
				owner: ben,
				access: { entries: [allow(ben, fullAccess), allow(administrators, fullAccess)] },
			});
			const { system } = await startStandard(machine);
			await system.pathMakeDirectory(`${shared}/mine`);
			await system.pathRename(`${shared}/secret`, `${shared}/mine/secret`, false);
			await fails('EACCES', system.pathRead(`${shared}/mine/secret`, 100), 'reading it there');
			const { user } = await system.tokenRead(0);
			equal(
				await system.securityChange(`${shared}/mine`, onlyFor(allow(user, fullAccess, below))),
				0,
				'things below that changed',
			);
			await fails('EACCES', system.pathRead(`${shared}/mine/secret`, 100), 'reading it after that');
			await fails('EACCES', system.securityInherit(`${shared}/mine/secret`), 'taking what is handed down');
		},
	},
	{
		title: 'searching and counting pass over what may not be listed',
		async run(machine) {
			await makeBens(machine);
			const { system } = await startStandard(machine);
			equal(
				(await system.pathSearch(machine.folder, 'secret', 10)).map(({ path }) => path),
				[],
				'what is found',
			);
			const usage = await system.pathUsage(machine.folder);
			equal([usage.files, usage.bytes], [0, 0], 'what is counted');
		},
	},
	{
		title: 'a watch of all below a folder tells nothing of what may not be listed',
		async run(machine) {
			const bens = await makeBens(machine);
			const { system } = await startStandard(machine);
			const watch = await system.watchOpen(machine.folder, true);
			await machine.system.pathWrite(`${bens}/inner/new`, bytes('x'), 'create-new');
			await machine.system.pathWrite(`${machine.folder}/open`, bytes('x'), 'create-new');
			equal(
				(await system.watchRead(watch)).map(({ path }) => path),
				[`${machine.folder}/open`],
				'paths told',
			);
		},
	},
	{
		title: 'what another’s program was told is not in /proc, nor in the list of processes',
		async run(machine) {
			const { pid } = await machine.system.processSelf();
			const { system, pid: own } = await startStandard(machine);
			ensure((await system.pathRead(`/proc/${own}/cmdline`, 1000)).length > 0, 'its own to be told');
			// The first process acts for the same account; the system's own would be another's.
			ensure(
				(await system.processList()).some((process) => process.pid === pid),
				'the list to be there',
			);
		},
	},
];

const handleCases: ContractCase[] = [
	{
		title: 'a handle keeps the rights it was opened with, and opening again asks again',
		async run(machine) {
			const path = `${machine.folder}/f`;
			await machine.system.pathWrite(path, bytes('first'), 'create-new');
			await machine.system.securityChange(path, {
				...onlyFor(allow(users, readAccess), allow(administrators, fullAccess)),
				owner: ben,
			});
			const { system } = await startStandard(machine);
			const handle = await system.fileOpen(path, 'open', rights.read);
			await machine.system.securityChange(path, onlyFor(allow(administrators, fullAccess)));
			equal(text(await system.fileRead(handle, 0, 10)), 'first', 'by the handle');
			await fails('EACCES', system.fileOpen(path, 'open', rights.read), 'opening again');
			await fails('EACCES', system.fileWrite(handle, 0, bytes('x')), 'writing by the handle');
			await fails('EACCES', system.handleDuplicate(handle, rights.read | rights.write), 'growing by duplicating');
			await fails('EACCES', system.handleChangeSecurity(handle, onlyFor(allow(everyone, fullAccess))));
			await fails('EACCES', system.handleSetTimes(handle, 0n, 0n), 'setting times');
		},
	},
	{
		title: 'the handle of a folder lists on after a change, but makes and removes names only while that is allowed',
		async run(machine) {
			const path = `${machine.folder}/d`;
			await machine.system.pathMakeDirectory(path);
			await machine.system.pathWrite(`${path}/f`, bytes('x'), 'create-new');
			await machine.system.securityChange(path, onlyFor(allow(users, fullAccess, below)));
			const { system } = await startStandard(machine);
			const handle = await system.directoryOpen(path, directoryRights);
			await machine.system.securityChange(path, onlyFor(allow(administrators, fullAccess, below)));
			equal((await system.directoryRead(handle, '', 10)).names, ['f'], 'names');
			await fails('EACCES', system.atOpen(handle, 'new', openFlags.create, rights.write), 'making a file');
			await fails('EACCES', system.atUnlink(handle, 'f'), 'removing one');
			await fails('EACCES', system.atOpen(handle, 'f', 0, rights.read), 'opening one');
		},
	},
	{
		title: 'a process without the right gets no page of a file, whatever handle it shows',
		async run(machine) {
			const path = `${machine.folder}/f`;
			await machine.system.pathWrite(path, bytes('secret'), 'create-new');
			await machine.system.securityChange(
				path,
				onlyFor(allow(users, accessRights.writeData | accessRights.appendData)),
			);
			const { system } = await startStandard(machine);
			const writer = await system.fileOpen(path, 'open', rights.write);
			await fails('EACCES', system.fileFill(writer, 0, [0]), 'filling by a handle that only writes');
			await fails('EACCES', system.fileRead(writer, 0, 10), 'reading by it');
			const directory = await system.directoryOpen(machine.folder, rights.walk | rights.read | rights.write);
			await fails('EACCES', system.atOpen(directory, 'f', 0, rights.read), 'a handle with a slot');
		},
	},
];

const listCases: ContractCase[] = [
	{
		title: 'what is denied first is denied, an empty list is closed, and only what is handed down does not count here',
		async run(machine) {
			const path = `${machine.folder}/f`;
			await machine.system.pathWrite(path, bytes('x'), 'create-new');
			const { system } = await startStandard(machine);
			const { user } = await system.tokenRead(0);
			const read = () => system.pathRead(path, 10);
			const set = (...entries: AccessEntry[]) => machine.system.securityChange(path, onlyFor(...entries));
			await set(deny(user, accessRights.readData), allow(users, readAccess));
			await fails('EACCES', read(), 'denied before allowed');
			await set(allow(users, readAccess), deny(user, accessRights.readData));
			await read();
			await set();
			await fails('EACCES', read(), 'an empty list');
			await set(allow(users, readAccess, aceFlags.objectInherit | aceFlags.inheritOnly));
			await fails('EACCES', read(), 'an entry that is only handed down');
			await set(deny(administrators, accessRights.readData), allow(users, readAccess));
			await fails('EACCES', read(), 'a group that counts only where it is denied');
		},
	},
	{
		title: 'an owner may change the list of a closed file, unless its rights are bounded',
		async run(machine) {
			const path = `${machine.folder}/f`;
			await machine.system.pathWrite(path, bytes('x'), 'create-new');
			const { system } = await startStandard(machine);
			await machine.system.securityChange(path, onlyFor(allow(ben, fullAccess)));
			await fails('EACCES', system.pathRead(path, 10));
			const { user } = await system.tokenRead(0);
			await system.securityChange(path, onlyFor(allow(user, readAccess)));
			await system.pathRead(path, 10);
			await machine.system.securityChange(path, onlyFor(allow(ownerRights, accessRights.readControl)));
			await fails('EACCES', system.securityChange(path, onlyFor(allow(everyone, fullAccess))));
		},
	},
	{
		title: 'what is made gets what its folder hands down, a change reaches all below, and a move keeps what was',
		async run(machine) {
			const { system, folder } = machine;
			await system.pathMakeDirectory(`${folder}/d`);
			await system.securityChange(
				`${folder}/d`,
				onlyFor(
					allow(administrators, fullAccess, below),
					allow(creatorOwner, fullAccess, below | aceFlags.inheritOnly),
				),
			);
			await system.pathMakeDirectory(`${folder}/d/e`);
			await system.pathWrite(`${folder}/d/e/f`, bytes('x'), 'create-new');
			const { user } = await system.tokenRead(0);
			const made = await system.securityRead(`${folder}/d/e/f`);
			equal(made.owner, user, 'owner');
			equal(
				made.access.map(({ sid, flags }) => [sid, flags]),
				[
					[administrators, aceFlags.inherited],
					[user, aceFlags.inherited],
				],
				'entries of the new file',
			);
			equal(
				await system.securityChange(
					`${folder}/d`,
					onlyFor(allow(users, modifyAccess, below), allow(user, fullAccess, below)),
				),
				2,
				'things below that changed',
			);
			equal((await system.securityRead(`${folder}/d/e/f`)).access[0]?.sid, users, 'the entry handed down');
			await system.pathRename(`${folder}/d/e/f`, `${folder}/f`, false);
			equal((await system.securityRead(`${folder}/f`)).access[0]?.sid, users, 'after a move');
			await system.securityInherit(`${folder}/f`);
			ensure((await system.securityRead(`${folder}/f`)).access[0]?.sid !== users, 'what the new folder hands down');
		},
	},
	{
		title: 'entries that mean nothing are refused',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await system.pathWrite(path, bytes('x'), 'create-new');
			const bad: SecurityChange[] = [
				onlyFor(allow('Anna', readAccess)),
				onlyFor(allow('S-1-5-007', readAccess)),
				onlyFor(allow(users, 0)),
				onlyFor(allow(users, 0x8000_0000)),
				onlyFor(allow(users, readAccess, 0x100)),
				onlyFor(entry('audit', users, readAccess, aceFlags.failedAccess)),
				{ audit: { entries: [allow(users, readAccess)] } },
				{ audit: { entries: [entry('audit', users, readAccess)] } },
				{ owner: 'nobody' },
				onlyFor(...new Array<AccessEntry>(257).fill(allow(users, readAccess))),
			];
			for (const change of bad)
				await fails('EINVAL', system.securityChange(path, change), JSON.stringify(change).slice(0, 60));
		},
	},
	{
		title: 'the answer about somebody else says what they may, and why',
		async run({ system, folder }) {
			const path = `${folder}/f`;
			await system.pathWrite(path, bytes('x'), 'create-new');
			await system.securityChange(path, onlyFor(deny(ben, accessRights.writeData), allow(users, modifyAccess)));
			const who = { user: ben, groups: [users] };
			const write = await system.securityCheck(path, who, accessRights.writeData);
			equal([write.allowed, write.reason], [false, `writing is denied to ${ben}`], 'about writing');
			equal(write.rights, modifyAccess & ~accessRights.writeData, 'all rights');
			equal((await system.securityCheck(path, who, accessRights.readData)).reason, 'allowed to users', 'about reading');
		},
	},
];

const eventSource = 'security';

const auditCases: ContractCase[] = [
	{
		title: 'what is audited is written down with its reason, refused and allowed',
		async run(machine) {
			const path = `${machine.folder}/audited`;
			const { system } = machine;
			await system.pathWrite(path, bytes('x'), 'create-new');
			await system.securityChange(path, onlyFor(allow(administrators, fullAccess), allow(users, readAccess)));
			const both = aceFlags.successfulAccess | aceFlags.failedAccess;
			await system.securityChange(path, {
				audit: { entries: [entry('audit', everyone, accessRights.readData | accessRights.writeData, both)] },
			});
			const standard = await startStandard(machine);
			await fails('EACCES', standard.system.securityChange(path, { audit: { entries: [] } }), 'stopping the audit');
			equal((await standard.system.securityRead(path)).audit, [], 'what is audited, for whom it is not');
			await standard.system.pathRead(path, 10);
			await fails('EACCES', standard.system.pathWrite(path, bytes('y'), 'replace'));
			const messages = (await system.logRead(0, 10_000)).filter(({ source }) => source === eventSource);
			const about = messages.map(({ message }) => message).filter((message) => message.includes(path));
			ensure(
				about.some((message) => message.includes('reading') && message.includes('was allowed')),
				`reading in ${about}`,
			);
			ensure(
				about.some((message) => message.includes('was refused: nothing allows writing')),
				`writing in ${about}`,
			);
		},
	},
];

async function refusesStart(system: System, restriction: { privileges: never[]; groups: string[] }): Promise<void> {
	const options = { arguments: [], environment: [], workingDirectory: '/', restriction };
	await fails('EINVAL', system.processSpawn('sh', options), 'a start with what it does not have');
}

const tokenCases: ContractCase[] = [
	{
		title: 'a token can only shrink, and what was taken counts where it is denied',
		async run(machine) {
			const { system } = await startStandard(machine);
			const token = await system.tokenRead(0);
			equal([token.integrity, token.privileges, token.mayElevate], ['user', [], false], 'the token');
			equal(token.denyOnly, [administrators], 'what counts only where denied');
			await refusesStart(system, { privileges: [], groups: [administrators] });
			await refusesStart(system, { privileges: [], groups: [ben] });
		},
	},
	{
		title: 'a process with fewer rights ends, looks into and is followed by none with more',
		async run(machine) {
			const strong = await machine.start();
			const { system } = await startStandard(machine);
			await fails('EPERM', system.processKill(strong.pid, 'kill'), 'ending it');
			await fails('EPERM', system.tokenRead(strong.pid), 'reading its token');
			await fails('ESRCH', system.tokenRead(999_999), 'one that is not there');
		},
	},
	{
		title: 'no program answers for the person, hears their questions, or asks without a way to more',
		async run(machine) {
			const options = { arguments: [], environment: [], workingDirectory: '/' };
			for (const { system } of [await machine.start(), await startStandard(machine)]) {
				await fails('EPERM', system.elevationNext(), 'listening');
				await fails('EPERM', system.elevationAnswer(1, true), 'answering');
			}
			const { system } = await startStandard(machine);
			await fails('EPERM', system.tokenRequestElevation('sh', options, 'please'), 'asking');
			const mount = { mounts: [] };
			await fails('EINVAL', system.tokenRequestElevation('sh', { ...options, namespace: mount }, 'please'));
		},
	},
];

export const securityCases: readonly ContractCase[] = [
	...foreignCases,
	...handleCases,
	...listCases,
	...auditCases,
	...tokenCases,
];
