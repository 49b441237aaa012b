/**
 * The screens of the PC, by the compositor's own protocol (wlr-output-management-unstable-v1), which `wlr-randr` speaks.
 *
 * | File of `KeptSettings` | Its line |
 * |---|---|
 * | `screen-NAME` | `WIDTHxHEIGHT@HERTZ SCALE` for `apply-settings screen` |
 *
 * Invariants: nothing is asked of the compositor but modes that the screen itself offers.
 */
import { OsError } from '#abi/errors.ts';
import type { PcScreen } from '#abi/structures.generated.ts';
import type { KeptSettings } from './kept-settings.ts';
import type { runTool } from './run-tool.ts';
import { type Check, defineVerb, textLike, type Verb, wholeNumber } from './verb.ts';

export interface ScreenParts {
	readonly kept: KeptSettings;
	readonly run: typeof runTool;
}

/** What `wlr-randr --json` says of a screen. */
interface Head {
	readonly name: string;
	readonly make: string | null;
	readonly model: string | null;
	readonly enabled: boolean;
	readonly modes: readonly { width: number; height: number; refresh: number; current: boolean }[];
	readonly scale?: number;
}

/** The compositor's socket. */
const compositor = { XDG_RUNTIME_DIR: '/run/desktop', WAYLAND_DISPLAY: 'wayland-0' };

const isScale: Check<number> = (value) => (typeof value === 'number' && value >= 1 && value <= 3 ? value : undefined);
const isYesOrNo: Check<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);

export function createScreenVerbs(parts: ScreenParts): Readonly<Record<string, Verb>> {
	return {
		'screen.list': defineVerb({}, () => listScreens(parts)),
		'screen.set': defineVerb(
			{
				name: textLike(/[\w-]{1,32}/),
				width: wholeNumber(1, 65_535),
				height: wholeNumber(1, 65_535),
				millihertz: wholeNumber(0, 1_000_000),
				scale: isScale,
				keep: isYesOrNo,
			},
			async (wish) => {
				await setScreen(parts, wish);
				return {};
			},
		),
	};
}

interface ScreenWish {
	readonly name: string;
	readonly width: number;
	readonly height: number;
	readonly millihertz: number;
	readonly scale: number;
	readonly keep: boolean;
}

async function setScreen(parts: ScreenParts, wish: ScreenWish): Promise<void> {
	const { name, width, height, millihertz, scale, keep } = wish;
	const screen = (await listScreens(parts)).find((each) => each.name === name);
	if (screen === undefined) throw new OsError('ENXIO', name);
	const isOffered = screen.modes.some(
		(mode) => mode.width === width && mode.height === height && mode.millihertz === millihertz,
	);
	if (!isOffered) throw new OsError('EINVAL', `${width}×${height} at ${millihertz / 1000} Hz`);
	const mode = `${width}x${height}@${(millihertz / 1000).toFixed(6)}`;
	const { current } = screen;
	const isSame = current?.width === width && current.height === height && current.millihertz === millihertz;
	const modeWords = isSame ? [] : ['--mode', mode];
	await askCompositor(parts, ['--output', name, ...modeWords, '--scale', String(scale)]);
	if (keep) await parts.kept.write(`screen-${name}`, `${mode} ${scale}`);
}

async function listScreens(parts: ScreenParts): Promise<PcScreen[]> {
	const heads = JSON.parse(await askCompositor(parts, ['--json'])) as readonly Head[];
	return heads.map(({ name, make, model, enabled, modes, scale }) => {
		const current = enabled ? modes.find((mode) => mode.current) : undefined;
		const known = [make, model].filter((word) => word !== null && !/^(Unknown|\(null\)|)$/.test(word));
		return {
			name,
			title: known.join(' '),
			modes: modes.map(toMode),
			...(current !== undefined && { current: toMode(current) }),
			scale: scale ?? 1,
		};
	});
}

function toMode({ width, height, refresh }: Head['modes'][number]): PcScreen['modes'][number] {
	return { width, height, millihertz: Math.round(refresh * 1000) };
}

function askCompositor({ run }: ScreenParts, words: readonly string[]): Promise<string> {
	return run('wlr-randr', words, { environment: compositor });
}
