/**
 * What a tab of Properties is.
 *
 * Rules of use: a tab is a row of `pages.ts` and a component of its own, loaded when it is first shown and kept until the
 * window closes. It tells the window what it would change (`onPending`); OK and Apply do that, from the first tab to the
 * last. Afterwards every tab gets a new `subject` and reads anew what it shows.
 */
import type { ComponentType } from 'react';
import type { Stat } from '#abi/structures.generated.ts';
import type { DesktopFiles } from '../files/desktop-files.ts';

/** The files and folders that the window is about, as they were when it last looked. */
export interface PropertiesSubject {
	readonly files: DesktopFiles;
	readonly paths: readonly string[];
	/** One for each path; of a link itself, not of what it points to. */
	readonly stats: readonly Stat[];
	/** Opens a file in its program, or a folder in Explorer. */
	open(path: string): void;
	startProgram(name: string, programArguments: readonly string[]): void;
}

export interface PendingChange {
	/** Resolves to `false` when the person thought better of it: then the window stays. Throws what a person is told. */
	apply(): Promise<boolean>;
}

export interface PropertiesPageProps {
	readonly subject: PropertiesSubject;
	/** What OK and Apply have to do for this tab; `undefined`: nothing. Keeps its identity, so it may stand in effects. */
	onPending(change: PendingChange | undefined): void;
	/** Looks at the files again: something was changed at once, without OK. */
	onChanged(): void;
}

export interface PropertiesPage {
	readonly id: PropertiesPageId;
	readonly label: string;
	/** Whether there is something to say about these. */
	isFor(subject: PropertiesSubject): boolean;
	readonly Content: ComponentType<PropertiesPageProps>;
}

export type PropertiesPageId = 'general' | 'security' | 'encryption' | 'versions';
