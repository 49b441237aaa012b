import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessRights, fullAccess, modifyAccess, readAccess, writeAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import { checkAccess } from './access-check.ts';
import { inheritDescriptor, reinheritDescriptor } from './inheritance.ts';
import { formatDescriptor, parseDescriptor } from './security-descriptor.ts';
import { sids } from './sid.ts';
import type { Privilege, Token } from './token.ts';

const anna = 'S-1-5-21-1-2-3-1001';
const ben = 'S-1-5-21-1-2-3-1002';

function makeToken(user: string, options: { groups?: string[]; privileges?: Privilege[] } = {}): Token {
	const { groups = [sids.users], privileges = [] } = options;
	return { user, groups, denyOnly: [], privileges: new Set(privileges), integrity: 'user' };
}

const sddl = (dacl: string): string => `O:${anna}G:BUD:${dacl}`;
const check = (token: Token, dacl: string, desired: number) =>
	checkAccess(token, parseDescriptor(sddl(dacl)), { desired });
const hex = (mask: number): string => `0x${mask.toString(16)}`;

describe('the access check', () => {
	it('denies what nothing allows, and says what is missing', () => {
		const decision = check(makeToken(ben), `(A;;${hex(readAccess)};;;BU)`, readAccess | accessRights.writeData);
		assert.equal(decision.allowed, false);
		assert.equal(decision.granted, readAccess);
		assert.match(decision.reason, /nothing allows writing/);
	});

	it('adds up what several entries allow', () => {
		const dacl = `(A;;${hex(readAccess)};;;BU)(A;;${hex(writeAccess)};;;${ben})`;
		assert.equal(check(makeToken(ben), dacl, readAccess | writeAccess).allowed, true);
	});

	it('lets the first entry that speaks decide', () => {
		const deny = `(D;;0x1;;;${ben})`;
		const allow = '(A;;0x1;;;BU)';
		assert.equal(check(makeToken(ben), deny + allow, 1).allowed, false);
		assert.equal(check(makeToken(ben), allow + deny, 1).allowed, true);
		assert.match(check(makeToken(ben), deny + allow, 1).reason, new RegExp(ben));
	});

	it('knows no list from an empty one', () => {
		assert.equal(check(makeToken(ben), 'NO_ACCESS_CONTROL', fullAccess).allowed, true);
		assert.equal(check(makeToken(ben), '', accessRights.readData).allowed, false);
	});

	it('lets the owner change the list, unless its rights are bounded', () => {
		assert.equal(check(makeToken(anna), '', accessRights.writeDacl).allowed, true);
		assert.equal(check(makeToken(anna), '', accessRights.readData).allowed, false);
		assert.equal(check(makeToken(anna), '(A;;0x1;;;OW)', accessRights.writeDacl).allowed, false);
	});

	it('gives a privilege its right and nothing more', () => {
		const admin = makeToken(ben, { privileges: ['takeOwnership'] });
		assert.equal(check(admin, '', accessRights.writeOwner).allowed, true);
		assert.equal(check(admin, '', accessRights.readData).allowed, false);
		assert.equal(check(admin, '', accessRights.accessSystemSecurity).allowed, false);
	});

	it('passes over what is only handed down', () => {
		assert.equal(check(makeToken(ben), '(A;OICIIO;0x1;;;BU)', 1).allowed, false);
	});

	it('names the entries that want it written down', () => {
		const descriptor = parseDescriptor(`${sddl('(A;;0x1;;;BU)')}S:(AU;FA;0x2;;;WD)(AU;SA;0x1;;;WD)`);
		assert.deepEqual(
			checkAccess(makeToken(ben), descriptor, { desired: 2 }).audited.map(({ mask }) => mask),
			[2],
		);
		assert.deepEqual(
			checkAccess(makeToken(ben), descriptor, { desired: 1 }).audited.map(({ mask }) => mask),
			[1],
		);
	});
});

describe('the text of a descriptor', () => {
	it('says the same again', () => {
		const text = `O:${anna}G:${sids.users}D:P(D;OI;0x2;;;${ben})(A;OICIID;0x1;;;${sids.everyone})S:(AU;SAFA;0x1;;;${ben})`;
		assert.equal(formatDescriptor(parseDescriptor(text)), text);
	});

	it('is refused when it is none', () => {
		for (const text of [
			'',
			'O:G:D:',
			sddl('(A;;1;;;BU)'),
			sddl('(A;XX;0x1;;;BU)'),
			sddl('(A;;0x1;;;S-1-5-007)'),
			sddl('(A;;0x1;;;BU'),
			`${sddl('')}x`,
		])
			assert.throws(
				() => parseDescriptor(text),
				(error) => error instanceof OsError && error.code === 'EINVAL',
				text,
			);
	});
});

describe('inheritance', () => {
	const parent = parseDescriptor(
		`O:SYG:SYD:(A;OICI;${hex(fullAccess)};;;BA)(A;CIIO;${hex(modifyAccess)};;;CO)(A;OI;0x1;;;BU)(A;;0x20;;;WD)(A;CINP;0x1;;;${ben})`,
	);
	const maker = { owner: anna, group: sids.users };

	it('gives a file what is for files', () => {
		const { dacl = [], owner } = inheritDescriptor(parent, 'file', maker);
		assert.equal(owner, anna);
		assert.deepEqual(
			dacl.map(({ sid, flags }) => [sid, flags]),
			[
				[sids.administrators, 0x10],
				[sids.users, 0x10],
			],
		);
	});

	it('gives a folder what is for folders, and hands on what goes on', () => {
		const { dacl = [] } = inheritDescriptor(parent, 'directory', maker);
		assert.deepEqual(
			dacl.map(({ sid, flags }) => [sid, flags]),
			[
				[sids.administrators, 0x13],
				[anna, 0x10],
				[sids.creatorOwner, 0x1a],
				[sids.users, 0x19],
				[ben, 0x10],
			],
		);
	});

	it('is taken anew behind what is its own, unless protected', () => {
		const own = parseDescriptor(`O:${anna}G:BUD:(D;;0x2;;;${ben})(A;ID;0x1;;;${ben})`);
		assert.deepEqual(
			reinheritDescriptor(own, parent, 'file').dacl?.map(({ type, sid }) => `${type} ${sid}`),
			[`deny ${ben}`, `allow ${sids.administrators}`, `allow ${sids.users}`],
		);
		const kept = parseDescriptor(`O:${anna}G:BUD:P(A;ID;0x1;;;${ben})`);
		assert.equal(reinheritDescriptor(kept, parent, 'file'), kept);
	});
});
