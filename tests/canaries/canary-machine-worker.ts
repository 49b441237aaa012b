/**
 * A computer in a process of its own, whose person writes canaries into encrypted files in every way there is, and logs off.
 *
 * Arguments: folder of the volume, seed, how many files, folder for what is kept to be searched, and what to do wrong.
 * It keeps the volume's files as they were before logging off (`running`), the memory afterwards (`memory`), and tells on
 * standard output how much that was.
 */
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import type { System } from '#runtime/system.ts';
import { change, People, type Person, proveRecovery } from '../encryption/people.ts';
import { canaryText } from './canary.ts';
import { dumpMemory } from './memory-dump.ts';

const [volumeFolder = '', seed = '', count = '0', kept = '', planted = ''] = process.argv.slice(2);
const password = 'grey geese fly';
const sizes = [32, 400, 5000, 65_536, 40_000, 140_000];

/** Where files are made: `open` is a folder in clear, `closed` one that encrypts. */
interface Places {
	readonly system: System;
	readonly open: string;
	readonly closed: string;
}

type Way = (places: Places, name: string, text: Uint8Array<ArrayBuffer>) => Promise<void>;

const ways: Readonly<Record<string, Way>> = {
	made: async ({ system, closed }, name, text) => system.pathWrite(`${closed}/${name}`, text, 'create-new'),
	async converted({ system, open }, name, text) {
		await system.pathWrite(`${open}/${name}`, text, 'create-new');
		await change(system, `${open}/${name}`, 'encrypt');
	},
	async changed({ system, closed }, name, text) {
		await system.pathWrite(`${closed}/${name}`, text, 'create-new');
		await system.pathWrite(`${closed}/${name}`, text.slice(0, text.length / 2), 'replace');
		await system.pathWrite(`${closed}/${name}`, text, 'open-or-create');
	},
	async deleted({ system, closed }, name, text) {
		await system.pathWrite(`${closed}/${name}`, text, 'create-new');
		await system.pathUnlink(`${closed}/${name}`);
	},
	async moved({ system, open, closed }, name, text) {
		await system.pathWrite(`${open}/${name}`, text, 'create-new');
		await system.pathRename(`${open}/${name}`, `${closed}/${name}`, false);
	},
	async replaced({ system, open, closed }, name, text) {
		await system.pathWrite(`${closed}/${name}`, text.slice(0, 32), 'create-new');
		await system.pathWrite(`${open}/${name}.saving`, text, 'create-new');
		await system.pathRename(`${open}/${name}.saving`, `${closed}/${name}`, true);
	},
	async copied({ system, closed }, name, text) {
		await system.pathWrite(`${closed}/${name}`, text, 'create-new');
		await system.pathCopy(`${closed}/${name}`, `${closed}/${name} copy`);
		await system.pathWrite(`${closed}/${name}`, text.slice(0, 32), 'replace');
	},
	async taken({ system, open, closed }, name, text) {
		await system.pathWrite(`${closed}/${name}`, text, 'create-new');
		await system.pathRename(`${closed}/${name}`, `${open}/${name}`, false);
		await system.pathCopy(`${open}/${name}`, `${open}/${name} copy`);
	},
	async renewed({ system, closed }, name, text) {
		await system.pathWrite(`${closed}/${name}`, text, 'create-new');
		await change(system, `${closed}/${name}`, 'renew');
	},
	async versioned({ system, open }, name, text) {
		await system.pathWrite(`${open}/${name}`, text, 'create-new');
		await system.pathWrite(`${open}/${name}`, text.slice(0, 32), 'replace');
		await change(system, `${open}/${name}`, 'encrypt');
		await system.pathWrite(`${open}/${name}`, text, 'replace');
	},
};

async function writeAll({ system, home }: Person): Promise<void> {
	const places: Places = { system, open: `${home}/Documents`, closed: `${home}/Private` };
	await system.pathMakeDirectory(places.closed);
	if (planted !== 'clear') await change(system, places.closed, 'encrypt');
	const list = Object.values(ways);
	for (let number = 0; number < Number(count); number++) {
		const text = canaryText(seed, number, sizes[number % sizes.length] ?? 0);
		await list[number % list.length]?.(places, `canary ${number}`, text);
	}
}

async function work(people: People): Promise<unknown> {
	await people.create('Anna', password);
	// Every change keeps a version.
	const each = { key: '/machine/versions/interval-seconds', value: { type: 'integer', number: 0 } } as const;
	await people.admin.settingChange([each], undefined);
	const anna = await people.logOn('Anna', password);
	await proveRecovery(anna, password);
	await writeAll(anna);
	await people.headless.kernel.volume.eraseFreed();
	mkdirSync(kept, { recursive: true });
	cpSync(volumeFolder, path.join(kept, 'running'), { recursive: true });
	const name = `${anna.home}/Documents/canary 1`;
	const held = planted === 'held' ? await anna.system.pathRead(name, 1 << 20) : undefined;
	await people.logOff(anna);
	// The end of a session begins it; here it is waited for.
	await people.headless.kernel.volume.eraseFreed();
	return held;
}

const people = new People(await openNodeVolume(volumeFolder));
const held = await work(people);
const dump = await dumpMemory(path.join(kept, 'memory'));
people.close();
console.log(JSON.stringify({ ...dump, held: held !== undefined }));
