/**
 * Of which files previous versions are kept, by the settings `versions/…`.
 *
 * Rules of use: whoever is about to let a process change a file, replace it or delete it says so with `expectChange`; what the
 * process then really changes is kept by the file system. Nothing else of a write's way knows of versions.
 */
import type { SettingDefinition } from '#abi/structures.generated.ts';
import { baseName, isWithin } from '#base/path.ts';
import type { FileSystem } from '#fs/file-system.ts';
import type { Place } from './place.ts';
import type { SettingsStore } from './settings/settings-store.ts';

const scope = 'machine';
const mebibyte = 1024 * 1024;
const millisecondsADay = 86_400_000;

/** Files that programs make for a short time, logs, and what only grows. */
const usuallyLeftOut = ['*.tmp', '*.temp', '*.saving', '*.swp', '*.log', '*~', '~$*', '.~*'];

type Limits = Pick<SettingDefinition, 'default' | 'choices' | 'minimum' | 'maximum'>;

const integer = (number: number, minimum: number, maximum: number): Limits => ({
	...{ default: { type: 'integer', number }, choices: [], minimum, maximum },
});

export const versionSettings: readonly SettingDefinition[] = [
	{
		...{ name: 'versions/enabled', title: 'Keep previous versions of files', scope },
		summary: 'What a file held before it is changed, replaced or deleted is kept. Turned off, what was kept goes.',
		...{ default: { type: 'boolean', boolean: true }, choices: [] },
	},
	{
		...{ name: 'versions/interval-seconds', title: 'Shortest time between two versions', scope },
		summary: 'Seconds; what a file held for a shorter time is not kept. 0: every change is.',
		...integer(10, 0, 86_400),
	},
	{
		...{ name: 'versions/keep-days', title: 'Days that versions are kept', scope },
		summary:
			'Of the last hour one a minute is kept, of the last day one an hour, of the last month one a day, then one a week.',
		...integer(365, 1, 3650),
	},
	{
		...{ name: 'versions/keep-mebibytes', title: 'Room for versions', scope },
		summary: 'Mebibytes; when they are used up, the oldest versions are removed. A full disk removes them sooner.',
		...integer(1024, 1, 1_048_576),
	},
	{
		...{ name: 'versions/largest-mebibytes', title: 'Largest file of which changes are kept', scope },
		summary: 'Mebibytes; larger files are kept only when they are replaced or deleted.',
		...integer(256, 1, 1_048_576),
	},
	{
		...{ name: 'versions/left-out', title: 'Files of which no versions are kept', scope },
		summary: 'Names, in which * stands for anything, and paths of folders.',
		...{ default: { type: 'strings', list: usuallyLeftOut }, choices: [] },
	},
];

/** The system's own folders keep what they need by themselves. */
const systemFolder = '/System';

export class VersionKeeping {
	readonly #volume: FileSystem;
	readonly #settings: Pick<SettingsStore, 'valueFor' | 'revision'>;
	#revision: number | undefined;
	#names: RegExp = /^$/;
	#folders: readonly string[] = [];

	constructor(volume: FileSystem, settings: Pick<SettingsStore, 'valueFor' | 'revision'>) {
		this.#volume = volume;
		this.#settings = settings;
	}

	/** A process may be about to change a file, to put another in its place, or to delete it. */
	expectChange({ fileSystem, inode, path }: Pick<Place, 'fileSystem' | 'inode' | 'path'>): void {
		if (fileSystem.versions === undefined || path === undefined) return;
		this.refresh();
		if (!this.#isLeftOut(path)) fileSystem.versions.expectChange(inode);
	}

	/** Tells the volume what the settings say now. */
	refresh(): void {
		const { revision } = this.#settings;
		if (revision === this.#revision) return;
		this.#revision = revision;
		const number = (name: string): number => this.#settings.valueFor(`versions/${name}`)?.number ?? 0;
		const isEnabled = this.#settings.valueFor('versions/enabled')?.boolean ?? true;
		this.#volume.versions?.configure({
			intervalMs: number('interval-seconds') * 1000,
			longestMs: number('keep-days') * millisecondsADay,
			quotaBytes: isEnabled ? number('keep-mebibytes') * mebibyte : 0,
			largestBytes: number('largest-mebibytes') * mebibyte,
		});
		this.#leaveOut(this.#settings.valueFor('versions/left-out')?.list ?? []);
	}

	#leaveOut(list: readonly string[]): void {
		this.#folders = [systemFolder, ...list.filter((text) => text.startsWith('/'))];
		const names = list.filter((text) => !text.startsWith('/')).map(toExpression);
		this.#names = names.length === 0 ? /^$/ : new RegExp(`^(?:${names.join('|')})$`, 'iu');
	}

	#isLeftOut(path: string): boolean {
		return this.#names.test(baseName(path)) || this.#folders.some((folder) => isWithin(path, folder));
	}
}

function toExpression(pattern: string): string {
	return pattern.replace(/[\\^$.+?()[\]{}|]/g, '\\$&').replaceAll('*', '.*');
}
