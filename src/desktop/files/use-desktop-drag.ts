/**
 * Dragging on the desktop: its icons to other cells, files from windows and from the host computer onto it, into its
 * folders and into the Recycle Bin.
 */
import { type DragEvent, useLayoutEffect, useState } from 'react';
import type { DesktopLayout } from './desktop-icon.tsx';
import type { DesktopIconsModel, DesktopItem } from './desktop-icons-model.ts';
import { moveCells } from './desktop-layout.ts';
import type { DragHintProps } from './drag-hint.tsx';
import { beginDrag, performDrop, planDrop } from './file-drag.ts';
import { itemIndexAt } from './item-index.ts';

interface DragView {
	readonly hint?: DragHintProps;
	/** Path of the folder that a drop would go into now. */
	readonly target?: string | undefined;
}

export function useDesktopDrag(model: DesktopIconsModel, layout: DesktopLayout) {
	const [view, setView] = useState<DragView>({});
	const [drag] = useState(() => new DesktopDrag(model, setView));
	useLayoutEffect(() => {
		drag.layout = layout;
	});
	return { ...view, handlers: drag.handlers };
}

class DesktopDrag {
	layout: DesktopLayout | undefined;
	readonly handlers = {
		onDragStart: (event: DragEvent) => this.#start(event),
		onDragOver: (event: DragEvent) => this.#over(event),
		onDragLeave: (event: DragEvent) => this.#leave(event),
		onDrop: (event: DragEvent) => this.#drop(event),
		onDragEnd: () => this.#end(),
	};
	readonly #model: DesktopIconsModel;
	readonly #show: (view: DragView) => void;
	/** Where the desktop's own icons were taken. */
	#from: { readonly x: number; readonly y: number; readonly keys: readonly string[] } | undefined;

	constructor(model: DesktopIconsModel, show: (view: DragView) => void) {
		this.#model = model;
		this.#show = show;
	}

	#start(event: DragEvent): void {
		const keys = this.#model.selectedItems.map(({ key }) => key);
		this.#from = { x: event.clientX, y: event.clientY, keys };
		beginDrag(event.dataTransfer, this.#model.selectedPaths, this.#model.files);
	}

	#over(event: DragEvent): void {
		const folder = this.#folderUnder(event);
		if (this.#isRearranging(event, folder)) {
			event.preventDefault();
			event.dataTransfer.dropEffect = 'move';
			this.#show({});
			return;
		}
		const plan = planDrop(event, this.#directoryOf(folder), this.#model.files);
		if (plan === undefined) {
			this.#show({});
			return;
		}
		event.preventDefault();
		event.dataTransfer.dropEffect = plan.effect;
		this.#show({ hint: { plan, x: event.clientX, y: event.clientY }, target: folder?.path });
	}

	#leave(event: DragEvent): void {
		if (!event.currentTarget.contains(event.relatedTarget as Node | null)) this.#show({});
	}

	#drop(event: DragEvent): void {
		event.preventDefault();
		const folder = this.#folderUnder(event);
		if (this.#isRearranging(event, folder)) this.#rearrange(event);
		else performDrop(event, this.#directoryOf(folder), this.#model.files);
		this.#end();
	}

	#end(): void {
		this.#model.files.dragged = undefined;
		this.#from = undefined;
		this.#show({});
	}

	#directoryOf(folder: DesktopItem | undefined): string {
		return folder?.path ?? this.#model.files.folders.desktop;
	}

	#folderUnder(event: DragEvent): DesktopItem | undefined {
		const item = this.#model.items[itemIndexAt(event.target)];
		const isSelf = item !== undefined && this.#from?.keys.includes(item.key) === true;
		return item?.isFolder && item.path !== '/' && !isSelf ? item : undefined;
	}

	/** The icons themselves go to other cells, unless they are let go on a folder or copied. */
	#isRearranging(event: DragEvent, folder: DesktopItem | undefined): boolean {
		return this.#from !== undefined && folder === undefined && !event.ctrlKey;
	}

	#rearrange(event: DragEvent): void {
		const { layout } = this;
		const from = this.#from;
		if (from === undefined || layout === undefined) return;
		const columns = Math.round((event.clientX - from.x) / layout.cell.width);
		const rows = Math.round((event.clientY - from.y) / layout.cell.height);
		const desktopCells = moveCells(layout.cells, from.keys, { columns, rows }, layout.grid);
		this.#model.files.settings.update({ desktopCells, desktopAutoArrange: false });
	}
}
