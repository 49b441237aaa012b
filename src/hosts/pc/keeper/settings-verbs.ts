/**
 * The settings of the PC that hold for everybody: keyboard layouts, time zone, clock, network.
 *
 * | File of `KeptSettings` | Its line |
 * |---|---|
 * | `keyboard` | layouts of the X Keyboard Extension, a space between them |
 * | `time-zone` | a name of the IANA database |
 * | `clock` | `utc` or `local`: what the clock in the PC shows |
 * | `network` | `always-open`, or `closed` |
 *
 * Invariants: everything of a change is checked before anything of it is done. What is kept is written before it is brought
 * into force, by the one script that does so at the start as well.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { OsError } from '#abi/errors.ts';
import type { PcSettings, PcSettingsChange } from '#abi/structures.generated.ts';
import { layoutList, listKeyboardLayouts, zoneFolder } from '../pc-choices.ts';
import { writeHeaderLayout } from './header-layout.ts';
import { isThere } from './is-there.ts';
import type { KeptSettings } from './kept-settings.ts';
import { runTool } from './run-tool.ts';
import { type Check, defineVerb, type Verb } from './verb.ts';

export interface SettingsParts {
	readonly kept: KeptSettings;
	/** Copies the layouts to where they can be read before the data partition is opened; nothing where it is not encrypted. */
	copyLayouts(layouts: string): Promise<void>;
	/** Brings what is kept under a subject into force, now. */
	apply(subject: 'keyboard' | 'time-zone' | 'clock' | 'network'): Promise<void>;
	/** Sets the clock of the system and the one in the PC; milliseconds since 1970. */
	setClock(time: number): Promise<void>;
	/** Whether packets may leave now. */
	isNetworkOpen(): Promise<boolean>;
	/** Opens or closes the network until the PC goes off. */
	openNetwork(open: boolean): Promise<void>;
	/** Where the time zones stand, and the list of keyboard layouts. */
	readonly zones: string;
	readonly layouts: string;
}

/** What the image does when nobody chose anything. */
const defaults = { keyboard: 'us', 'time-zone': 'Etc/UTC', clock: 'utc' } as const;
const mostLayouts = 4;
const [earliest, latest] = [Date.UTC(2020, 0), Date.UTC(2100, 0)];

export function createSettingsVerbs(parts: SettingsParts): Readonly<Record<string, Verb>> {
	return {
		'settings.read': defineVerb({}, () => read(parts)),
		'settings.change': defineVerb({ change: checkChange }, async ({ change }) => {
			await requireKnown(parts, change);
			await make(parts, change);
			return {};
		}),
	};
}

async function read({ kept, isNetworkOpen }: SettingsParts): Promise<PcSettings> {
	const line = async (name: keyof typeof defaults) => (await kept.find(name)) ?? defaults[name];
	const isAlwaysOpen = (await kept.find('network')) === 'always-open';
	return {
		keyboardLayouts: (await line('keyboard')).split(' '),
		timeZone: await line('time-zone'),
		clockIsLocal: (await line('clock')) === 'local',
		network: isAlwaysOpen ? 'always-open' : (await isNetworkOpen()) ? 'open' : 'closed',
	};
}

const isLayoutId = (value: unknown): boolean =>
	typeof value === 'string' && /^[\w-]{1,32}(\([\w-]{1,48}\))?$/.test(value);
const isZone = (value: unknown): boolean =>
	typeof value === 'string' && /^[A-Z][\w+-]*(\/[A-Z][\w+-]*){0,2}$/.test(value) && value.length <= 64;

const fieldChecks: Readonly<Record<keyof PcSettingsChange, (value: unknown) => boolean>> = {
	keyboardLayouts: (value) =>
		Array.isArray(value) && value.length >= 1 && value.length <= mostLayouts && value.every(isLayoutId),
	timeZone: isZone,
	clockIsLocal: (value) => typeof value === 'boolean',
	network: (value) => ['closed', 'open', 'always-open'].includes(value as string),
	time: (value) => typeof value === 'number' && value >= earliest && value < latest,
};

const checkChange: Check<PcSettingsChange> = (value) => {
	if (typeof value !== 'object' || value === null) return undefined;
	const isGood = Object.entries(value).every(([name, field]) => {
		return Object.hasOwn(fieldChecks, name) && fieldChecks[name as keyof PcSettingsChange](field);
	});
	return isGood ? (value as PcSettingsChange) : undefined;
};

/** EINVAL for a zone or a layout that this image does not have. */
async function requireKnown({ zones, layouts }: SettingsParts, change: PcSettingsChange): Promise<void> {
	const { timeZone, keyboardLayouts } = change;
	if (timeZone !== undefined && !(await isFile(path.join(zones, timeZone)))) throw new OsError('EINVAL', timeZone);
	if (keyboardLayouts === undefined) return;
	const known = new Set((await listKeyboardLayouts(layouts)).map(({ id }) => id));
	const unknown = keyboardLayouts.find((id) => !known.has(id));
	if (unknown !== undefined) throw new OsError('EINVAL', unknown);
}

async function make(parts: SettingsParts, change: PcSettingsChange): Promise<void> {
	const { kept, apply } = parts;
	const { keyboardLayouts, timeZone, clockIsLocal, network, time } = change;
	const keep = async (name: Parameters<typeof apply>[0], line: string) => {
		await kept.write(name, line);
		await apply(name);
	};
	if (keyboardLayouts !== undefined) {
		await keep('keyboard', keyboardLayouts.join(' '));
		await parts.copyLayouts(keyboardLayouts.join(' '));
	}
	if (timeZone !== undefined) await keep('time-zone', timeZone);
	if (clockIsLocal !== undefined) await keep('clock', clockIsLocal ? 'local' : 'utc');
	if (time !== undefined) await parts.setClock(time);
	if (network === undefined) return;
	await kept.write('network', network === 'always-open' ? network : 'closed');
	await parts.openNetwork(network !== 'closed');
}

async function isFile(name: string): Promise<boolean> {
	try {
		return (await stat(name)).isFile();
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
		throw error;
	}
}

/** The parts of a PC that was started from the image. */
export function makeSettingsParts(kept: KeptSettings): SettingsParts {
	return {
		kept,
		zones: zoneFolder,
		layouts: layoutList,
		async copyLayouts(layouts) {
			if (await isThere('/dev/mapper/vitrine-data')) await writeHeaderLayout(await readPartition(), layouts);
		},
		apply: async (subject) => void (await runTool('/usr/lib/vitrine/apply-settings', [subject])),
		async setClock(time) {
			await runTool('busybox', ['date', '-u', '-s', `@${Math.round(time / 1000)}`]);
			const shown = (await kept.find('clock')) === 'local' ? '-l' : '-u';
			await runTool('busybox', ['hwclock', '-w', shown], { environment: { TZ: ':/etc/localtime' } });
		},
		isNetworkOpen: () => isThere('/run/network-open'),
		openNetwork: async (open) => void (await runTool('sv', [open ? 'up' : 'down', '/run/service/network'])),
	};
}

/** Of the encrypted data partition that is open, as `mount-data` found it. */
async function readPartition(): Promise<string> {
	return (await readFile('/run/vitrine-data', 'utf8')).trim();
}
