/**
 * Whom permissions can be about: the accounts of this computer and its groups.
 *
 * Rules of use: a token made here is for questions alone (`effective-access.ts`); no process ever has it.
 */
import type { AccountInfo } from '#abi/structures.generated.ts';
import { sids } from '#abi/well-known-sids.ts';
import type { System } from '#runtime/system.ts';
import { administratorToken, guestToken, standardToken, type Token } from '#security/token.ts';

export interface Somebody {
	readonly sid: string;
	readonly name: string;
	readonly kind: 'person' | 'group';
}

/** Somebody whose rights can be asked for. */
export interface Asked {
	readonly id: string;
	readonly name: string;
	readonly token: Token;
}

export interface People {
	/** Who works here now. */
	readonly me: Somebody;
	/** As programs of theirs run every day. */
	readonly myToken: Token;
	readonly people: readonly Somebody[];
	readonly groups: readonly Somebody[];
	readonly asked: readonly Asked[];
}

const groupNames: readonly (readonly [sid: string, name: string])[] = [
	[sids.users, 'All users'],
	[sids.administrators, 'Administrators'],
	[sids.guests, 'Guests'],
	[sids.everyone, 'Everyone'],
	[sids.creatorOwner, 'Whoever makes it'],
	[sids.ownerRights, 'Its owner'],
	[sids.system, 'The system'],
];

const groups = groupNames.map(([sid, name]): Somebody => ({ sid, name, kind: 'group' }));

export async function findPeople(system: System): Promise<People> {
	const [own, accounts] = await Promise.all([system.tokenRead(0), system.accountList()]);
	const { user, userName, groups: mine, denyOnly, privileges, integrity, mayElevate } = own;
	const me: Somebody = { sid: user, name: userName, kind: 'person' };
	const myToken: Token = { user, groups: mine, denyOnly, privileges: new Set(privileges), integrity };
	const others = accounts.filter(({ sid }) => sid !== user);
	return {
		me,
		myToken,
		people: [me, ...others.map(({ sid, name }): Somebody => ({ sid, name, kind: 'person' }))],
		groups,
		asked: [
			{ id: 'me', name: `${userName} (you)`, token: myToken },
			...(mayElevate ? [asAdministrator(me)] : []),
			...others.flatMap(askedOf),
			{ id: 'user', name: 'Any other user', token: standardToken(nobody) },
			{ id: 'administrator', name: 'Any other administrator', token: administratorToken(nobody).elevated },
			{ id: 'guest', name: 'A guest', token: guestToken(nobody) },
		],
	};
}

/** As the kernel makes their tokens when they log on. */
function askedOf({ sid, name, kind }: AccountInfo): Asked[] {
	if (kind === 'guest') return [{ id: sid, name, token: guestToken(sid) }];
	if (kind === 'standard') return [{ id: sid, name, token: standardToken(sid) }];
	return [{ id: sid, name, token: administratorToken(sid) }, asAdministrator({ sid, name })];
}

function asAdministrator({ sid, name }: Pick<Somebody, 'sid' | 'name'>): Asked {
	return { id: `${sid}-elevated`, name: `${name}, as administrator`, token: administratorToken(sid).elevated };
}

/** An account that no list names (the null SID of [MS-DTYP] 2.4.2.4). */
const nobody = 'S-1-0-0';

/** As a person reads it, with who they are themselves. */
export function nameSomebody(sid: string, name: string | undefined, { me, people }: People): string {
	const group = groups.find((each) => each.sid === sid);
	const known = group ?? people.find((each) => each.sid === sid);
	return (known?.name ?? name ?? sid) + (sid === me.sid ? ' (you)' : '');
}

export function isGroup(sid: string): boolean {
	return groups.some((group) => group.sid === sid);
}
