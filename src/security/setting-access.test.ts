import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideSettingChange, decideSettingRead, type SettingOwner } from './setting-access.ts';
import { sids } from './sid.ts';
import { administratorToken, desktopToken, systemToken, type Token } from './token.ts';

const user = 'S-1-5-21-1-2-3-1001';
const other = 'S-1-5-21-1-2-3-1002';
/** Who only acts for a person is in no group that administers. */
const tokenOf = (integrity: Token['integrity']): Token => ({
	...systemToken,
	user,
	groups: integrity === 'user' ? [sids.users] : systemToken.groups,
	integrity,
});

describe('who may do what with settings', () => {
	const owners: Readonly<Record<string, SettingOwner>> = {
		machine: { kind: 'machine' },
		policy: { kind: 'policy' },
		own: { kind: 'user', user },
		foreign: { kind: 'user', user: other },
	};
	/** Owners whose settings may be changed, and read. */
	const expected: Readonly<Record<Token['integrity'], readonly [change: string[], read: string[]]>> = {
		user: [['own'], ['machine', 'policy', 'own']],
		elevated: [
			['machine', 'policy', 'own'],
			['machine', 'policy', 'own'],
		],
		system: [
			['machine', 'policy', 'own', 'foreign'],
			['machine', 'policy', 'own', 'foreign'],
		],
	};
	for (const [integrity, [change, read]] of Object.entries(expected))
		it(`with integrity ${integrity}`, () => {
			const token = tokenOf(integrity as Token['integrity']);
			const allowedBy = (decide: typeof decideSettingRead) =>
				Object.keys(owners).filter((name) => decide(token, owners[name] as SettingOwner).allowed);
			assert.deepEqual([allowedBy(decideSettingChange), allowedBy(decideSettingRead)], [change, read]);
		});

	it('of the desktop, which acts for its person', () => {
		const desktop = desktopToken(administratorToken(user));
		assert.equal(decideSettingChange(desktop, owners.own as SettingOwner).allowed, true);
		for (const name of ['machine', 'policy', 'foreign'])
			assert.equal(decideSettingChange(desktop, owners[name] as SettingOwner).allowed, false);
	});
});
