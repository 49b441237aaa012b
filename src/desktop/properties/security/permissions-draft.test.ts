import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessRights, aceFlags, fullAccess, modifyAccess, readAccess } from '#abi/access.ts';
import type { AccessEntry, SecurityDescriptor } from '#abi/structures.generated.ts';
import { sids } from '#abi/well-known-sids.ts';
import type { Token } from '#security/token.ts';
import { effectiveAccess, findLosses } from './effective-access.ts';
import { findSource } from './inheritance-source.ts';
import {
	addEntry,
	changeEntry,
	changeOf,
	descriptorOf,
	draftOf,
	inverseOf,
	isChanged,
	isStale,
	previewOf,
	protect,
	removeEntry,
	unprotect,
} from './permissions-draft.ts';

const anna = 'S-1-5-21-1-2-3-1001';
const ben = 'S-1-5-21-1-2-3-1002';
const everywhere = aceFlags.objectInherit | aceFlags.containerInherit;
const entry = (sid: string, rights: number, flags = 0, kind: 'allow' | 'deny' = 'allow'): AccessEntry => ({
	...{ kind, sid, rights, flags },
});
const descriptor = (...access: AccessEntry[]): SecurityDescriptor => ({
	...{ owner: anna, group: sids.users, access, audit: [], protected: false },
});
const above = descriptor(entry(anna, fullAccess, everywhere), entry(sids.users, readAccess, everywhere));
const stored = descriptor(
	entry(ben, modifyAccess),
	entry(anna, fullAccess, aceFlags.inherited),
	entry(sids.users, readAccess, aceFlags.inherited),
);
const place = { subject: 'file', stored, above } as const;
const tokenOf = (user: string, ...groups: string[]): Token => ({
	...{ user, groups, denyOnly: [], privileges: new Set<never>(), integrity: 'user' },
});

describe('a draft of permissions', () => {
	it('changes nothing before it is edited, and nothing after what was edited is taken back', () => {
		const draft = draftOf(stored);
		assert.equal(isChanged(draft, stored), false);
		const [added, key] = addEntry(draft, entry(sids.guests, readAccess));
		assert.equal(isChanged(added, stored), true);
		assert.equal(isChanged(removeEntry(added, key), stored), false);
		assert.deepEqual(changeOf(unprotect(protect(draft, [])), stored), {});
	});

	it('asks the kernel for what differs alone, and for its inverse', () => {
		const [added] = addEntry(draftOf(stored), entry(sids.guests, readAccess));
		const change = changeOf(added, stored);
		assert.deepEqual(change, { access: { entries: [entry(ben, modifyAccess), entry(sids.guests, readAccess)] } });
		assert.deepEqual(inverseOf(change, stored), { access: { entries: [entry(ben, modifyAccess)] } });
		assert.deepEqual(changeOf({ ...draftOf(stored), owner: ben }, stored), { owner: ben });
	});

	it('puts what denies before what allows, also when an entry is turned round', () => {
		const [added, key] = addEntry(draftOf(stored), entry(sids.guests, readAccess));
		const turned = changeEntry(added, key, { kind: 'deny' });
		assert.deepEqual(
			turned.own.map(({ kind, sid }) => `${kind} ${sid}`),
			[`deny ${sids.guests}`, `allow ${ben}`],
		);
		assert.equal(turned.own[0]?.key, key);
	});

	it('shows what the kernel would store: its own entries, then what the folder hands down today', () => {
		const moved = {
			...place,
			stored: descriptor(entry(ben, modifyAccess), entry(ben, fullAccess, aceFlags.inherited)),
		};
		assert.equal(isStale(moved), true);
		assert.equal(isStale(place), false);
		const [added] = addEntry(draftOf(moved.stored), entry(sids.guests, readAccess, 0, 'deny'));
		assert.deepEqual(
			previewOf(added, moved).dacl?.map(({ sid }) => sid),
			[sids.guests, ben, anna, sids.users],
		);
	});

	it('keeps what came from above as its own, or lets it go', () => {
		const inherited = stored.access.slice(1);
		const kept = previewOf(protect(draftOf(stored), inherited), place);
		assert.deepEqual(
			kept.dacl?.map(({ sid, flags }) => [sid, flags]),
			[
				[ben, 0],
				[anna, 0],
				[sids.users, 0],
			],
		);
		assert.deepEqual(
			previewOf(protect(draftOf(stored), []), place).dacl?.map(({ sid }) => sid),
			[ben],
		);
	});
});

describe('what somebody may do', () => {
	const situation = (
		draft: SecurityDescriptor,
		folder: SecurityDescriptor,
		subject: 'file' | 'directory' = 'file',
	) => ({
		subject,
		descriptor: descriptorOf(draft),
		above: [{ path: '/Users/Anna', descriptor: descriptorOf(folder) }],
		nameOf: (sid: string) => (sid === ben ? 'Ben' : sid),
		sourceOf: () => '/Users/Anna',
	});
	const open = descriptor(entry(sids.everyone, fullAccess));
	const find = (access: ReturnType<typeof effectiveAccess>, words: string) =>
		access.deeds.find((deed) => deed.words === words);

	it('names what decides and the folder that it comes from', () => {
		const access = effectiveAccess(tokenOf(ben, sids.users), situation(stored, open));
		assert.deepEqual(find(access, 'Open and read it'), {
			words: 'Open and read it',
			allowed: true,
			reason: 'allowed to Ben, by the folder “Anna”',
		});
		assert.match(find(access, 'Change its permissions')?.reason ?? '', /nothing allows/);
	});

	it('is nothing behind a closed folder, and says which', () => {
		const access = effectiveAccess(tokenOf(ben, sids.users), situation(stored, descriptor(entry(anna, fullAccess))));
		assert.equal(access.barrier?.path, '/Users/Anna');
		assert.equal(
			access.deeds.some(({ allowed }) => allowed),
			false,
		);
	});

	it('knows that a folder may let somebody delete what is in it', () => {
		const folder = descriptor(entry(ben, accessRights.deleteChild | accessRights.execute));
		const access = effectiveAccess(tokenOf(ben), situation(descriptor(entry(ben, readAccess)), folder));
		assert.equal(find(access, 'Delete or rename it')?.allowed, true);
		assert.match(find(access, 'Delete or rename it')?.reason ?? '', /its folder “Anna” lets them/);
	});

	it('sees when a person would lock themselves out, and that an owner keeps the list', () => {
		const closed = descriptorOf({ ...stored, access: [] });
		assert.deepEqual(findLosses(tokenOf(ben, sids.users), descriptorOf(stored), closed), {
			...{ reading: true, changing: true, permissions: false },
		});
		assert.deepEqual(findLosses(tokenOf(anna), descriptorOf(stored), closed), {
			...{ reading: true, changing: true, permissions: false },
		});
		assert.equal(findLosses(tokenOf(anna), descriptorOf(stored), { ...closed, owner: ben }).permissions, true);
	});
});

describe('where an inherited entry comes from', () => {
	const inheritedOf = (list: SecurityDescriptor) => descriptorOf(list);
	const middle = inheritedOf(descriptor(entry(sids.users, readAccess, everywhere | aceFlags.inherited)));
	const top = inheritedOf(above);
	const users = { type: 'allow', sid: sids.users, mask: readAccess, flags: aceFlags.inherited } as const;
	const folders = [
		{ path: '/a/b', descriptor: middle },
		{ path: '/a', descriptor: top },
	];

	it('is the folder that has it as its own', () => {
		assert.equal(findSource(users, { subject: 'file', owner: anna, above: folders }), '/a');
	});

	it('is not known when no folder above hands it down, or one may not be read', () => {
		const other = { ...users, mask: fullAccess };
		assert.equal(findSource(other, { subject: 'file', owner: anna, above: folders }), undefined);
		const closed = [{ path: '/a/b', descriptor: undefined }, ...folders.slice(1)];
		assert.equal(findSource(users, { subject: 'file', owner: anna, above: closed }), undefined);
	});

	it('follows what is for whoever makes it to its maker', () => {
		const maker = inheritedOf(descriptor(entry(sids.creatorOwner, fullAccess, everywhere | aceFlags.inheritOnly)));
		const own = { type: 'allow', sid: anna, mask: fullAccess, flags: aceFlags.inherited } as const;
		const above = [{ path: '/a', descriptor: maker }];
		assert.equal(findSource(own, { subject: 'file', owner: anna, above }), '/a');
		assert.equal(findSource(own, { subject: 'file', owner: ben, above }), undefined);
	});
});
