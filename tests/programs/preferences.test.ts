/** Preferences of an older version, in files, come into the settings store: once, and with nothing lost. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { OsError } from '#abi/errors.ts';
import { foldersOf } from '#base/known-folders.ts';
import { loadSettings } from '#programs/machine/machine-settings.ts';
import { loadPreferences, savePreferences } from '#programs/terminal/preferences.ts';
import { TestMachine } from './test-machine.ts';

describe('preferences that stood in files', () => {
	let machine: TestMachine;
	const home = '/home';
	const write = (name: string, text: string) =>
		machine.system.pathWrite(`/home/Settings/${name}`, new TextEncoder().encode(text), 'open-or-create');
	const exists = (name: string) =>
		machine.system.pathStat(`/home/Settings/${name}`).then(
			() => true,
			(error) => !(error instanceof OsError && error.code === 'ENOENT'),
		);
	before(async () => {
		machine = new TestMachine({});
		for (const path of ['/home', '/home/Settings']) await machine.system.pathMakeDirectory(path);
	});
	after(() => machine[Symbol.asyncDispose]());

	it('of terminals: are taken over, and what is chosen later holds', async () => {
		assert.deepEqual(await loadPreferences(machine.system, home), { fontSize: 14, screenReader: false });
		await write('terminal.json', '{"fontSize": 19, "screenReader": true}');
		assert.deepEqual(await loadPreferences(machine.system, home), { fontSize: 19, screenReader: true });
		assert.equal(await exists('terminal.json'), false);
		await savePreferences(machine.system, { fontSize: 12, screenReader: true });
		assert.deepEqual(await loadPreferences(machine.system, home), { fontSize: 12, screenReader: true });
	});

	it('of terminals: a damaged file is left where it is and says nothing', async () => {
		await write('terminal.json', '{"fontSize": 1');
		assert.deepEqual(await loadPreferences(machine.system, home), { fontSize: 12, screenReader: true });
		assert.equal(await exists('terminal.json'), true);
	});

	it('of machines: what fits is taken over, the rest is as if it had never been chosen', async () => {
		await write('machine.json', '{"sound": false, "scaling": "huge", "closeAtEnd": true, "unknown": 1}');
		const folders = foldersOf(home);
		assert.deepEqual(await loadSettings(machine.system, folders), {
			...{ sound: false, scaling: 'crisp', aspectCorrection: true, closeAtEnd: true },
		});
		assert.equal(await exists('machine.json'), false);
	});

	it('two windows that take over at once do it once, and neither fails', async () => {
		await write('machine.json', '{"sound": true}');
		const folders = foldersOf(home);
		const both = await Promise.all([loadSettings(machine.system, folders), loadSettings(machine.system, folders)]);
		assert.deepEqual(
			both.map(({ sound }) => sound),
			[true, true],
		);
	});
});
