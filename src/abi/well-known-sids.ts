/** Security identifiers that mean the same on every computer ([MS-DTYP] 2.4.2.4), with what people call them. */

export const sids = {
	everyone: 'S-1-1-0',
	/** In a descriptor that is inherited: whoever makes the file. */
	creatorOwner: 'S-1-3-0',
	/** The owner, so that its rights can be bounded. */
	ownerRights: 'S-1-3-4',
	system: 'S-1-5-18',
	/** What works for the system without being it. */
	localService: 'S-1-5-19',
	administrators: 'S-1-5-32-544',
	users: 'S-1-5-32-545',
	guests: 'S-1-5-32-546',
} as const;

const sidNames: Readonly<Record<string, string>> = {
	[sids.everyone]: 'everyone',
	[sids.creatorOwner]: 'whoever makes it',
	[sids.ownerRights]: 'its owner',
	[sids.system]: 'the system',
	[sids.localService]: 'a service of the system',
	[sids.administrators]: 'administrators',
	[sids.users]: 'users',
	[sids.guests]: 'guests',
};

/** What a well-known one is called; `undefined` for any other. */
export function findWellKnownName(sid: string): string | undefined {
	return Object.hasOwn(sidNames, sid) ? sidNames[sid] : undefined;
}
