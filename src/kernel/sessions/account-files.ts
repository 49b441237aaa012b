/** Records of accounts as files of the system: nothing that a process asks for reaches them, whatever its token. */
import { OsError } from '#abi/errors.ts';
import type { RecordFiles, RecordWriter } from '#accounts/account-book.ts';
import type { FileSystem } from '#fs/file-system.ts';
import type { Changes } from '../change-groups.ts';
import { accountsPath, SystemFiles, secretDescriptor } from '../system-files.ts';

export class AccountFiles implements RecordFiles {
	readonly #files: SystemFiles;

	constructor(fileSystem: FileSystem) {
		this.#files = new SystemFiles(fileSystem);
	}

	list(): string[] {
		return this.#files.list(accountsPath);
	}

	read(name: string): Uint8Array {
		const inode = this.#files.find(`${accountsPath}/${name}`);
		if (inode === undefined) throw new OsError('ENOENT', name);
		return this.#files.read(inode);
	}

	/** Changes of the files in the group of changes of a call. */
	writer(changes: Changes): RecordWriter {
		const { fileSystem } = this.#files;
		const make = <T>(change: () => T): T => changes.make(fileSystem, change);
		const folder = () => this.#files.ensureDirectory(accountsPath, make, secretDescriptor());
		return {
			write(name, bytes) {
				const directory = folder();
				const inode = fileSystem.find(directory, name) ?? make(() => fileSystem.create(directory, name, 'file'));
				make(() => fileSystem.truncate(inode, 0));
				make(() => fileSystem.write(inode, 0, bytes));
				changes.bytes += bytes.length;
			},
			remove(name) {
				const directory = folder();
				if (fileSystem.find(directory, name) !== undefined) make(() => fileSystem.unlink(directory, name));
			},
			whenLost: (undo) => changes.whenLost(undo),
		};
	}
}
