/** The calls about who may do what: `security_*`, `handle_security`, `token_*`, `elevation_*`. */
import { accessRights, aceFlags, fullAccess, knownAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { AccessAnswer, AccessEntry, Principal, SecurityDescriptor, TokenInfo } from '#abi/structures.generated.ts';
import { checkAccess, effectiveRights } from '#security/access-check.ts';
import type { AccessControlEntry } from '#security/security-descriptor.ts';
import { parseSid, sids } from '#security/sid.ts';
import type { Token } from '#security/token.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenNode } from '../open-node.ts';
import type { Place } from '../place.ts';
import type { Process } from '../process.ts';
import { SecurityChanges } from '../security-changes.ts';

export type SecurityCalls = Pick<
	CallHandlers,
	| 'security_read'
	| 'security_change'
	| 'handle_security'
	| 'handle_change_security'
	| 'security_check'
	| 'security_inherit'
	| 'token_read'
	| 'token_request_elevation'
	| 'elevation_next'
	| 'elevation_answer'
>;

export function createSecurityCalls(kernel: Kernel): SecurityCalls {
	const changes = new SecurityChanges(kernel);
	const placeOf = ({ process }: Caller, handle: number): Place => process.handles.getOf(handle, OpenNode).place;
	return {
		security_read: (caller, path) => describe(kernel, caller.process, kernel.find(caller, path)),
		security_change: (caller, path, change) => changes.change(caller, kernel.find(caller, path), change),
		handle_security: (caller, handle) => describe(kernel, caller.process, placeOf(caller, handle)),
		handle_change_security: (caller, handle, change) => changes.change(caller, placeOf(caller, handle), change),
		security_check: (caller, path, who, wanted) =>
			check(kernel, caller.process, kernel.find(caller, path), { who, wanted }),
		security_inherit: (caller, path) => changes.inherit(caller, kernel.find(caller, path)),
		token_read({ process }, pid) {
			const target = pid === 0 ? process : kernel.processes.get(pid);
			kernel.access.requireControl(process, target);
			return tellToken(kernel, target.token);
		},
		token_request_elevation: (caller, program, options, reason) =>
			kernel.elevation.request(caller.process, { program, options, reason }),
		elevation_next: ({ process }) => kernel.elevation.next(process),
		elevation_answer: ({ process }, request, granted) => kernel.elevation.answer(process, request, granted),
	};
}

/** EACCES unless the process may read it; what is audited is left out for whom it is not. */
function describe(kernel: Kernel, process: Process, place: Place): SecurityDescriptor {
	const { access } = kernel;
	const descriptor = access.descriptorOf(place);
	if (descriptor === undefined) throw new OsError('ENOTSUP', `${place.path ?? 'it'} has no permissions`);
	access.require(process, place, accessRights.readControl);
	const { owner, group, dacl, sacl, isProtected } = descriptor;
	const seesAudit = process.token.privileges.has('manageAuditing');
	const tell = (entry: AccessControlEntry): AccessEntry => tellEntry(kernel, entry);
	return {
		owner,
		ownerName: access.nameOf(owner),
		group,
		access: (dacl ?? [openToAll]).map(tell),
		audit: seesAudit ? sacl.map(tell) : [],
		protected: isProtected,
	};
}

/** What it means to have no list. */
const openToAll: AccessControlEntry = {
	type: 'allow',
	flags: aceFlags.inherited,
	mask: fullAccess,
	sid: sids.everyone,
};

function tellEntry(kernel: Kernel, { type, flags, mask, sid }: AccessControlEntry): AccessEntry {
	return { kind: type, sid, name: kernel.access.nameOf(sid), rights: mask, flags };
}

interface Question {
	readonly who: Principal | undefined;
	readonly wanted: number;
}

function check(kernel: Kernel, process: Process, place: Place, { who, wanted }: Question): AccessAnswer {
	if ((wanted & ~knownAccess) !== 0) throw new OsError('EINVAL', 'rights');
	if (who !== undefined) kernel.access.require(process, place, accessRights.readControl);
	const token = who === undefined ? process.token : tokenOf(who);
	const descriptor = kernel.access.descriptorOf(place);
	if (descriptor === undefined) return { allowed: true, rights: fullAccess, reason: 'it has no permissions' };
	const subject = place.fileSystem.kindOf(place.inode) === 'directory' ? 'directory' : 'file';
	const nameOf = kernel.access.nameOf.bind(kernel.access);
	const { allowed, reason } = checkAccess(token, descriptor, { desired: wanted, subject, nameOf });
	return { allowed, rights: effectiveRights(token, descriptor), reason };
}

/** A token to ask about; no process ever gets it. */
function tokenOf({ user, groups }: Principal): Token {
	return {
		user: parseSid(user),
		groups: groups.map(parseSid),
		denyOnly: [],
		privileges: new Set(),
		integrity: 'user',
	};
}

function tellToken(kernel: Kernel, token: Token): TokenInfo {
	const { user, groups, denyOnly, privileges, integrity, elevated } = token;
	return {
		user,
		userName: kernel.access.nameOf(user),
		groups: [...groups],
		denyOnly: [...denyOnly],
		privileges: [...privileges],
		integrity,
		mayElevate: elevated !== undefined,
	};
}
