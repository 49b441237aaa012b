import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { accessRights, aceFlags, fullAccess, modifyAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { SecurityChange } from '#abi/structures.generated.ts';
import { sids } from '#abi/well-known-sids.ts';
import { applyAt, findLevel, formatPermissions, parsePermissions, whereApplies } from './permission-words.ts';

const anna = 'S-1-5-21-1-2-3-1001';

describe('permissions as words', () => {
	it('say the same again', () => {
		const flags = Object.values(aceFlags).filter((flag) => flag < aceFlags.inherited);
		const entry = fc.record({
			kind: fc.constantFrom('allow', 'deny'),
			sid: fc.constantFrom(anna, ...Object.values(sids)),
			rights: fc.integer({ min: 1, max: fullAccess }).filter((mask) => (mask & ~fullAccess) === 0),
			flags: fc
				.subarray(flags)
				.map((chosen) => chosen.reduce((mask, flag) => mask | flag, 0))
				// To be for what stands in it, without saying whether for files or folders, means nothing.
				.filter((mask) => (mask & aceFlags.inheritOnly) === 0 || (mask & 3) !== 0),
		});
		const change = fc.record(
			{
				owner: fc.constantFrom(anna, sids.administrators),
				protected: fc.boolean(),
				access: fc.record({ entries: fc.array(entry, { maxLength: 5 }) }),
			},
			{ requiredKeys: [] },
		);
		fc.assert(
			fc.property(change, (value) =>
				assert.deepEqual(parsePermissions(formatPermissions(value as SecurityChange)), structuredClone(value)),
			),
		);
	});

	it('name levels and well-known groups, so that a person can read them', () => {
		const entries = [
			{ kind: 'deny' as const, sid: sids.guests, rights: modifyAccess, flags: 3 },
			{ kind: 'allow' as const, sid: sids.creatorOwner, rights: fullAccess, flags: 11 },
		];
		assert.deepEqual(formatPermissions({ protected: true, access: { entries } }), [
			'inherit=no',
			'deny=guests:change:all',
			'allow=whoever-makes-it:full:inside',
		]);
	});

	it('take names of rights and of accounts', () => {
		const find = (name: string) => (name === 'Anna' ? anna : undefined);
		assert.deepEqual(parsePermissions(['allow=Anna:readData+execute:here'], find).access?.entries, [
			{ kind: 'allow', sid: anna, rights: accessRights.readData | accessRights.execute, flags: 0 },
		]);
	});

	it('are refused when they mean nothing', () => {
		for (const text of ['allow=Ben:full', 'allow=users:all', 'allow=users:', 'deny=users:0x0', 'inherit=perhaps', 'x'])
			assert.throws(
				() => parsePermissions([text]),
				(error) => error instanceof OsError && error.code === 'EINVAL',
				text,
			);
	});

	it('know a level with deleting what is in a folder, and one choice of rights from another', () => {
		assert.equal(findLevel(modifyAccess | accessRights.deleteChild), 'change');
		assert.equal(findLevel(modifyAccess & ~accessRights.delete), undefined);
	});

	it('move an entry to another place and keep the rest of its flags', () => {
		assert.equal(whereApplies(applyAt(aceFlags.noPropagate, 'inside')), 'inside');
		assert.equal(applyAt(aceFlags.noPropagate | aceFlags.inheritOnly, 'here'), aceFlags.noPropagate);
	});
});
