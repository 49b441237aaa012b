/**
 * Where sound goes and how loud, by ALSA: `/proc/asound` says which cards there are, `amixer` (alsa-utils) tells and sets a
 * card's volume, `apply-settings sound` makes a card the one that plays.
 *
 * Invariants: levels are kept by `alsactl` in one file beside the other settings, a moment after they were set.
 */
import { OsError } from '#abi/errors.ts';
import type { PcSound } from '#abi/structures.generated.ts';
import type { SystemText } from '../system-text.ts';
import type { KeptSettings } from './kept-settings.ts';
import type { runTool } from './run-tool.ts';
import { type Check, defineVerb, textLike, type Verb, wholeNumber } from './verb.ts';

export interface SoundParts {
	readonly system: SystemText;
	readonly kept: KeptSettings;
	/** Where `alsactl` keeps the levels. */
	readonly levels: string;
	readonly run: typeof runTool;
}

/** What a card's loudness is called, the most general first. */
const volumeControls = ['Master', 'PCM', 'Speaker', 'Headphone', 'Front', 'Digital'];

const isYesOrNo: Check<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

export function createSoundVerbs(parts: SoundParts): Readonly<Record<string, Verb>> {
	return {
		'sound.read': defineVerb({}, () => readSound(parts)),
		'sound.set': defineVerb(
			{ output: textLike(/[\w-]{1,32}/), percent: wholeNumber(0, 100), muted: isYesOrNo },
			async (wish) => {
				await setSound(parts, wish);
				return {};
			},
		),
	};
}

async function readSound(parts: SoundParts): Promise<PcSound> {
	const outputs = await listOutputs(parts.system);
	const playing = /^defaults\.pcm\.!card (\S+)$/m.exec(await parts.system.read('etc/asound.conf'))?.[1];
	const output = outputs.find(({ id }) => id === playing)?.id ?? outputs[0]?.id ?? '';
	const control = output === '' ? undefined : await findVolume(parts, output);
	return { outputs, output, percent: control?.percent ?? 100, muted: control?.muted ?? false };
}

/** The cards that can play. */
async function listOutputs(system: SystemText): Promise<PcSound['outputs']> {
	const titles = await system.read('proc/asound/cards');
	const outputs: PcSound['outputs'][number][] = [];
	for (const folder of await system.list('proc/asound')) {
		const [, number] = /^card(\d+)$/.exec(folder) ?? [];
		if (number === undefined) continue;
		const plays = (await system.list(`proc/asound/${folder}`)).some((name) => /^pcm\d+p$/.test(name));
		const id = await system.read(`proc/asound/${folder}/id`);
		const title = new RegExp(`^\\s*${number} \\[[^\\]]*\\]: \\S+ - (.*)$`, 'm').exec(titles)?.[1] ?? id;
		if (plays) outputs.push({ id, title });
	}
	return outputs;
}

interface VolumeControl {
	readonly name: string;
	readonly percent: number;
	readonly muted: boolean;
	/** It can be silenced without turning it down. */
	readonly hasSwitch: boolean;
}

/** The control that makes the whole card louder; `undefined` for a card without one, such as a screen's. */
async function findVolume({ run }: SoundParts, card: string): Promise<VolumeControl | undefined> {
	const text = await run('amixer', ['-M', '-c', card, 'scontents']);
	const controls = text.split(/^(?=Simple mixer control )/m);
	for (const name of volumeControls) {
		const control = controls.find((part) => part.startsWith(`Simple mixer control '${name}',0`));
		const percent = /Playback.*\[(\d+)%\]/.exec(control ?? '')?.[1];
		if (control === undefined || percent === undefined) continue;
		const hasSwitch = /Capabilities:.*\bpswitch/.test(control);
		return { name, percent: Number(percent), muted: hasSwitch && /Playback.*\[off\]/.test(control), hasSwitch };
	}
	return undefined;
}

async function setSound(parts: SoundParts, wish: { output: string; percent: number; muted: boolean }): Promise<void> {
	const { system, kept, levels, run } = parts;
	const outputs = await listOutputs(system);
	if (!outputs.some(({ id }) => id === wish.output)) throw new OsError('ENXIO', wish.output);
	if ((await kept.find('sound')) !== wish.output) {
		await kept.write('sound', wish.output);
		await run('/usr/lib/vitrine/apply-settings', ['sound']);
	}
	const control = await findVolume(parts, wish.output);
	if (control === undefined) return;
	const { name, hasSwitch } = control;
	const level = hasSwitch || !wish.muted ? `${wish.percent}%` : '0%';
	const sounds = hasSwitch ? [wish.muted ? 'mute' : 'unmute'] : [];
	await run('amixer', ['-M', '-q', '-c', wish.output, 'sset', name, level, ...sounds]);
	await run('alsactl', ['--file', levels, 'store']);
}
