/** Encrypting and decrypting as the desktop does it, on the real kernel with encrypted files. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributeBits } from '#abi/attributes.ts';
import { openersOf } from '#desktop/properties/encryption/use-encryption.ts';
import { FileMachine } from './file-machine.ts';

const documents = '/Users/Owner/Documents';
const all = { change: 'encrypt', below: true } as const;

async function isEncrypted({ system }: FileMachine, path: string): Promise<boolean> {
	return ((await system.pathStat(path)).attributes & attributeBits.encrypted) !== 0;
}

test('a folder is encrypted with all that is in it, and what is made in it afterwards; undo and redo', async () => {
	await using machine = await FileMachine.start({ encrypts: true });
	const { files } = machine;
	await machine.put({ [`${documents}/a/`]: '', [`${documents}/a/b/`]: '', [`${documents}/a/b/plan.txt`]: 'secret' });
	await machine.done(await files.encryption.change([`${documents}/a`], all));
	for (const path of ['a', 'a/b', 'a/b/plan.txt'])
		assert.equal(await isEncrypted(machine, `${documents}/${path}`), true);
	await machine.put({ [`${documents}/a/new.txt`]: 'x' });
	assert.equal(await isEncrypted(machine, `${documents}/a/new.txt`), true);
	assert.equal(await machine.read(`${documents}/a/b/plan.txt`), 'secret');
	await machine.done(files.operations.undo());
	for (const path of ['a', 'a/b', 'a/b/plan.txt'])
		assert.equal(await isEncrypted(machine, `${documents}/${path}`), false);
	assert.equal(await machine.read(`${documents}/a/b/plan.txt`), 'secret');
	await machine.done(files.operations.redo());
	assert.equal(await isEncrypted(machine, `${documents}/a/b/plan.txt`), true);
});

test('a folder alone is marked, and what stands in it stays as it is', async () => {
	await using machine = await FileMachine.start({ encrypts: true });
	await machine.put({ [`${documents}/a/`]: '', [`${documents}/a/old.txt`]: 'old' });
	await machine.done(await machine.files.encryption.change([`${documents}/a`], { change: 'encrypt', below: false }));
	await machine.put({ [`${documents}/a/new.txt`]: 'new' });
	assert.equal(await isEncrypted(machine, `${documents}/a/old.txt`), false);
	assert.equal(await isEncrypted(machine, `${documents}/a/new.txt`), true);
});

test('nothing is encrypted before a way back was proved, and nothing is asked to decrypt', async () => {
	await using machine = await FileMachine.start({ encrypts: true });
	const { files, keys } = machine;
	await machine.put({ [`${documents}/x.txt`]: 'x' });
	keys.recovery = [];
	let asked = 0;
	let answer = false;
	files.encryption.wayBackWanted.event(({ settle }) => {
		asked++;
		settle(answer);
	});
	assert.equal(await files.encryption.change([`${documents}/x.txt`], all), undefined);
	assert.equal(await isEncrypted(machine, `${documents}/x.txt`), false);
	answer = true;
	await machine.done(await files.encryption.change([`${documents}/x.txt`], all));
	assert.equal(await isEncrypted(machine, `${documents}/x.txt`), true);
	assert.equal(asked, 2);
	await machine.done(await files.encryption.change([`${documents}/x.txt`], { change: 'decrypt', below: true }));
	assert.equal(await isEncrypted(machine, `${documents}/x.txt`), false);
	assert.equal(asked, 2);
});

test('cancelling leaves each file whole, encrypted or not', async () => {
	await using machine = await FileMachine.start({ encrypts: true });
	const { files, system } = machine;
	const large = 'large '.repeat(4_000_000);
	await machine.put({ [`${documents}/large.txt`]: large });
	const transfer = await files.encryption.change([`${documents}/large.txt`], all);
	assert.ok(transfer);
	const begin = system.encryptionContinue.bind(system);
	// The person presses Cancel while the first piece is under way.
	system.encryptionContinue = (path) => {
		transfer.cancel();
		return begin(path);
	};
	await transfer.finished;
	assert.deepEqual(transfer.failures, []);
	assert.equal(transfer.state, 'cancelled');
	const { encrypted, unfinished } = await system.encryptionRead(`${documents}/large.txt`);
	assert.deepEqual({ encrypted, unfinished }, { encrypted: false, unfinished: undefined });
	assert.equal(await machine.read(`${documents}/large.txt`), large);
});

test('somebody is let in, seen among those who can open it, and put out again', async () => {
	await using machine = await FileMachine.start({ encrypts: true });
	const { files, system, keys } = machine;
	const anna = 'S-1-5-21-1-2-3-1001';
	keys.addPerson(anna);
	const paths = ['one', 'two'].map((name) => `${documents}/${name}.txt`);
	for (const path of paths) await machine.put({ [path]: 'x' });
	await machine.done(await files.encryption.change(paths, all));
	const first = paths[0] as string;
	await machine.done(
		files.operations.forEachEncrypted('Sharing', [first], (path) => system.encryptionShare(path, anna)),
	);
	const infos = await Promise.all(paths.map((path) => system.encryptionRead(path)));
	assert.deepEqual(
		openersOf(infos).map(({ holder, count }) => [holder.sid === anna, count]),
		[
			[false, 2],
			[true, 1],
		],
	);
	const { key } = openersOf(infos)[1]?.holder ?? { key: '' };
	await machine.done(
		files.operations.forEachEncrypted('Removing', [first], (path) => system.encryptionRevoke(path, key)),
	);
	await machine.done(await files.encryption.change([first], { change: 'renew', below: true }));
	assert.equal((await system.encryptionRead(first)).holders.length, 1);
	assert.equal(await machine.read(first), 'x');
});
