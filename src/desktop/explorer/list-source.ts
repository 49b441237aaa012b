/**
 * What an Explorer window lists: a folder, the Recycle Bin, or what a search found, behind one interface.
 *
 * Invariant: a snapshot never changes; its keys name its items one to one.
 */
import type { Disposable } from '#base/disposable.ts';
import type { Event } from '#base/emitter.ts';
import type { FileEntry } from '#desktop/files/file-entry.ts';
import type { SortOrder } from '#desktop/files/name-order.ts';

export interface ListItem extends FileEntry {
	/** Unique in its list. */
	readonly key: string;
	readonly path: string;
}

export interface ListSnapshot {
	readonly state: 'loading' | 'ready' | 'failed';
	readonly error: unknown;
	readonly keys: readonly string[];
	readonly hiddenCount: number;
	readonly order: SortOrder;
	/** More was found than is shown. */
	readonly truncated?: boolean;
	itemAt(index: number): ListItem | undefined;
}

export interface ListSource extends Disposable {
	readonly onChange: Event<void>;
	readonly snapshot: ListSnapshot;
	/** Loads the list; resolves when it is there or has failed. */
	open(): Promise<void>;
	reload(): Promise<void>;
	setOrder(order: SortOrder): void;
	setShowHidden(show: boolean): void;
}

/** A snapshot over an array of items. */
export function snapshotOf(
	items: readonly ListItem[],
	parts: Pick<ListSnapshot, 'state' | 'error' | 'order'> & { truncated?: boolean },
): ListSnapshot {
	return { ...parts, keys: items.map(({ key }) => key), hiddenCount: 0, itemAt: (index) => items[index] };
}
