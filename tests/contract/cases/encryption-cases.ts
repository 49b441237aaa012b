/**
 * Encrypted files through system calls, on whatever machine: where there are keys, and where there are none. People and what
 * they may open are in `tests/encryption`.
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { System } from '#runtime/system.ts';
import { bytes, ensure, equal, fails, text } from './assertions.ts';
import type { ContractCase, Machine } from './machine.ts';

const none = { kind: 'none', secret: new Uint8Array() } as const;

async function hasKeys(system: System): Promise<boolean> {
	try {
		await system.encryptionKeys();
		return true;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOTSUP') return false;
		throw error;
	}
}

/** A case for a person who has proved a way back; where nobody has keys, that nothing can be encrypted. */
function encryptionCase(title: string, run: (machine: Machine) => Promise<void>): ContractCase {
	return {
		title,
		async run(machine) {
			const { system, folder } = machine;
			if (!(await hasKeys(system))) {
				await system.pathWrite(`${folder}/plain`, bytes('plain'), 'create-new');
				await fails('ENOTSUP', system.encryptionBegin(`${folder}/plain`, 'encrypt'));
				equal((await system.encryptionRead(`${folder}/plain`)).supported, false, 'supported');
				return;
			}
			if ((await system.encryptionKeys()).recovery.length === 0) {
				await fails('EPERM', system.encryptionBegin(folder, 'encrypt'));
				await system.accountConfirmRecovery(bytes(await system.accountMakeRecovery(none)));
			}
			await run(machine);
		},
	};
}

async function change(system: System, path: string, to: 'encrypt' | 'decrypt' | 'renew'): Promise<void> {
	let progress = await system.encryptionBegin(path, to);
	while (!progress.finished) progress = await system.encryptionContinue(path);
}

export const encryptionCases: readonly ContractCase[] = [
	encryptionCase('a file is encrypted, read and written as before, and decrypted', async ({ system, folder }) => {
		const path = `${folder}/letter.txt`;
		await system.pathWrite(path, bytes('first'), 'create-new');
		await change(system, path, 'encrypt');
		ensure(((await system.pathStat(path)).attributes & attributeBits.encrypted) !== 0, 'the attribute tells it');
		await system.pathWrite(path, bytes('second'), 'replace');
		await change(system, path, 'renew');
		equal(text(await system.pathRead(path, 100)), 'second', 'content');
		const raw = await system.encryptionRawRead(path, 0, 1000);
		ensure(!text(raw).includes('second'), 'the raw form is encrypted');
		await change(system, path, 'decrypt');
		equal(text(await system.pathRead(path, 100)), 'second', 'content after decrypting');
		equal((await system.encryptionRead(path)).holders, [], 'holders of a plain file');
	}),
	encryptionCase('what is made in an encrypted folder is encrypted, also deeper', async ({ system, folder }) => {
		await change(system, folder, 'encrypt');
		await system.pathMakeDirectory(`${folder}/deep`);
		await system.pathWrite(`${folder}/deep/new`, bytes('new'), 'create-new');
		equal((await system.encryptionRead(`${folder}/deep/new`)).encrypted, true, 'encrypted');
		await change(system, folder, 'decrypt');
		await system.pathWrite(`${folder}/plain`, bytes('plain'), 'create-new');
		equal((await system.encryptionRead(`${folder}/plain`)).encrypted, false, 'encrypted after the folder was unmarked');
	}),
	encryptionCase('raw bytes that are none are refused and stay as they are', async ({ system, folder }) => {
		await system.pathWrite(`${folder}/noise`, bytes('EFSRAW1\n'.repeat(40)), 'create-new');
		await fails('EINVAL', system.encryptionRawRestore(`${folder}/noise`));
		equal((await system.pathStat(`${folder}/noise`)).size, 320, 'size');
		await fails('EINVAL', system.encryptionRawRead(`${folder}/noise`, 0, 10));
		await fails('EINVAL', system.encryptionShare(`${folder}/noise`, 'S-1-5-21-1-2-3-9999'));
		await fails('EINVAL', system.encryptionCancel(`${folder}/noise`));
	}),
	encryptionCase('a backup that is none, and a passphrase that is too short, are refused', async ({ system }) => {
		await fails('EINVAL', system.encryptionBackup('age', bytes('short')));
		await fails('EINVAL', system.encryptionRestore(bytes('no backup'), bytes('long enough'), true));
		await fails('EINVAL', system.encryptionConfirmBackup(new Uint8Array(), bytes('long enough')));
		await fails('ENOENT', system.encryptionRemoveAgent('0'.repeat(32)));
		await fails('EINVAL', system.encryptionAddAgent('Bank', new Uint8Array(31)));
		await fails('EINVAL', system.encryptionAddAgent('', new Uint8Array(32)));
	}),
];
