/** What happens to keys while something else is under way, and programs that were given a part of the files alone. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { attachProcess } from '#hosts/common/attach-process.ts';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { Namespace } from '#kernel/namespace.ts';
import { encode, People } from './people.ts';

const password = 'blue horses';
const proof = { kind: 'password', secret: encode(password) } as const;
const another = { password: encode('red cats'), hint: '', mustChange: false };

describe('keys', { timeout: 120_000 }, () => {
	let people: People;
	before(async () => {
		people = new People(await openNodeVolume(undefined));
		await people.create('Anna', password);
	});
	after(() => people.close());

	it('are not replaced under a person who logs on while an administrator resets the password', async () => {
		const sid = await people.create('Cara', '');
		const { book } = people.headless.kernel.accounts;
		const begun = Promise.withResolvers<void>();
		book.get = (account) => {
			begun.resolve();
			return book.find(account) ?? assert.fail('there is no such account');
		};
		const refused = assert.rejects(people.admin.accountResetPassword(sid, another), { code: 'EBUSY' });
		await begun.promise;
		// Without a password nothing is computed, so this is sooner.
		const cara = await people.logOn('Cara', '');
		await refused;
		await people.logOff(cara);
		await people.logOff(await people.logOn('Cara', ''));
	});

	it('of a backup are closed when their person logs off before they are open', async () => {
		await people.create('Bert', 'green ladders');
		const { system } = await people.logOn('Bert', 'green ladders');
		const backup = await system.encryptionBackup('p12', encode('a passphrase'));
		const anna = await people.logOn('Anna', password);
		const keys = people.headless.kernel.personKeys ?? assert.fail('there are no keys');
		const closed = Promise.withResolvers<void>();
		const open = keys.openBackup.bind(keys);
		keys.openBackup = async (...request) => {
			const opened = await open(...request);
			await people.logOff(anna);
			const close = (): void => {
				opened.close();
				closed.resolve();
			};
			return { ...opened, close };
		};
		void anna.system.encryptionRestore(backup, encode('a passphrase'), false).catch(() => undefined);
		await closed.promise;
		keys.openBackup = open;
	});

	it('and passwords are nothing for a program that sees a part of the files', async () => {
		const { kernel } = people.headless;
		const { sid } = await people.logOn('Anna', password);
		const session = kernel.sessions.findOf(sid) ?? assert.fail('there is no session');
		const narrow = Object.create(session, { namespace: { value: session.namespace, writable: true } });
		const program = attachProcess(kernel, 'narrow', session.token, narrow);
		narrow.namespace = Namespace.of([]);
		for (const attempt of [
			program.encryptionBackup('p12', encode('a passphrase')),
			program.encryptionRestore(new Uint8Array(), encode('a passphrase'), true),
			program.accountSetPassword(sid, proof, another),
			program.accountMakeRecovery(proof),
		])
			await assert.rejects(attempt, { code: 'EPERM' });
	});
});
