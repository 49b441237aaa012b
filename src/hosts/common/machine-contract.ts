/**
 * What the desktop's page and the host service of a PC say to each other. Only a page that was started from the image
 * has such a service; a page in a tab has not.
 *
 * Rules of use:
 * - The page finds the key in its own document (`keyElementName`) and takes it out before any other script runs.
 * - Every request is a POST of JSON to one of `machinePaths`, with the key in `keyHeader`.
 * - `machinePaths.ask` is answered by lines of JSON (`AskLine`): any number of progress lines, then one with the result or
 *   the error. Who aborts the request cancels what was asked for.
 * - A verb that takes bytes is asked with a name of the page's choice in `workHeader`. Once the answer has begun, its bytes
 *   are sent to `machinePaths.piece` with the same name, a piece after the other: each is answered when the next may come.
 *
 * Invariants:
 * - Only a navigation is handed a document with a key in it, and only the newest key holds. A script in a Worker, which
 *   shares the page's origin, can fetch the page and gets it without a key.
 */
import type { ErrorName } from '#abi/errors.ts';
import type { PcAppliance } from '#abi/structures.generated.ts';

/** The `name` of the `<meta>` element whose `content` is the key. */
export const keyElementName = 'vitrine-machine-key';
/** The `name` of a `<meta>` element that asks the page to say what it shows; there is one only when a test started the PC. */
export const tellElementName = 'vitrine-machine-tell';
/** The `name` of the `<meta>` element whose `content` is the `AppliancePlan` of a PC that does one thing alone, as JSON. */
export const applianceElementName = 'vitrine-machine-appliance';
export const keyHeader = 'x-vitrine-machine-key';
export const driveHeader = 'x-vitrine-drive';
export const workHeader = 'x-vitrine-work';
/** Of a piece, but for the last. */
export const pieceBytes = 4 * 1024 * 1024;

export const machinePaths = {
	ask: '/machine/ask',
	/** The page's scripts run: it is no white screen. */
	begins: '/machine/begins',
	/** A question about the files of a drive (`remote-file-system.ts`), as bytes; the drive stands in `driveHeader`. */
	drive: '/machine/drive',
	/** Bytes for what stands in `workHeader`. */
	piece: '/machine/piece',
	/** Answered with a PNG of the screen. */
	picture: '/machine/picture',
	power: '/machine/power',
	ready: '/machine/ready',
	shows: '/machine/shows',
} as const;

export const powerActions = ['shut-down', 'restart'] as const;
export type PowerAction = (typeof powerActions)[number];

export interface PowerRequest {
	readonly action: PowerAction;
}

/** What a person has before them at the end of the start. */
export const readyScreens = ['desktop', 'logon', 'set-up', 'unlock'] as const;
export type ReadyScreen = (typeof readyScreens)[number];

/** Said once, when a person can begin. */
export interface ReadyReport {
	readonly screen: ReadyScreen;
	readonly width: number;
	readonly height: number;
}

/** What stands on the screen, as a person sees it; said at each change, to a test of the whole PC alone. */
export interface ScreenReport {
	/** Of the seat: `desktop`, `logon`, `set-up`, … */
	readonly screen: string;
	/** Titles, from the back to the front. */
	readonly windows: readonly string[];
	/** Title of the window that has the keyboard; empty without one. */
	readonly front: string;
	/** Names of the icons on the desktop. */
	readonly icons: readonly string[];
	/** What has the keyboard: its name, else what it is. */
	readonly focus: string;
}

/** What a PC that is an appliance does from its start on. */
export type AppliancePlan = Omit<PcAppliance, 'left'>;

/** `undefined` for a PC that is an ordinary one, or was left until its next start. */
export function planOf({ left, ...plan }: PcAppliance): AppliancePlan | undefined {
	return left || plan.start === '' ? undefined : plan;
}

/** Something that the keeper does (`hosts/pc/keeper/verbs.ts` lists all, with their arguments). */
export interface AskRequest {
	readonly verb: string;
	readonly arguments: Readonly<Record<string, unknown>>;
}

/** How far it is; `totalBytes` is 0 while nobody can tell. */
export interface AskProgress {
	/** What is being done now: a word that the verb defines. */
	readonly step: string;
	readonly doneBytes: number;
	readonly totalBytes: number;
}

export interface AskFailure {
	readonly code: ErrorName;
	readonly detail: string;
}

export type AskLine =
	| { readonly progress: AskProgress }
	| { readonly result: unknown }
	| { readonly failure: AskFailure };
