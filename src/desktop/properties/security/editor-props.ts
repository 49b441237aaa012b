/** What the parts of the Security tab are given. */
import type { AccessEntry } from '#abi/structures.generated.ts';
import { directoryName } from '#base/path.ts';
import type { PropertiesSubject } from '../properties-page.ts';
import type { Permissions } from './use-permissions.ts';
import type { Drafting } from './use-permissions-draft.ts';

export interface EditorProps {
	readonly subject: PropertiesSubject;
	readonly permissions: Permissions;
	readonly drafting: Drafting;
	onChanged(): void;
}

export interface ShownEntry extends AccessEntry {
	readonly key: string;
	/** Who it is about, as a person calls them. */
	readonly who: string;
	readonly isInherited: boolean;
	/** The folder that it comes from, when it is inherited and that is known. */
	readonly source: string | undefined;
}

/** The folder that a file stands in, as its permissions know it. */
export function folderOf({ paths }: PropertiesSubject): string {
	return directoryName(paths[0] ?? '/');
}
