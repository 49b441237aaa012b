/** The form of `desktop.json` in the person's Settings folder. What it leaves out or spoils takes its default. */
import type { GlassLevel } from '#runtime/window-program.ts';
import { fieldsOf, stringsOf } from '../settings/settings-file.ts';
import type { Placement, Rectangle } from '../windows/geometry.ts';
import type { RememberedPlacement } from '../windows/window-state.ts';

export interface SessionWindow {
	readonly program: string;
	readonly arguments: readonly string[];
	readonly bounds: Rectangle;
	readonly placement: Placement;
	readonly minimized: boolean;
}

export interface DesktopRecord {
	/** From the bottom to the top. */
	readonly windows: readonly SessionWindow[];
	readonly placements: Readonly<Record<string, RememberedPlacement>>;
	/** Programs on the taskbar, from left to right. */
	readonly pinned: readonly string[];
	/** Programs on top of the Start menu. */
	readonly startPinned: readonly string[];
	/** Paths by program, newest first. */
	readonly recent: Readonly<Record<string, readonly string[]>>;
	readonly soundLevel: number;
	readonly soundMuted: boolean;
	readonly glassNoticeShown: boolean;
	/** What the frame times said last. */
	readonly measuredGlass: MeasuredGlass | undefined;
}

export interface MeasuredGlass {
	readonly level: GlassLevel;
	/** The screen that it holds for. */
	readonly screen: string;
	/** When, in milliseconds since 1970. */
	readonly time: number;
}

export const defaultRecord: DesktopRecord = {
	windows: [],
	placements: {},
	pinned: ['explorer', 'notepad', 'terminal'],
	startPinned: ['explorer', 'notepad', 'pictures', 'terminal', 'settings', 'task-manager', 'help'],
	recent: {},
	soundLevel: 0.8,
	soundMuted: false,
	glassNoticeShown: false,
	measuredGlass: undefined,
};

const placements: readonly unknown[] = [
	'normal',
	'maximized',
	'left',
	'right',
	'top-left',
	'top-right',
	'bottom-left',
	'bottom-right',
];

function parseRectangle(json: unknown): Rectangle | undefined {
	const { x, y, width, height } = fieldsOf(json);
	const numbers = [x, y, width, height];
	if (!numbers.every((number) => typeof number === 'number' && Number.isFinite(number))) return undefined;
	return { x, y, width, height } as Rectangle;
}

function parseWindow(json: unknown): SessionWindow[] {
	const fields = fieldsOf(json);
	const bounds = parseRectangle(fields.bounds);
	if (typeof fields.program !== 'string' || bounds === undefined) return [];
	return [
		{
			program: fields.program,
			arguments: stringsOf(fields.arguments),
			bounds,
			placement: placements.includes(fields.placement) ? (fields.placement as Placement) : 'normal',
			minimized: fields.minimized === true,
		},
	];
}

function parsePlacement(json: unknown): RememberedPlacement | undefined {
	const { width, height, maximized } = fieldsOf(json);
	if (typeof width !== 'number' || typeof height !== 'number') return undefined;
	return { width, height, maximized: maximized === true };
}

function mapFields<T>(json: unknown, parse: (value: unknown) => T | undefined): Record<string, T> {
	const entries = Object.entries(fieldsOf(json)).flatMap(([name, value]) => {
		const parsed = parse(value);
		return parsed === undefined ? [] : [[name, parsed] as const];
	});
	return Object.fromEntries(entries);
}

function parseMeasuredGlass(json: unknown): MeasuredGlass | undefined {
	const { level, screen, time } = fieldsOf(json);
	if (level !== 'full' && level !== 'layered' && level !== 'basic') return undefined;
	return typeof screen === 'string' && typeof time === 'number' ? { level, screen, time } : undefined;
}

export function parseRecord(json: unknown): DesktopRecord {
	const fields = fieldsOf(json);
	const level = fields.soundLevel;
	return {
		windows: Array.isArray(fields.windows) ? fields.windows.flatMap(parseWindow) : [],
		placements: mapFields(fields.placements, parsePlacement),
		pinned: Array.isArray(fields.pinned) ? stringsOf(fields.pinned) : defaultRecord.pinned,
		startPinned: Array.isArray(fields.startPinned) ? stringsOf(fields.startPinned) : defaultRecord.startPinned,
		recent: mapFields(fields.recent, stringsOf),
		soundLevel: typeof level === 'number' && level >= 0 && level <= 1 ? level : defaultRecord.soundLevel,
		soundMuted: fields.soundMuted === true,
		glassNoticeShown: fields.glassNoticeShown === true,
		measuredGlass: parseMeasuredGlass(fields.measuredGlass),
	};
}
