/**
 * What becomes of a person's keys and encrypted files: at log off, when an administrator resets the password, when the power
 * fails in the middle of a change, on a full disk; and sessions beside each other.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { Credential } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import type { System } from '#runtime/system.ts';
import { account, bytes, chosen, none, People, password, refused } from './people.ts';

const text = (content: Uint8Array): string => new TextDecoder().decode(content);

/** A recovery code that was typed back. */
async function proveRecovery(system: System, proof: Credential): Promise<Credential> {
	const code = await system.accountMakeRecovery(proof);
	await system.accountConfirmRecovery(bytes(code.toLowerCase().replaceAll('-', ' ')));
	return { kind: 'recovery', secret: bytes(code) };
}

async function makeEncrypted(system: System, path: string, content: string): Promise<void> {
	await system.pathWrite(path, bytes(content), 'create-new');
	let progress = await system.encryptionBegin(path, 'encrypt');
	while (!progress.finished) progress = await system.encryptionContinue(path);
}

describe('a session', { timeout: 120_000 }, () => {
	let people: People;
	let ada: string;
	let ben: string;
	before(async () => {
		people = new People();
		ada = await people.add('Ada', { password: bytes('engine') });
		ben = await people.add('Ben', { password: bytes('ladder') });
	});
	after(() => people.headless.close());

	it('leaves no process behind, not even one that was started by one that was started', async () => {
		const { session, system } = await people.enter(ada, password('engine'));
		const options = { arguments: ['-c', 'sleep 600 & sleep 600'], environment: [], workingDirectory: '/' };
		await system.processSpawn('sh', { ...options, newSession: true });
		const { processes } = people.headless.kernel;
		while (processes.all.filter(({ start }) => start.program === 'sleep').length < 2) await system.processSelf();
		await people.logon.sessionLogOff(session.id);
		assert.deepEqual(
			processes.all.filter(({ logon }) => logon?.id === session.id).map(({ label }) => label),
			[],
		);
		await refused('ECANCELED', system.processSelf());
	});

	it('is ended by its own person, an administrator or the logon screen, and by nobody else', async () => {
		const one = await people.enter(ada, password('engine'));
		const other = await people.enter(ben, password('ladder'));
		await refused('EPERM', one.system.sessionLogOff(other.session.id));
		await refused('ESRCH', one.system.sessionLogOff(4_000_000));
		await people.administrator.sessionLogOff(other.session.id);
		await people.logon.sessionLogOff(one.session.id);
		await refused('ESRCH', people.logon.sessionLogOff(one.session.id));
	});

	it('goes on living while somebody else works, and is found again', async () => {
		const one = await people.enter(ada, password('engine'));
		const other = await people.enter(ben, password('ladder'));
		const states = async () =>
			Object.fromEntries((await people.logon.sessionList()).map(({ id, state }) => [id, state]));
		assert.deepEqual((await states())[one.session.id], 'locked');
		assert.deepEqual((await states())[other.session.id], 'active');
		await one.system.pathWrite('/Users/Ada/Documents/still here', bytes('x'), 'create-new');
		const again = await people.logon.logon(ada, password('engine'));
		assert.equal(again.id, one.session.id);
		assert.deepEqual((await states())[other.session.id], 'locked');
		for (const { session } of [one, other]) await people.logon.sessionLogOff(session.id);
	});

	it('stays locked for whoever does not know the password', async () => {
		const { session, system } = await people.enter(ada, password('engine'));
		await system.sessionLock();
		await refused('EACCES', people.logon.logon(ada, password('ladder')));
		const [own] = (await people.logon.sessionList()).filter(({ id }) => id === session.id);
		assert.equal(own?.state, 'locked');
		await people.logon.sessionLogOff(session.id);
	});

	it('of a guest leaves nothing behind, and changes nothing elsewhere', async () => {
		const guest = await people.add('Guest', { kind: 'guest' });
		await refused('EINVAL', people.administrator.accountResetPassword(guest, chosen('guest')));
		for (let time = 0; time < 2; time++) {
			const { session, system } = await people.enter(guest, none);
			await system.pathWrite('/Users/Guest/Documents/note', bytes('x'), 'create-new');
			await system.settingChange([{ key: '/user/self/guest/trace', value: { type: 'string', text: 'x' } }], undefined);
			for (const place of ['/Users/Public/x', '/Programs/x', '/x', '/Users/x', '/Recycle Bin/x'])
				await refused('EROFS', system.pathWrite(place, bytes('x'), 'create-new'), place);
			await refused('EACCES', system.pathList('/Users/Ada', '', 1));
			await refused(
				'EPERM',
				system.tokenRequestElevation('sh', { arguments: [], environment: [], workingDirectory: '/' }, ''),
			);
			await people.logon.sessionLogOff(session.id);
			people.headless.kernel.groups.commitAll();
			await refused('ENOENT', people.administrator.pathStat('/Users/Guest'));
			await refused('ENOENT', people.administrator.pathStat(`/System/Settings/user/${guest}`));
		}
		await people.administrator.accountRemove(guest, false);
	});

	it('lets a standard user administer with the password of an administrator, and with nothing else', async () => {
		const grace = await people.add('Grace', { password: bytes('cobol!'), kind: 'administrator' });
		const { session, system, desktop } = await people.enter(ben, password('ladder'));
		const options = { arguments: ['-c', 'exit 7'], environment: [], workingDirectory: '/' };
		const asked = system.tokenRequestElevation('sh', options, 'to test');
		const { request, approvers } = await desktop.elevationNext();
		assert.ok(approvers.includes(grace) && !approvers.includes(ben));
		await refused('EPERM', desktop.elevationAnswer(request, true));
		await refused('EPERM', system.elevationApprove(request, grace, password('cobol!')));
		await refused('EACCES', desktop.elevationApprove(request, ben, password('ladder')));
		await refused('EACCES', desktop.elevationApprove(request, grace, password('ladder')));
		await desktop.elevationApprove(request, grace, password('cobol!'));
		assert.equal((await system.processWait(await asked)).code, 7);
		await people.logon.sessionLogOff(session.id);
	});
});

describe('encrypted files of a person', { timeout: 120_000 }, () => {
	let people: People;
	let ada: string;
	let ben: string;
	const secret = '/Users/Ada/Documents/secret';
	before(async () => {
		people = new People();
		ada = await people.add('Ada', { password: bytes('engine') });
		ben = await people.add('Ben', { password: bytes('ladder'), kind: 'administrator' });
	});
	after(() => people.headless.close());

	it('are made only when a way back was proved', async () => {
		const { system, session } = await people.enter(ada, password('engine'));
		await system.pathWrite('/Users/Ada/Documents/plain', bytes('x'), 'create-new');
		await refused('EPERM', system.encryptionBegin('/Users/Ada/Documents/plain', 'encrypt'));
		await refused('ENOENT', system.accountConfirmRecovery(bytes('0000-0000-0000-0000-0000-0000-0000')));
		const code = await system.accountMakeRecovery(password('engine'));
		await refused('EINVAL', system.accountConfirmRecovery(bytes('not a code')));
		await refused('EPERM', system.encryptionBegin('/Users/Ada/Documents/plain', 'encrypt'));
		await system.accountConfirmRecovery(bytes(code));
		await makeEncrypted(system, secret, 'the analytical engine');
		assert.equal(text(await system.pathRead(secret, 100)), 'the analytical engine');
		await people.logon.sessionLogOff(session.id);
	});

	it('open to nobody while their person is logged off, not even to an administrator', async () => {
		await refused('EACCES', people.administrator.pathRead(secret, 100));
		const { system, session } = await people.enter(ben, password('ladder'));
		await refused('EACCES', system.pathRead(secret, 100));
		await people.logon.sessionLogOff(session.id);
	});

	it('do not open by a handle that was given away before log off', async () => {
		const { system, session } = await people.enter(ada, password('engine'));
		const handle = await system.fileOpen(secret, 'open', rights.read);
		assert.equal(text(await system.fileRead(handle, 0, 100)), 'the analytical engine');
		await people.logon.sessionLogOff(session.id);
		await refused('ECANCELED', system.fileRead(handle, 0, 100));
		assert.deepEqual(people.headless.kernel.personKeys?.unlockedKeysOf(ada), []);
	});

	it('open by the recovery code, which lets the person choose another password', async () => {
		const { system, session } = await people.enter(ada, password('engine'));
		const recovery = await proveRecovery(system, password('engine'));
		await people.logon.sessionLogOff(session.id);
		const again = await people.enter(ada, recovery);
		assert.equal(text(await again.system.pathRead(secret, 100)), 'the analytical engine');
		await again.system.accountSetPassword(ada, recovery, chosen('difference'));
		assert.equal(text(await again.system.pathRead(secret, 100)), 'the analytical engine');
		await people.logon.sessionLogOff(again.session.id);
		await refused('EACCES', people.logon.logon(ada, password('engine')));
		await people.logon.accountSetPassword(ada, password('difference'), chosen('engine'));
	});

	it('stay closed when an administrator resets the password, and open again by the old one', async () => {
		const { system } = people.headless;
		const effect = await system.accountResetEffect(ada);
		assert.deepEqual([effect.hasKeys, effect.encryptedFiles, effect.hasRecovery], [true, 1, true]);
		await system.accountResetPassword(ada, { ...chosen('changed'), mustChange: true });
		await refused('EACCES', people.logon.logon(ada, password('engine')));
		const { system: own, session } = await people.enter(ada, password('changed'));
		assert.equal(session.mustChange, true);
		await refused('EINVAL', own.accountSetPassword(ada, password('changed'), chosen('changed')));
		await own.accountSetPassword(ada, password('changed'), chosen('newest'));
		assert.equal((await own.sessionSelf())?.mustChange, false);
		await refused('EACCES', own.pathRead(secret, 100));
		assert.equal((await people.info(ada)).lockedKeys, 1);
		await refused('EACCES', own.accountUnlockKeys(password('a guess')));
		assert.equal(await own.accountUnlockKeys(password('engine')), 1);
		assert.equal(text(await own.pathRead(secret, 100)), 'the analytical engine');
		await people.logon.sessionLogOff(session.id);
		const later = await people.enter(ada, password('newest'));
		assert.equal(text(await later.system.pathRead(secret, 100)), 'the analytical engine');
		assert.equal((await people.info(ada)).lockedKeys, 0);
		await people.logon.sessionLogOff(later.session.id);
	});

	it('are not opened by an administrator who resets the password and logs on with the new one', async () => {
		await people.administrator.accountResetPassword(ada, chosen('stolen'));
		const { system, session } = await people.enter(ada, password('stolen'));
		await refused('EACCES', system.pathRead(secret, 100));
		await refused('EACCES', system.accountUnlockKeys(password('stolen')));
		await people.logon.sessionLogOff(session.id);
	});

	it('keep their keys when the password is taken away, and when it comes back', async () => {
		const carl = await people.add('Carl', { password: bytes('planet') });
		const { system, session } = await people.enter(carl, password('planet'));
		await proveRecovery(system, password('planet'));
		await makeEncrypted(system, '/Users/Carl/Documents/star', 'sirius');
		await system.accountSetPassword(carl, password('planet'), chosen(''));
		await people.logon.sessionLogOff(session.id);
		const open = await people.enter(carl, none);
		assert.equal(text(await open.system.pathRead('/Users/Carl/Documents/star', 10)), 'sirius');
		await people.logon.sessionLogOff(open.session.id);
		// Nothing was protected, so a reset closes nothing.
		await people.administrator.accountResetPassword(carl, chosen('comet!'));
		const closed = await people.enter(carl, password('comet!'));
		assert.equal(text(await closed.system.pathRead('/Users/Carl/Documents/star', 10)), 'sirius');
		await people.logon.sessionLogOff(closed.session.id);
	});
});

describe('a change of a password', { timeout: 120_000 }, () => {
	/** A volume whose commits fail from a moment on, as in a power cut or on a full disk. */
	class FailingVolume extends MemoryFileSystem {
		failing = false;

		override commit(): void {
			if (!this.failing) {
				super.commit();
				return;
			}
			this.rollback();
			throw new OsError('ENOSPC', 'full');
		}
	}

	it('that cannot be stored leaves the old one, which goes on opening everything', async () => {
		const volume = new FailingVolume({ clock: hostClock });
		const people = new People(volume);
		const ada = await people.add('Ada', { password: bytes('engine') });
		const { system, session } = await people.enter(ada, password('engine'));
		volume.failing = true;
		await refused('ENOSPC', system.accountSetPassword(ada, password('engine'), chosen('difference')));
		await refused(
			'ENOSPC',
			system.accountMakeRecovery(password('engine')).then((code) => system.accountConfirmRecovery(bytes(code))),
		);
		await refused('ENOSPC', people.administrator.accountCreate(account('Ben', { password: bytes('ladder') })));
		volume.failing = false;
		await people.logon.sessionLogOff(session.id);
		await refused('EACCES', people.logon.logon(ada, password('difference')));
		assert.equal((await people.logon.logon(ada, password('engine'))).name, 'Ada');
		assert.deepEqual(
			(await people.logon.accountList()).map(({ name }) => name),
			['Owner', 'Ada'],
		);
		people.headless.close();
	});

	it('on a disk that is full lets people log on all the same', async () => {
		const volume = new FailingVolume({ clock: hostClock });
		const people = new People(volume);
		const ada = await people.add('Ada', { password: bytes('engine') });
		volume.failing = true;
		await refused('EACCES', people.logon.logon(ada, password('wrong')));
		assert.equal((await people.logon.logon(ada, password('engine'))).name, 'Ada');
		volume.failing = false;
		people.headless.close();
	});
});
