/**
 * Where settings stand on the volume: a text file for the first part of their names in the folder of their hive, so
 * `/machine/desktop/appearance/theme` in `/System/Settings/machine/desktop.settings`, in the form of `abi/setting-text.ts`.
 *
 * Rules of use:
 * - `load` takes what can be read and says what could not. A file with damage is not lost: before it is written again it
 *   gets the name `….damaged`, and what could be read of it goes on in the new one.
 * - `save` is a change of the file system: the caller makes it in a group, and it is stored when the group is.
 */
import { OsError } from '#abi/errors.ts';
import { formatSettings, parseSettings } from '#abi/setting-text.ts';
import type { SettingValue } from '#abi/structures.generated.ts';
import type { FileSystem } from '#fs/file-system.ts';
import { ensureDirectory, findPath, listNames, readWhole, settingsPath } from '../system-files.ts';
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
	readonly #fileSystem: FileSystem;

	constructor(fileSystem: FileSystem) {
		this.#fileSystem = fileSystem;
	}

	/** The first parts of names for which a hive has a file. */
	list(hive: Hive): string[] {
		const directory = findPath(this.#fileSystem, settingsPath + hive.root);
		if (directory === undefined) return [];
		const names = listNames(this.#fileSystem, directory).filter((name) => name.endsWith(extension));
		return names.map((name) => name.slice(0, -extension.length));
	}

	load(hive: Hive, first: string): SettingDocument {
		const path = pathOf(hive, first);
		try {
			const inode = findPath(this.#fileSystem, path);
			return inode === undefined ? emptyDocument : readDocument(hive, first, readWhole(this.#fileSystem, inode));
		} catch (error) {
			// A damaged file costs its own settings, never those of others.
			if (!(error instanceof OsError)) throw error;
			return { ...emptyDocument, damage: [`${path}: ${error.message}`] };
		}
	}

	/** Writes a document in the place of `before`; one without values needs no file. */
	save(hive: Hive, first: string, texts: { readonly bytes: Uint8Array; readonly before: SettingDocument }): void {
		const fileSystem = this.#fileSystem;
		const directory = ensureDirectory(fileSystem, settingsPath + hive.root);
		const name = first + extension;
		if (texts.before.damage.length > 0)
			fileSystem.rename({ directory, name }, { directory, name: `${first}.damaged` }, true);
		const found = fileSystem.find(directory, name);
		if (texts.bytes.length === 0) {
			if (found !== undefined) fileSystem.unlink(directory, name);
			return;
		}
		const inode = found ?? fileSystem.create(directory, name, 'file');
		fileSystem.truncate(inode, texts.bytes.length);
		fileSystem.write(inode, 0, texts.bytes);
	}
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
