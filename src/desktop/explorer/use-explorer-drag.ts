/**
 * Dragging in an Explorer window: out of the list, onto the list, onto a folder in it and onto the navigation pane.
 * A folder under the pointer for a while opens.
 */
import { type DragEvent, useEffect, useState } from 'react';
import { baseName } from '#base/path.ts';
import type { DragHintProps } from '#desktop/files/drag-hint.tsx';
import { beginDrag, performDrop, planDrop } from '#desktop/files/file-drag.ts';
import type { ExplorerModel } from './explorer-model.ts';
import type { ListItem } from './list-source.ts';

/** A single file up to this size can be dragged out to the host computer's own windows. */
const largestDraggedOut = 32 << 20;
const springMs = 1200;

export interface DragView {
	readonly hint?: DragHintProps;
	readonly target?: string | undefined;
}

export function useExplorerDrag(model: ExplorerModel) {
	const [view, setView] = useState<DragView>({});
	const [drag] = useState(() => new ExplorerDrag(model, setView));
	useEffect(() => () => drag.dispose(), [drag]);
	return { view, drag };
}

class ExplorerDrag {
	readonly #model: ExplorerModel;
	readonly #show: (view: DragView) => void;
	#prepared: { readonly path: string; readonly state: string; readonly url: string } | undefined;
	#spring: { readonly path: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;

	constructor(model: ExplorerModel, show: (view: DragView) => void) {
		this.#model = model;
		this.#show = show;
	}

	/** Reads the file that may be dragged out: the browser wants its address when the drag begins. */
	async prepare(item: ListItem): Promise<void> {
		if (item.kind === 'directory' || item.size > largestDraggedOut) return;
		const state = `${item.path}\n${item.modifiedTime}\n${item.size}`;
		if (this.#prepared?.state === state) return;
		try {
			const bytes = await this.#model.system.pathRead(item.path, largestDraggedOut);
			this.#release();
			this.#prepared = { path: item.path, state, url: URL.createObjectURL(new Blob([bytes])) };
		} catch {
			// It cannot be read: then it cannot be dragged out either; inside the desktop it can.
		}
	}

	start(event: DragEvent): void {
		const paths = this.#model.selectedPaths;
		if (paths.length === 0 || this.#model.mode === 'recycle-bin') {
			event.preventDefault();
			return;
		}
		const prepared = this.#prepared;
		const out = paths.length === 1 && prepared?.path === paths[0] ? prepared : undefined;
		const download = out === undefined ? undefined : { name: baseName(out.path), url: out.url };
		beginDrag(event.dataTransfer, paths, this.#model.files, download);
	}

	/** Where a drop on an item or beside all of them goes. A deleted folder takes nothing: what is dropped is deleted too. */
	directoryOf(folder: ListItem | undefined): string {
		return this.#model.mode === 'recycle-bin' ? this.#model.path : (folder?.path ?? this.#model.path);
	}

	over(event: DragEvent, directory: string): void {
		event.stopPropagation();
		const plan = planDrop(event, directory, this.#model.files);
		this.#watchSpring(plan === undefined || directory === this.#model.path ? undefined : directory);
		if (plan === undefined) {
			// Not for the desktop behind the window either.
			event.preventDefault();
			event.dataTransfer.dropEffect = 'none';
			this.#show({});
			return;
		}
		event.preventDefault();
		event.dataTransfer.dropEffect = plan.effect;
		const target = directory === this.#model.path ? undefined : directory;
		this.#show({ hint: { plan, x: event.clientX, y: event.clientY }, target });
	}

	leave(event: DragEvent): void {
		if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
		this.#watchSpring(undefined);
		this.#show({});
	}

	drop(event: DragEvent, directory: string): void {
		event.preventDefault();
		event.stopPropagation();
		this.#watchSpring(undefined);
		performDrop(event, directory, this.#model.files);
		this.#show({});
	}

	end(): void {
		this.#model.files.dragged = undefined;
		this.#watchSpring(undefined);
		this.#show({});
	}

	dispose(): void {
		this.#watchSpring(undefined);
		this.#release();
	}

	#watchSpring(path: string | undefined): void {
		if (this.#spring?.path === path) return;
		clearTimeout(this.#spring?.timer);
		this.#spring = undefined;
		if (path === undefined || path === this.#model.files.folders.recycleBin) return;
		this.#spring = { path, timer: setTimeout(() => this.#model.go(path), springMs) };
	}

	#release(): void {
		if (this.#prepared !== undefined) URL.revokeObjectURL(this.#prepared.url);
		this.#prepared = undefined;
	}
}
