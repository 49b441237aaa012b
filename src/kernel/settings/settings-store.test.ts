/** What the store does when its files are damaged, its group is lost, or its definitions change. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import type { SettingDefinition, SettingValue } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { systemToken } from '#security/token.ts';
import { Changes } from '../change-groups.ts';
import { SystemFiles } from '../system-files.ts';
import { SettingsStore } from './settings-store.ts';

const integer = (number: number): SettingValue => ({ type: 'integer', number });
const theme: SettingDefinition = {
	...{ name: 'desktop/look/theme', title: 'Theme', summary: 'Light or dark.', scope: 'user' },
	...{ default: { type: 'string', text: 'light' }, choices: ['light', 'dark'] },
};

function openStore(fileSystem = new MemoryFileSystem({ clock: { now: () => 0 } }), definitions = [theme]) {
	const logged: string[] = [];
	const log = { write: (_level: string, _source: string, message: string) => void logged.push(message) };
	return { fileSystem, logged, store: new SettingsStore({ fileSystem, definitions, log }) };
}

function set(
	store: SettingsStore,
	fileSystem: MemoryFileSystem,
	values: Record<string, SettingValue | undefined>,
): void {
	const list = Object.entries(values).map(([key, value]) => ({ key, value }));
	store.change(systemToken, new Changes(), { list });
	fileSystem.commit();
}

function writeFile(fileSystem: MemoryFileSystem, path: string, text: string): void {
	const at = path.lastIndexOf('/');
	const directory = new SystemFiles(fileSystem).ensureDirectory(path.slice(0, at), (change) => change());
	const name = path.slice(at + 1);
	const inode = fileSystem.find(directory, name) ?? fileSystem.create(directory, name, 'file');
	fileSystem.truncate(inode, 0);
	fileSystem.write(inode, 0, new TextEncoder().encode(text));
	fileSystem.commit();
}

function textOf(fileSystem: MemoryFileSystem, path: string): string | undefined {
	const files = new SystemFiles(fileSystem);
	const inode = files.find(path);
	return inode === undefined ? undefined : new TextDecoder().decode(files.read(inode));
}

describe('the settings store', () => {
	it('what was stored is there when the system starts again', () => {
		const first = openStore();
		set(first.store, first.fileSystem, { '/machine/a/b': integer(1), '/user/self/a/b': integer(2) });
		const { store } = openStore(first.fileSystem);
		assert.equal(store.get(systemToken, '/machine/a/b').value.number, 1);
		assert.equal(store.get(systemToken, '/effective/a/b').value.number, 2);
	});

	it('damage in a file costs the lines it hit, is told, and what was there is kept beside', () => {
		const first = openStore();
		set(first.store, first.fileSystem, {
			'/machine/a/x': integer(1),
			'/machine/a/y': integer(2),
			'/machine/b/z': integer(3),
		});
		const path = '/System/Settings/machine/a.settings';
		writeFile(first.fileSystem, path, (textOf(first.fileSystem, path) ?? '').replace('integer 1', 'integer \0\0'));
		const { store, fileSystem, logged } = openStore(first.fileSystem);
		assert.throws(() => store.get(systemToken, '/machine/a/x'), OsError);
		assert.equal(store.get(systemToken, '/machine/a/y').value.number, 2);
		assert.equal(store.get(systemToken, '/machine/b/z').value.number, 3);
		assert.match(store.status().damaged.join(), /a\.settings, line 2/);
		assert.equal(logged.length, 1);
		set(store, fileSystem, { '/machine/a/y': integer(4) });
		assert.match(textOf(fileSystem, '/System/Settings/machine/a.damaged') ?? '', /integer \0\0/);
		assert.equal(openStore(fileSystem).store.get(systemToken, '/machine/a/y').value.number, 4);
	});

	it('a setting in the wrong file is not believed', () => {
		const { fileSystem, store } = openStore();
		const text = '# Vitrine settings 1\n/policy/machine/a/x = integer 1\n/machine/b/x = integer 1\n';
		writeFile(fileSystem, '/System/Settings/machine/a.settings', text);
		assert.deepEqual(store.list(systemToken, '/machine', { after: '', limit: 10 }), []);
		assert.equal(store.status().damaged.length, 2);
	});

	it('a group that is lost takes its settings and their revision back', () => {
		const { fileSystem, store } = openStore();
		set(store, fileSystem, { '/machine/a/x': integer(1) });
		const since = store.status().revision;
		const changes = new Changes();
		store.change(systemToken, changes, {
			list: [
				{ key: '/machine/a/x', value: integer(2) },
				{ key: '/machine/n/n', value: integer(2) },
			],
		});
		assert.equal(store.get(systemToken, '/machine/a/x').value.number, 2);
		fileSystem.rollback();
		for (const undo of changes.undos.reverse()) undo();
		assert.equal(store.get(systemToken, '/machine/a/x').value.number, 1);
		assert.throws(() => store.get(systemToken, '/machine/n/n'), { code: 'ENOENT' });
		store.change(systemToken, new Changes(), { list: [{ key: '/machine/a/x', value: integer(3) }], since });
	});

	it('a stored value that fits its definition no more counts as none', () => {
		const first = openStore(undefined, []);
		set(first.store, first.fileSystem, { '/user/self/desktop/look/theme': { type: 'string', text: 'sepia' } });
		const { store } = openStore(first.fileSystem);
		assert.deepEqual(store.get(systemToken, '/effective/desktop/look/theme').source, 'default');
	});

	it('the last value of a file takes the file with it', () => {
		const { fileSystem, store } = openStore();
		set(store, fileSystem, { '/machine/a/x': integer(1) });
		set(store, fileSystem, { '/machine/a/x': undefined });
		assert.equal(textOf(fileSystem, '/System/Settings/machine/a.settings'), undefined);
	});

	it('questions about users and names that are not there leave nothing behind', () => {
		const { fileSystem, store } = openStore();
		for (let index = 0; index < 100; index++)
			assert.throws(() => store.get(systemToken, `/user/S-1-5-21-${index}/a${index}/x`), { code: 'ENOENT' });
		assert.equal(new SystemFiles(fileSystem).find('/System/Settings'), undefined);
	});
});
