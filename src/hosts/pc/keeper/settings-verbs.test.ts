import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { listKeyboardLayouts, listTimeZones } from '../pc-choices.ts';
import { KeptSettings } from './kept-settings.ts';
import { createSettingsVerbs } from './settings-verbs.ts';
import type { Verb } from './verb.ts';

const layoutList = `! model
  pc105           Generic 105-key PC

! layout
  de              German
  us              English (US)
  custom          A user-defined custom Layout

! variant
  nodeadkeys      de: German (no dead keys)
  dvorak          us: English (Dvorak)

! option
  grp             Switching to another layout
`;

const work = { signal: new AbortController().signal, report: () => undefined };

suite('The settings of the PC', () => {
	let folder = '';
	let done: string[] = [];
	let isOpen = false;
	let verbs: Readonly<Record<string, Verb>> = {};

	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'vitrine-settings-'));
		await mkdir(path.join(folder, 'zones/Europe'), { recursive: true });
		await writeFile(path.join(folder, 'zones/Europe/Berlin'), 'TZif');
		await writeFile(path.join(folder, 'zones/zone.tab'), '# countries\nDE\t+5230+01322\tEurope/Berlin\tmost of it\n');
		await writeFile(path.join(folder, 'layouts'), layoutList);
		done = [];
		isOpen = false;
		verbs = createSettingsVerbs({
			kept: new KeptSettings(path.join(folder, 'kept')),
			copyLayouts: async () => undefined,
			apply: async (subject) => void done.push(subject),
			setClock: async (time) => void done.push(`clock ${time}`),
			isNetworkOpen: async () => isOpen,
			openNetwork: async (open) => {
				isOpen = open;
			},
			...{ zones: path.join(folder, 'zones'), layouts: path.join(folder, 'layouts') },
		});
	});
	afterEach(() => rm(folder, { recursive: true }));

	const read = async () => verbs['settings.read']?.run({}, work);
	const change = async (wish: unknown) => verbs['settings.change']?.run({ change: wish }, work);
	const kept = async () => readdir(path.join(folder, 'kept')).catch(() => []);

	test('What nobody chose is what the image does', async () => {
		assert.deepEqual(await read(), {
			...{ keyboardLayouts: ['us'], timeZone: 'Etc/UTC', clockIsLocal: false, network: 'closed' },
		});
	});

	test('What was chosen is kept as a line each and brought into force', async () => {
		await change({ keyboardLayouts: ['de(nodeadkeys)', 'us'], timeZone: 'Europe/Berlin', clockIsLocal: true });
		assert.deepEqual(await read(), {
			...{
				keyboardLayouts: ['de(nodeadkeys)', 'us'],
				timeZone: 'Europe/Berlin',
				clockIsLocal: true,
				network: 'closed',
			},
		});
		assert.deepEqual(done, ['keyboard', 'time-zone', 'clock']);
		assert.deepEqual(await kept(), ['clock', 'keyboard', 'time-zone']);
		assert.equal(await readFile(path.join(folder, 'kept/keyboard'), 'utf8'), 'de(nodeadkeys) us\n');
	});

	test('A network that is opened is closed at the next start, unless it is opened for good', async () => {
		await change({ network: 'open' });
		assert.equal(((await read()) as { network: string }).network, 'open');
		assert.equal(await readFile(path.join(folder, 'kept/network'), 'utf8'), 'closed\n');
		await change({ network: 'always-open' });
		assert.equal(((await read()) as { network: string }).network, 'always-open');
		await change({ network: 'closed' });
		assert.deepEqual([isOpen, ((await read()) as { network: string }).network], [false, 'closed']);
	});

	test('Of a change with anything wrong in it nothing is done, and nothing of it reaches a tool or a file', async () => {
		const attempts = [
			...['us', [], ['us', 'us', 'us', 'us', 'us'], ['xx'], ['de(nosuch)'], ['us"; rm'], ['../us'], ['us us']].map(
				(keyboardLayouts) => ({ timeZone: 'Europe/Berlin', keyboardLayouts }),
			),
			...['Europe/Atlantis', '../etc/passwd', '/etc/passwd', 'Europe', 'europe/berlin', ''].map((timeZone) => ({
				...{ timeZone, clockIsLocal: true },
			})),
			...[-1, 0, Date.UTC(2101, 0), Number.NaN, '2026'].map((time) => ({ time, network: 'open' })),
			...['ajar', true].map((network) => ({ network, clockIsLocal: true })),
			...[{ clockIsLocal: 'yes' }, { unknown: 1 }, null, 'x'],
		];
		for (const attempt of attempts) await assert.rejects(change(attempt), { code: 'EINVAL' }, JSON.stringify(attempt));
		assert.deepEqual([done, await kept(), isOpen], [[], [], false]);
	});

	test('The lists of the image: layouts with their variants, zones with one that is no place', async () => {
		assert.deepEqual(
			(await listKeyboardLayouts(path.join(folder, 'layouts'))).map(({ id, title }) => `${id} ${title}`),
			['us(dvorak) English (Dvorak)', 'us English (US)', 'de German', 'de(nodeadkeys) German (no dead keys)'],
		);
		assert.deepEqual(await listTimeZones(path.join(folder, 'zones')), ['Etc/UTC', 'Europe/Berlin']);
	});
});
