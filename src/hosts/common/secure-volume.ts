/**
 * Whose the volume is, and who may do what on it from the start.
 *
 * Rules of use: called at every start, after `seedFolders` and before the first process. A new volume gets the permissions
 * below; so does, once and in one step, one from before there were any: all that stands there becomes the first account's.
 * What has permissions already keeps them.
 *
 * | Folder | Users | Beside administrators and the system, who have everything |
 * |---|---|---|
 * | `/` | look; make files and folders | who makes something has everything there |
 * | `/System` | look | nobody changes it but by an elevated program |
 * | `/Programs` | look and change | old programs write beside themselves |
 * | `/Users` | look | |
 * | `/Users/NAME` | nothing | its person has everything; `kernel/sessions/home-folders.ts` makes it |
 * | `/Users/Public` | look and change | what they share |
 * | `/Recycle Bin` | look | |
 * | `/Recycle Bin/NAME` | nothing | its person has everything; a thing in it keeps the permissions that it had |
 *
 * Invariant: the SID of this computer is made once and stays with the volume, in `/System/machine-sid`; those of
 * accounts are made of it.
 */
import { accessRights, aceFlags, executeAccess, fullAccess, modifyAccess, readAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import {
	firstAccountName,
	publicFolder,
	recycleBins,
	systemFolder,
	systemFolders,
	usersFolder,
} from '#base/known-folders.ts';
import { directoryName, splitPath } from '#base/path.ts';
import type { Log, Random } from '#base/ports.ts';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import { inheritDescriptor } from '#security/inheritance.ts';
import {
	type AccessControlEntry,
	formatDescriptor,
	parseDescriptor,
	type SecurityDescriptor,
} from '#security/security-descriptor.ts';
import { accountSid, firstAccountNumber, makeMachineSid, parseSid, type Sid, sids } from '#security/sid.ts';

const machineSidName = 'machine-sid';
/** Of the person of a volume from before there were accounts. */
const firstHome = `${usersFolder}/${firstAccountName}`;
const look = readAccess | executeAccess;
const everywhere = aceFlags.objectInherit | aceFlags.containerInherit;

export interface SecuredVolume {
	/** Of what the SIDs of this computer's accounts are made. */
	readonly machine: Sid;
	/** Why permissions could not be stored, because the disk is full, say. Then people work without them, as before. */
	readonly problem: OsError | undefined;
}

export function secureVolume(volume: FileSystem, random: Random): SecuredVolume {
	try {
		const machine = ensureMachineSid(volume, random);
		const owner = accountSid(machine, firstAccountNumber);
		const policy = makePolicy(owner);
		if (volume.descriptorOf(volume.root) === undefined) secureTree(volume, policy, owner);
		else secureFolders(volume, policy, owner);
		if (volume.dirty) volume.commit();
		return { machine, problem: undefined };
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		if (volume.dirty) volume.rollback();
		return { machine: makeMachineSid(random.bytes(12)), problem: error };
	}
}

function ensureMachineSid(volume: FileSystem, random: Random): Sid {
	const folder = volume.find(volume.root, systemFolder.slice(1)) ?? volume.root;
	const file = volume.find(folder, machineSidName);
	if (file !== undefined) return parseSid(readText(volume, file).trim());
	const machine = findMachineSid(volume) ?? makeMachineSid(random.bytes(12));
	const made = volume.create(folder, machineSidName, 'file', volume.descriptorOf(folder));
	volume.write(made, 0, new TextEncoder().encode(`${machine}\n`));
	return machine;
}

/** Should the record be lost: what belongs to the owner still says whose it is. */
function findMachineSid(volume: FileSystem): Sid | undefined {
	const home = findPath(volume, firstHome);
	const text = home === undefined ? undefined : volume.descriptorOf(home);
	if (text === undefined) return undefined;
	const { owner } = parseDescriptor(text);
	return owner.startsWith('S-1-5-21-') ? owner.slice(0, owner.lastIndexOf('-')) : undefined;
}

function makePolicy(owner: Sid): ReadonlyMap<string, SecurityDescriptor> {
	const allow = (sid: Sid, mask: number, flags: number = everywhere): AccessControlEntry => ({
		type: 'allow',
		flags,
		mask,
		sid,
	});
	const full = [allow(sids.system, fullAccess), allow(sids.administrators, fullAccess)];
	const makersOwn = allow(sids.creatorOwner, fullAccess, everywhere | aceFlags.inheritOnly);
	const area = (...entries: AccessControlEntry[]): SecurityDescriptor => ({
		owner: sids.system,
		group: sids.system,
		dacl: [...full, ...entries],
		sacl: [],
		isProtected: true,
	});
	const putIn = look | accessRights.writeData | accessRights.appendData;
	return new Map<string, SecurityDescriptor>([
		['/', area(allow(sids.users, look), allow(sids.users, putIn, 0), makersOwn)],
		[systemFolder, area(allow(sids.users, look))],
		['/Programs', area(allow(sids.users, modifyAccess | accessRights.deleteChild), makersOwn)],
		['/Users', area(allow(sids.users, look, 0))],
		[firstHome, { ...area(allow(owner, fullAccess)), owner }],
		[publicFolder, area(allow(sids.users, modifyAccess | accessRights.deleteChild), makersOwn)],
		[recycleBins, area(allow(sids.users, look, 0), makersOwn)],
	]);
}

interface Pending {
	readonly path: string;
	readonly inode: Inode;
	readonly descriptor: SecurityDescriptor;
}

/** Gives each inode that has none the permissions of its folder, or those of the policy. */
function secureTree(volume: FileSystem, policy: ReadonlyMap<string, SecurityDescriptor>, owner: Sid): void {
	const root = policy.get('/') as SecurityDescriptor;
	const pending: Pending[] = [{ path: '', inode: volume.root, descriptor: root }];
	for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
		const { names, inodes } = volume.list(at.inode, '', Number.MAX_SAFE_INTEGER);
		for (const [index, name] of names.entries()) {
			const inode = inodes[index] as number;
			const path = `${at.path}/${name}`;
			const kind = volume.kindOf(inode) === 'directory' ? 'directory' : 'file';
			const inherited = inheritDescriptor(at.descriptor, kind, { owner, group: sids.users });
			const descriptor = policy.get(path) ?? inherited;
			if (volume.descriptorOf(inode) === undefined) volume.setDescriptor(inode, formatDescriptor(descriptor));
			if (kind === 'directory') pending.push({ path, inode, descriptor });
		}
	}
	volume.setDescriptor(volume.root, formatDescriptor(root));
}

/** Folders of the system that were missing and have been made again, or that an older version did not know. */
function secureFolders(volume: FileSystem, policy: ReadonlyMap<string, SecurityDescriptor>, owner: Sid): void {
	for (const path of systemFolders) {
		const inode = findPath(volume, path);
		const parent = findPath(volume, directoryName(path));
		if (inode === undefined || parent === undefined || volume.descriptorOf(inode) !== undefined) continue;
		const above = parseDescriptor(
			volume.descriptorOf(parent) ?? formatDescriptor(policy.get('/') as SecurityDescriptor),
		);
		const inherited = inheritDescriptor(above, 'directory', { owner, group: sids.users });
		volume.setDescriptor(inode, formatDescriptor(policy.get(path) ?? inherited));
	}
}

function readText(volume: FileSystem, inode: Inode): string {
	const bytes = new Uint8Array(volume.stat(inode).size);
	volume.read(inode, 0, bytes);
	return new TextDecoder().decode(bytes);
}

function findPath(volume: FileSystem, path: string): Inode | undefined {
	let inode: Inode | undefined = volume.root;
	for (const name of splitPath(path)) {
		if (inode === undefined || volume.kindOf(inode) !== 'directory') return undefined;
		inode = volume.find(inode, name);
	}
	return inode;
}

export function logUnsecured(log: Log, problem: OsError): void {
	log.write('warning', 'security', `Permissions could not be stored on the volume, so none hold: ${problem.message}`);
}
