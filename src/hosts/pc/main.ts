/**
 * The host service of a PC that was started from the image: serves the desktop to the one browser there, and does for
 * it what a page cannot.
 *
 * From its environment: `VITRINE_SITE`, the built site; `VITRINE_KEEPER`, the socket of what does for it what needs root;
 * `VITRINE_READY`, a file that it makes when it listens; `VITRINE_BEGUN`, one that it makes when the page's scripts
 * run; `VITRINE_SHOWN`, one that it makes when the desktop is seen;
 * `VITRINE_TELL`, when a test has started the PC: then it says what stands on the screen.
 *
 * Invariants: it runs without any right of its own but to ask the keeper. The port is part of the address of a person's
 * files, so it never changes.
 */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { PcAppliance } from '#abi/structures.generated.ts';
import { type PowerAction, planOf } from '../common/machine-contract.ts';
import { startStaticServer } from '../node/static-server.ts';
import { StaticSite } from '../node/static-site.ts';
import { Drives } from './drives/drives.ts';
import { HealthyMinute } from './healthy-minute.ts';
import { answerHere } from './host-verbs.ts';
import { KeeperClient } from './keeper-client.ts';
import { type Machine, MachineDoor } from './machine-door.ts';

const port = 7070;
/** Of the host service alone: the keeper puts pictures there. */
const ownFolder = '/run/host';

function say(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}

function getSetting(name: string): string {
	const value = process.env[name];
	if (value === undefined) throw new Error(`${name} is not set.`);
	return value;
}

const keeper = new KeeperClient(getSetting('VITRINE_KEEPER'));
const site = await StaticSite.read(getSetting('VITRINE_SITE'));

/** An update that was started for the first time has shown that it works. */
const minute = new HealthyMinute(async () => {
	const { kept } = (await keeper.askFor('update.healthy', {})) as { kept: boolean };
	if (kept) say('this version is kept');
});

const drives = new Drives(keeper);

const machine: Machine = {
	askDrive: (drive, question) => drives.ask(drive, question),
	power: async (action: PowerAction) => {
		say(`power: ${action}`);
		await keeper.askFor('power.end', { action });
	},
	ask: async (request, listener) => {
		if (await drives.answer(request, listener)) return;
		if (!(await answerHere(request, listener.onLine))) await keeper.ask(request, listener);
	},
	starts: () => minute.noteStart(),
	begins: () => writeFileSync(getSetting('VITRINE_BEGUN'), ''),
	appliance: async () => planOf((await keeper.askFor('appliance.read', {})) as PcAppliance),
	ready: ({ screen, width, height }) => {
		say(`${screen} ready ${width}x${height}`);
		// What waits for the desktop begins: nothing of it matters to the page.
		writeFileSync(getSetting('VITRINE_SHOWN'), '');
		minute.noteReady().catch((error: unknown) => say(`the trial could not be ended well: ${error}`));
	},
	picture: async () => {
		const name = `picture-${randomBytes(16).toString('base64url')}`;
		await keeper.askFor('picture.take', { name });
		const picture = path.join(ownFolder, name);
		try {
			return await readFile(picture);
		} finally {
			await rm(picture);
		}
	},
	shows: process.env.VITRINE_TELL === undefined ? undefined : (report) => say(`shows ${JSON.stringify(report)}`),
};

/** The desktop, and the page that opens its data partition. */
const pages = new Map(
	['/', '/unlock/index.html'].flatMap((name) => {
		const file = site.find(name);
		return file === undefined ? [] : [[name.replace(/index\.html$/, ''), file.content.toString('utf8')] as const];
	}),
);
const door = new MachineDoor(machine, pages, `http://localhost:${port}`);
const server = await startStaticServer(site, port, (request, response) => door.answer(request, response));
say(`listening at ${server.url}`);
await writeFile(getSetting('VITRINE_READY'), '');

process.on('SIGTERM', () => void server.close());
