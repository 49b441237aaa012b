/**
 * The built site as a PC of its own serves it: with the door to the PC, and behind it a PC of the test's.
 *
 * Rules of use: `await using pc = await startPcServer()`. Settings are the keeper's own verbs over files in a folder of the
 * test; its tools (sound, screen) and the PC's facts are what the test says.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OsError } from '#abi/errors.ts';
import type { PcAppliance, PcData, PcFacts, PcPower } from '#abi/structures.generated.ts';
import { type AskRequest, planOf } from '#hosts/common/machine-contract.ts';
import { startStaticServer } from '#hosts/node/static-server.ts';
import { StaticSite } from '#hosts/node/static-site.ts';
import { Drives } from '#hosts/pc/drives/drives.ts';
import { createApplianceVerbs } from '#hosts/pc/keeper/appliance-verbs.ts';
import { KeptSettings } from '#hosts/pc/keeper/kept-settings.ts';
import { createScreenVerbs } from '#hosts/pc/keeper/screen-verbs.ts';
import { createSettingsVerbs } from '#hosts/pc/keeper/settings-verbs.ts';
import { createSoundVerbs } from '#hosts/pc/keeper/sound-verbs.ts';
import type { TakingWork, Verb } from '#hosts/pc/keeper/verb.ts';
import type { AskListener } from '#hosts/pc/keeper-client.ts';
import { MachineDoor } from '#hosts/pc/machine-door.ts';
import { listKeyboardLayouts, listTimeZones } from '#hosts/pc/pc-choices.ts';
import { SystemText } from '#hosts/pc/system-text.ts';
import { ensureSite } from '../../tools/build.ts';

/** A picture of the screen, as small as one can be (PNG). */
const onePixel = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg==',
	'base64',
);

/** What `receive` gives comes from the page, for a verb that takes bytes. */
type OwnVerb = (given: object, work: TakingWork) => Promise<unknown>;

export interface PcServer extends AsyncDisposable {
	readonly url: string;
	/** What was done to the PC, a line each. */
	readonly done: string[];
	/** Verbs of a test's own, which go before those of this file. */
	readonly verbs: Map<string, OwnVerb>;
	/** What a person does who turns the PC off and on again, as far as the keeper knows of it. */
	powerCycle(): Promise<void>;
	/** A folder in it stands for the drive of its name. */
	readonly drives: string;
}

const facts: PcFacts = {
	...{ maker: 'LENOVO', model: 'ThinkPad T440', processor: 'Intel(R) Core(TM) i5-4300U', processors: 4 },
	...{ memoryBytes: 8 * 2 ** 30, graphics: 'i915', firmware: 'uefi', firmwareVersion: 'GJETA5WW (2.55), 11/04/2019' },
	...{ secureBoot: true, kernelVersion: '6.12.117+deb13-amd64', startedFrom: 'Kingston DataTraveler 3.0 (sdb)' },
	keeping: 'forgotten',
};
const power: PcPower = {
	onMains: false,
	batteries: [{ name: 'BAT0', percent: 71, state: 'discharging', minutesLeft: 154 }],
};
const noData: PcData = { state: 'none', device: '', disk: '', encrypted: false, sizeBytes: 0, freeBytes: 0 };
const cards = [
	{
		...{ name: 'enp0s25', driver: 'e1000e', hardwareAddress: '54:ee:75:00:00:01', address: '', gateway: '' },
	},
];

const layoutList = `! layout
  us              English (US)
  de              German
  ru              Russian

! variant
  dvorak          us: English (Dvorak)
  nodeadkeys      de: German (no dead keys)
`;
const zones = ['Europe/Berlin', 'Europe/London', 'America/New_York', 'Etc/UTC'];

async function makeFolder(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'vitrine-pc-'));
	for (const zone of zones) {
		await mkdir(path.dirname(path.join(folder, 'zones', zone)), { recursive: true });
		await writeFile(path.join(folder, 'zones', zone), 'TZif');
	}
	await writeFile(
		path.join(folder, 'zones/zone.tab'),
		zones
			.slice(0, 3)
			.map((zone) => `XX\t+0+0\t${zone}\n`)
			.join(''),
	);
	await writeFile(path.join(folder, 'layouts'), layoutList);
	await mkdir(path.join(folder, 'proc/asound/card0/pcm0p'), { recursive: true });
	await writeFile(path.join(folder, 'proc/asound/card0/id'), 'PCH\n');
	await writeFile(path.join(folder, 'proc/asound/cards'), ' 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n');
	return folder;
}

/** Answers as `amixer` and `wlr-randr` do, for one card and one screen. */
function makeTools(done: string[]) {
	let [percent, isOn, scale, width] = [72, true, 1, 1920];
	const mixer = (words: readonly string[]) => {
		percent = Number(words.find((word) => word.endsWith('%'))?.slice(0, -1) ?? percent);
		if (words.includes('sset')) isOn = !words.includes('mute');
		const state = `Playback 63 [${percent}%] [-18.00dB] [${isOn ? 'on' : 'off'}]`;
		return `Simple mixer control 'Master',0\n  Capabilities: pvolume pswitch\n  Mono: ${state}\n`;
	};
	const compositor = (words: readonly string[]) => {
		if (words.includes('--mode')) width = Number.parseInt(words[words.indexOf('--mode') + 1] ?? '', 10);
		if (words.includes('--scale')) scale = Number(words.at(-1));
		const modes = [[1920, 1080] as const, [1280, 720] as const].map(([each, lines]) => ({
			...{ width: each, height: lines, refresh: 59.94, preferred: each === 1920, current: each === width },
		}));
		return JSON.stringify([{ name: 'eDP-1', make: 'AUO', model: '0x213D', enabled: true, modes, scale }]);
	};
	return async (name: string, words: readonly string[]): Promise<string> => {
		if (words.includes('sset') || words.includes('--output')) done.push([name, ...words].join(' '));
		if (name === 'amixer') return mixer(words);
		return name === 'wlr-randr' ? compositor(words) : '';
	};
}

function makeVerbs(folder: string, done: string[]): Readonly<Record<string, Verb>> {
	const kept = new KeptSettings(path.join(folder, 'kept'));
	const run = makeTools(done);
	let isOpen = false;
	return {
		...createSettingsVerbs({
			...{ kept, zones: path.join(folder, 'zones'), layouts: path.join(folder, 'layouts') },
			copyLayouts: async () => undefined,
			apply: async (subject) => void done.push(`apply ${subject} ${await kept.find(subject)}`),
			setClock: async (time) => void done.push(`clock ${new Date(time).toISOString()}`),
			isNetworkOpen: async () => isOpen,
			openNetwork: async (open) => {
				isOpen = open;
				done.push(open ? 'network opens' : 'network closes');
			},
		}),
		...createSoundVerbs({ system: new SystemText(folder), kept, levels: path.join(folder, 'levels'), run }),
		...createScreenVerbs({ kept, run }),
		...createApplianceVerbs({ kept, leftMark: path.join(folder, 'left') }),
	};
}

/** Of a verb that nobody waits for. */
const idle: TakingWork = {
	...{ signal: new AbortController().signal, report: () => undefined },
	receive: () => Promise.reject(new OsError('ECANCELED')),
};

/** Each piece as it comes, joined to what is asked for. */
function makeReceive(source: AsyncIterable<Uint8Array> | undefined): TakingWork['receive'] {
	const pieces = source?.[Symbol.asyncIterator]();
	let held = Buffer.alloc(0);
	return async (length) => {
		while (held.length < length) {
			const next = await pieces?.next();
			if (next === undefined || next.done === true) throw new OsError('ECANCELED');
			held = Buffer.concat([held, next.value]);
		}
		const bytes = held.subarray(0, length);
		held = held.subarray(length);
		return bytes;
	};
}

export async function startPcServer(): Promise<PcServer> {
	const folder = await makeFolder();
	const done: string[] = [];
	const own = new Map<string, OwnVerb>([
		['data.settle', async () => null],
		['data.state', async () => noData],
		['disk.list', async () => []],
		['drive.list', async () => []],
		['drive.mount', async () => ({ readOnly: false })],
		['drive.unmount', async () => ({})],
		['pc.facts', async () => facts],
		['pc.power', async () => power],
		['pc.network-cards', async () => cards],
		[
			'pc.choices',
			async () => ({
				keyboardLayouts: await listKeyboardLayouts(path.join(folder, 'layouts')),
				timeZones: await listTimeZones(path.join(folder, 'zones')),
			}),
		],
	]);
	const verbs = makeVerbs(folder, done);
	const answer = async ({ verb, arguments: given }: AskRequest, work: TakingWork): Promise<unknown> => {
		const mine = own.get(verb);
		if (mine !== undefined) return mine(given, work);
		const known = verbs[verb];
		if (known === undefined) throw new OsError('ENOSYS', verb);
		return known.run(given, work);
	};
	const site = await StaticSite.read(await ensureSite());
	let door: MachineDoor | undefined;
	const server = await startStaticServer(site, 0, (request, response) => door?.answer(request, response) ?? false);
	const driveFolder = path.join(folder, 'drives');
	const machine = {
		power: async (action: string) => void done.push(`power ${action}`),
		starts: () => undefined,
		ready: () => undefined,
		appliance: async () => planOf((await answer({ verb: 'appliance.read', arguments: {} }, idle)) as PcAppliance),
		picture: async () => onePixel,
		askDrive: (drive: string, question: Uint8Array) => drives.ask(drive, question),
		ask: async (request: AskRequest, listener: AskListener) => {
			if (!(await drives.answer(request, listener))) await askVerbs(request, listener);
		},
	};
	const askVerbs = (request: AskRequest, { onLine, source, signal = new AbortController().signal }: AskListener) =>
		answer(request, {
			signal,
			receive: makeReceive(source),
			report: (step, doneBytes, totalBytes) => onLine({ progress: { step, doneBytes, totalBytes } }),
		}).then(
			(result) => onLine({ result }),
			(error: unknown) => {
				const { code, detail } = error instanceof OsError ? error : new OsError('EIO', String(error));
				onLine({ failure: { code, detail } });
			},
		);
	const drives = new Drives({ ask: askVerbs }, driveFolder);
	const page = site.find('/')?.content.toString('utf8') ?? '';
	door = new MachineDoor(machine, new Map([['/', page]]), `http://localhost:${server.port}`);
	return {
		...{ url: server.url, done, verbs: own, drives: driveFolder },
		powerCycle: () => rm(path.join(folder, 'left'), { force: true }),
		async [Symbol.asyncDispose]() {
			await server.close();
			await rm(folder, { recursive: true });
		},
	};
}
