/**
 * The desktop's file rooms on the real kernel over the memory file system, all in this Node process.
 *
 * Rules of use: `await using machine = await FileMachine.start()`; `capacityBytes` makes a disk that fills up, `encrypts` one
 * whose files can be encrypted, by keys of the test (`keys`).
 */
import assert from 'node:assert/strict';
import { foldersOf } from '#base/known-folders.ts';
import { DesktopFiles } from '#desktop/files/desktop-files.ts';
import type { Transfer } from '#desktop/files/transfer.ts';
import { EncryptingVolume } from '#efs/encrypting-volume.ts';
import { VolumeEncryption } from '#efs/volume-encryption.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import { portOf } from '#hosts/common/message-port.ts';
import { secureVolume } from '#hosts/common/secure-volume.ts';
import { seedFolders } from '#hosts/common/seed-folders.ts';
import { Kernel } from '#kernel/kernel.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import { ensureFirstAccount } from '#kernel/sessions/first-account.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import { System } from '#runtime/system.ts';
import { readText, writeText } from '#runtime/text-files.ts';
import { desktopToken } from '#security/token.ts';
import { ReferenceCipher } from '../efs/reference-cipher.ts';
import { TestPersonKeys } from './person-keys.ts';

export class FileMachine implements AsyncDisposable {
	readonly system: System;
	readonly files: DesktopFiles;
	/** Of who works at it; used only where files are encrypted. */
	readonly keys: TestPersonKeys;
	readonly #kernel: Kernel;

	private constructor(kernel: Kernel, system: System, keys: TestPersonKeys) {
		this.#kernel = kernel;
		this.keys = keys;
		this.system = system;
		this.files = new DesktopFiles(system, foldersOf('/Users/Owner'));
	}

	static async start(options: { capacityBytes?: number; encrypts?: boolean } = {}): Promise<FileMachine> {
		const { encrypts = false, ...sizes } = options;
		const inner = new MemoryFileSystem({ clock: hostClock, ...sizes });
		const cipher = new ReferenceCipher();
		const keys = new TestPersonKeys(cipher);
		const volume = encrypts ? new EncryptingVolume({ volume: inner, cipher, keys, random: hostRandom }) : inner;
		const encrypted =
			volume instanceof EncryptingVolume ? { encryption: new VolumeEncryption(volume), personKeys: keys } : {};
		seedFolders(volume);
		const { machine } = secureVolume(volume, hostRandom);
		const kernel = new Kernel({
			machine,
			volume,
			...encrypted,
			clock: hostClock,
			random: hostRandom,
			launcher: {
				launch: () => {
					throw new Error('No program is started here.');
				},
				launchImage: () => {
					throw new Error('No program is started here.');
				},
			},
			version: 'test',
			host: 'node',
			afterArrived: (callback) => void setImmediate(callback),
		});
		const channel = new MessageChannel();
		const connection = new PortConnection(portOf(channel.port1 as unknown as MessagePort));
		ensureFirstAccount(kernel, 'automatic');
		const [owner] = kernel.accounts.book.all;
		assert.ok(owner);
		const session = kernel.sessions.enter(owner);
		kernel.attach('desktop', desktopToken(session.token), { connection, terminate: () => {} }, session);
		keys.addPerson(owner.sid);
		const fileMachine = new FileMachine(kernel, new System(portOf(channel.port2 as unknown as MessagePort)), keys);
		await fileMachine.files.open();
		return fileMachine;
	}

	/** Makes files from paths and texts; a path that ends with `/` is a folder. */
	async put(tree: Readonly<Record<string, string>>): Promise<void> {
		for (const [path, text] of Object.entries(tree)) {
			if (path.endsWith('/')) await this.system.pathMakeDirectory(path);
			else await writeText(this.system, path, text);
		}
	}

	read(path: string): Promise<string> {
		return readText(this.system, path);
	}

	/** Names below the folder of unfinished copies. */
	async staged(): Promise<string[]> {
		const names = await this.tree('/Users/Owner/Settings');
		const folder = 'Unfinished copies/';
		return names.filter((name) => name.startsWith(folder) && name !== folder);
	}

	/** Names below a folder with `/` after folders, depth first. */
	async tree(directory: string, prefix = ''): Promise<string[]> {
		const names: string[] = [];
		for (const { name, kind } of await listDirectory(this.system, directory)) {
			names.push(prefix + name + (kind === 'directory' ? '/' : ''));
			if (kind === 'directory') names.push(...(await this.tree(`${directory}/${name}`, `${prefix}${name}/`)));
		}
		return names;
	}

	/** Waits for the transfer and insists that nothing failed. */
	async done(transfer: Transfer | undefined): Promise<void> {
		assert.ok(transfer);
		await transfer.finished;
		assert.deepEqual(transfer.failures, []);
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.files.dispose();
		await this.files.settings.saved();
		this.#kernel.shutDown();
		this.system.close();
	}
}

/** Resolves when the transfer asks about a conflict. */
export function asked(transfer: Transfer): Promise<void> {
	return new Promise((resolve, reject) => {
		const look = (): void => {
			if (transfer.question !== undefined) resolve();
			else if (transfer.ended) reject(new Error('The transfer ended without a question.'));
		};
		transfer.onChange(look);
		look();
	});
}
