/**
 * Where settings stand on the volume: a text file for the first part of their names in the folder of their hive, so
 * `/machine/desktop/appearance/theme` in `/System/Settings/machine/desktop.settings`, in the form of `abi/setting-text.ts`.
 *
 * Rules of use:
 * - `load` takes what can be read and says what could not. A file with damage is not lost: before it is written again it
 *   gets the name `….damaged`, and what could be read of it goes on in the new one.
 * - `save` makes its changes of the file system in the caller's group; they are stored when the group is.
 */
import { OsError } from '#abi/errors.ts';
import { formatSettings, parseSettings } from '#abi/setting-text.ts';
import type { SettingValue } from '#abi/structures.generated.ts';
import { baseName, directoryName } from '#base/path.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { type MakeChange, privateDescriptor, SystemFiles, settingsPath } from '../system-files.ts';
import { type Hive, parseKey } from './setting-key.ts';

const extension = '.settings';

/** The values of one file by their names. A document is never changed, only replaced. */
export interface SettingDocument {
	readonly values: ReadonlyMap<string, SettingValue>;
	/** What could not be read. */
	readonly damage: readonly string[];
	/** Bytes of its text. */
	readonly sizeBytes: number;
}

/** What a hive knows of a program that has no settings. */
export const emptyDocument: SettingDocument = { values: new Map(), damage: [], sizeBytes: 0 };

export class SettingFiles {
	readonly #files: SystemFiles;

	constructor(fileSystem: FileSystem) {
		this.#files = new SystemFiles(fileSystem);
	}

	/** The first parts of names for which a hive has a file. */
	list(hive: Hive): string[] {
		const names = this.#files.list(settingsPath + hive.root).filter((name) => name.endsWith(extension));
		return names.map((name) => name.slice(0, -extension.length));
	}

	load(hive: Hive, first: string): SettingDocument {
		const path = pathOf(hive, first);
		try {
			const inode = this.#files.find(path);
			return inode === undefined ? emptyDocument : readDocument(hive, first, this.#files.read(inode));
		} catch (error) {
			// A damaged file costs its own settings, never those of others.
			if (!(error instanceof OsError)) throw error;
			return { ...emptyDocument, damage: [`${path}: ${error.message}`] };
		}
	}

	/** Removes all of a hive. */
	removeHive(hive: Hive, make: MakeChange): void {
		const path = settingsPath + hive.root;
		const directory = this.#files.find(directoryName(path));
		if (directory === undefined || this.#files.find(path) === undefined) return;
		make(() => this.#files.fileSystem.removeTree(directory, baseName(path)));
	}

	/** Writes a document; one without values needs no file. */
	save({ hive, first, bytes, wasDamaged }: SavedDocument, make: MakeChange): void {
		const { fileSystem } = this.#files;
		const directory = this.#files.ensureDirectory(
			settingsPath + hive.root,
			make,
			hive.user === undefined ? undefined : privateDescriptor(hive.user),
		);
		const name = first + extension;
		if (wasDamaged) make(() => fileSystem.rename({ directory, name }, { directory, name: `${first}.damaged` }, true));
		const found = fileSystem.find(directory, name);
		if (bytes.length === 0) {
			if (found !== undefined) make(() => fileSystem.unlink(directory, name));
			return;
		}
		const inode = found ?? make(() => fileSystem.create(directory, name, 'file'));
		make(() => fileSystem.truncate(inode, 0));
		make(() => fileSystem.write(inode, 0, bytes));
	}
}

export interface SavedDocument {
	readonly hive: Hive;
	readonly first: string;
	/** Its text. */
	readonly bytes: Uint8Array;
	/** What stands there is kept under another name. */
	readonly wasDamaged: boolean;
}

/** The text of a document; empty when it has no values. */
export function encodeDocument(hive: Hive, values: ReadonlyMap<string, SettingValue>): Uint8Array {
	if (values.size === 0) return new Uint8Array();
	const settings = [...values].map(([name, value]) => ({ key: `${hive.root}/${name}`, value }));
	return new TextEncoder().encode(formatSettings(settings));
}

function readDocument(hive: Hive, first: string, bytes: Uint8Array<ArrayBuffer>): SettingDocument {
	const path = pathOf(hive, first);
	const { changes, problems } = parseSettings(new TextDecoder().decode(bytes));
	const values = new Map<string, SettingValue>();
	const damage = problems.map(({ line, reason }) => `${path}, line ${line}: ${reason}`);
	for (const { key, value } of changes) {
		const name = nameIn(hive, first, key);
		if (name === undefined || value === undefined) damage.push(`${path}: ${key.slice(0, 200)} does not belong there`);
		else values.set(name, value);
	}
	return { values: sortedByName(values), damage, sizeBytes: bytes.length };
}

function nameIn(hive: Hive, first: string, text: string): string | undefined {
	try {
		const key = parseKey(text, '');
		return key.hive?.root === hive.root && key.name.startsWith(`${first}/`) ? key.name : undefined;
	} catch (error) {
		if (error instanceof OsError) return undefined;
		throw error;
	}
}

export function sortedByName(values: ReadonlyMap<string, SettingValue>): Map<string, SettingValue> {
	return new Map([...values].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function pathOf(hive: Hive, first: string): string {
	return `${settingsPath}${hive.root}/${first}${extension}`;
}
