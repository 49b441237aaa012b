/**
 * People on a real system in Node, with the real vault: logging on, changing passwords, and what others may do to them.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { directoryRights } from '#abi/rights.ts';
import type { System } from '#runtime/system.ts';
import { account, bytes, chosen, none, People, password, refused } from './people.ts';

describe('people', { timeout: 120_000 }, () => {
	let people: People;
	let ada: string;
	let ben: string;
	before(async () => {
		people = new People();
		ada = await people.add('Ada', { password: bytes('engine'), hint: 'Babbage', kind: 'administrator' });
		ben = await people.add('Ben', { password: bytes('ladder') });
	});
	after(() => people.headless.close());

	it('have a home of their own that nobody else sees', async () => {
		const one = await people.enter(ada, password('engine'));
		const other = await people.enter(ben, password('ladder'));
		assert.equal(one.session.home, '/Users/Ada');
		await one.system.pathWrite('/Users/Ada/Documents/secret', bytes('x'), 'create-new');
		for (const attempt of [
			() => other.system.pathRead('/Users/Ada/Documents/secret', 10),
			() => other.system.pathList('/Users/Ada', '', 10),
			() => other.system.pathList('/Recycle Bin/Ada', '', 10),
			() => other.system.pathWrite('/Users/Ada/planted', bytes('x'), 'create-new'),
		])
			await refused('EACCES', attempt());
		await one.desktop.sessionLogOff(0).catch(() => undefined);
		await people.logon.sessionLogOff(other.session.id);
	});

	it('come in by their password alone', async () => {
		await refused('EACCES', people.logon.logon(ben, password('Ladder')));
		await refused('EACCES', people.logon.logon(ben, password('')));
		await refused('EACCES', people.logon.logon(ben, none));
		await refused('EACCES', people.logon.logon(ben, password('engine')));
		await refused('ENOENT', people.logon.logon('S-1-5-21-1-2-3-4', none));
		const { session } = await people.enter(ben, password('ladder'));
		assert.equal(session.name, 'Ben');
		assert.equal((await people.info(ben)).session, session.id);
		await people.logon.sessionLogOff(session.id);
		assert.equal((await people.info(ben)).session, undefined);
	});

	it('are let in by the logon screen alone', async () => {
		const { system, desktop, session } = await people.enter(ben, password('ladder'));
		for (const asking of [system, desktop, people.administrator]) {
			await refused('EPERM', asking.logon(ben, password('ladder')));
			await refused('EPERM', asking.sessionNext());
		}
		await people.logon.sessionLogOff(session.id);
	});

	it('are told the hint at the screen, and nobody else is', async () => {
		const { system, session } = await people.enter(ben, password('ladder'));
		const hints = async (asking: System) => (await asking.accountList()).map(({ hint }) => hint).filter(Boolean);
		assert.deepEqual(await hints(system), []);
		assert.deepEqual(await hints(people.logon), ['Babbage']);
		await people.logon.sessionLogOff(session.id);
	});

	it('change their own password, by the old one', async () => {
		const { system, session } = await people.enter(ben, password('ladder'));
		await refused('EACCES', system.accountSetPassword(ben, password('guess'), chosen('stairs')));
		await refused('EACCES', system.accountSetPassword(ada, password('engine'), chosen('stairs')));
		await refused('EINVAL', system.accountSetPassword(ben, password('ladder'), chosen('Ben')));
		await refused('EINVAL', system.accountSetPassword(ben, password('ladder'), chosen('abc')));
		await refused('EINVAL', system.accountSetPassword(ben, password('ladder'), chosen('stairs', 'it is Stairs')));
		await system.accountSetPassword(ben, password('ladder'), chosen('stairs'));
		await people.logon.sessionLogOff(session.id);
		await refused('EACCES', people.logon.logon(ben, password('ladder')));
		await people.logon.sessionLogOff((await people.logon.logon(ben, password('stairs'))).id);
		await people.logon.accountSetPassword(ben, password('stairs'), chosen('ladder'));
	});

	it('of standard kind change no account, and reset no password', async () => {
		const { system, session } = await people.enter(ben, password('ladder'));
		const attempts: Record<string, () => Promise<unknown>> = {
			make: () => system.accountCreate(account('Eve', { kind: 'administrator' })),
			promote: () => system.accountChange(ben, { kind: 'administrator' }),
			rename: () => system.accountChange(ada, { name: 'Eve' }),
			'switch off': () => system.accountChange(ada, { enabled: false }),
			remove: () => system.accountRemove(ada, false),
			reset: () => system.accountResetPassword(ada, chosen('mine')),
			'ask about a reset': () => system.accountResetEffect(ada),
			'take a passkey away': () => system.accountRemovePasskey(ada, bytes('x')),
			'see passkeys': () => system.accountPasskeys(ada),
		};
		for (const [what, attempt] of Object.entries(attempts)) await refused('EACCES', attempt(), what);
		await system.accountChange(ben, { picture: 'data:image/png;base64,AAAA' });
		await refused('EINVAL', system.accountChange(ben, { picture: 'https://example.org/x.png' }));
		await people.logon.sessionLogOff(session.id);
	});

	it('are kept from nothing by a program of theirs that guesses all the time', async () => {
		const { system, session } = await people.enter(ben, password('ladder'));
		const guess = () => system.accountMakeRecovery(password('a guess')).catch((error: OsError) => error.code);
		const answers = [];
		for (let count = 0; count < 6; count++) answers.push(await guess());
		assert.deepEqual(answers, [...Array(5).fill('EACCES'), 'EAGAIN']);
		await system.sessionLock();
		assert.equal((await people.logon.logon(ben, password('ladder'))).id, session.id);
		await people.logon.sessionLogOff(session.id);
	});

	it('have to wait after wrong passwords at the screen, but not with their recovery code', async () => {
		const carl = await people.add('Carl', { password: bytes('planet') });
		const { system, session } = await people.enter(carl, password('planet'));
		const code = await system.accountMakeRecovery(password('planet'));
		await system.accountConfirmRecovery(bytes(code));
		await people.logon.sessionLogOff(session.id);
		for (let count = 0; count < 5; count++) await refused('EACCES', people.logon.logon(carl, password('a guess')));
		await refused('EAGAIN', people.logon.logon(carl, password('planet')));
		assert.ok(((await people.info(carl)).lockedUntilTime ?? 0) > Date.now());
		const again = await people.logon.logon(carl, { kind: 'recovery', secret: bytes(code) });
		await people.logon.sessionLogOff(again.id);
	});

	it('reach no record of an account, not even as an administrator or by a backup', async () => {
		const records = '/System/Accounts';
		const { system, session } = await people.enter(ben, password('ladder'));
		for (const asking of [system, people.administrator]) {
			const attempts: Record<string, () => Promise<unknown>> = {
				list: () => asking.pathList(records, '', 10),
				read: () => asking.pathRead(`${records}/1000.account`, 10),
				write: () => asking.pathWrite(`${records}/1000.account`, bytes('{}'), 'replace'),
				make: () => asking.pathWrite(`${records}/1000.new`, bytes('{}'), 'create-new'),
				'open the folder': () => asking.directoryOpen(records, directoryRights),
				link: () => asking.pathRename(`${records}/1000.account`, '/x', false),
			};
			for (const [what, attempt] of Object.entries(attempts)) {
				const outcome = await attempt().catch((error: unknown) => error);
				assert.ok(outcome instanceof OsError && ['EACCES', 'EROFS'].includes(outcome.code), `${what}: ${outcome}`);
			}
		}
		await refused('EACCES', people.administrator.securityChange(records, { owner: ada }).catch(eitherRefusal));
		await people.logon.sessionLogOff(session.id);
	});
});

/** A sealed place is read-only, and closed. */
function eitherRefusal(error: unknown): never {
	if (error instanceof OsError && error.code === 'EROFS') throw new OsError('EACCES', error.detail);
	throw error;
}
