/**
 * The icons on the desktop: a `listbox` named "Desktop". They stand in a grid, where they can be dragged to.
 *
 * Part of the first bundle: no library but React here; menus and dialogs are loaded when they are opened.
 */
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useDesktop } from '../desktop-context.ts';
import type { DesktopModel } from '../desktop-model.ts';
import { openMessageBox } from '../shell/message-box-window.ts';
import type { Size } from '../windows/geometry.ts';
import type { DesktopFiles } from './desktop-files.ts';
import { cellSizeOf, DesktopIcon, type DesktopLayout, desktopPadding } from './desktop-icon.tsx';
import { type DesktopMenuContext, menuOfDesktop, menuOfSelection } from './desktop-icons-menus.ts';
import { DesktopIconsModel, type DesktopItem } from './desktop-icons-model.ts';
import { desktopKey } from './desktop-keys.ts';
import { gridOf, layOut } from './desktop-layout.ts';
import { DragHint } from './drag-hint.tsx';
import { FileCommands } from './file-commands.ts';
import { FileWindows } from './file-windows.ts';
import { itemIndexAt } from './item-index.ts';
import { keepPageOpen } from './keep-page-open.ts';
import type { Rectangle } from './rubber-band.ts';
import { useDesktopDrag } from './use-desktop-drag.ts';
import { useDesktopPointer } from './use-desktop-pointer.ts';
import { useEvent } from './use-event.ts';
import './desktop-icons.css';

export interface DesktopIconsProps {
	readonly files: DesktopFiles;
	/** The folder has been read and its icons stand. */
	onListed(): void;
}

export function DesktopIcons({ files, onListed }: DesktopIconsProps) {
	const desktop = useDesktop();
	const context = useDesktopIcons(desktop, files);
	const { model } = context;
	const list = useRef<HTMLDivElement>(null);
	const size = useSize(list);
	useEvent(model.onChange, () => model.version);
	useEvent(model.selection.onChange, () => model.selection.snapshot);
	const isListed = model.isLoaded && size.width > 0;
	useEffect(() => {
		if (isListed) onListed();
	}, [isListed, onListed]);
	const layout = useDesktopLayout(model, size);
	const pointer = useDesktopPointer(model, list, layout);
	const drag = useDesktopDrag(model, layout);
	const showMenu = (position: { x: number; y: number }) => {
		const onItems = model.selection.count > 0;
		const entries = onItems ? menuOfSelection(context) : menuOfDesktop(context);
		const label = onItems ? 'Selected icons' : 'Desktop';
		desktop.menu.show({ label, entries, position, placement: 'bottom start' }, list.current ?? undefined);
	};
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.target !== event.currentTarget) return;
		if (isMenuKey(event)) showMenu(placeOfFocus(list));
		else if (!desktopKey(event, { model, commands: context.commands, cells: layout.cells })) return;
		event.preventDefault();
	};
	const focusIndex = model.selection.focusIndex;
	return (
		<div
			ref={list}
			role="listbox"
			aria-label="Desktop"
			aria-multiselectable="true"
			aria-activedescendant={focusIndex < 0 ? undefined : `desktop-icon-${focusIndex}`}
			tabIndex={0}
			className="desktop-icons"
			onKeyDown={onKeyDown}
			onPointerDownCapture={() => loadExplorer(desktop)}
			onKeyDownCapture={() => loadExplorer(desktop)}
			{...pointer.handlers}
			{...drag.handlers}
			onDoubleClick={(event) => {
				if (itemIndexAt(event.target) >= 0) void context.commands.open(model.selectedItems.map(({ path }) => path));
			}}
			onContextMenu={(event) => {
				event.preventDefault();
				if (event.button === 2) showMenu({ x: event.clientX, y: event.clientY });
			}}
		>
			{isListed ? <Icons context={context} layout={layout} list={list} dropTarget={drag.target} /> : null}
			{pointer.area === undefined ? null : <BandShape area={pointer.area} />}
			{drag.hint === undefined ? null : <DragHint {...drag.hint} />}
		</div>
	);
}

interface IconsProps {
	readonly context: DesktopMenuContext;
	readonly layout: DesktopLayout;
	readonly list: RefObject<HTMLElement | null>;
	readonly dropTarget: string | undefined;
}

function Icons({ context, layout, list, dropTarget }: IconsProps) {
	const { model, commands } = context;
	const { selected, focus } = model.selection.snapshot;
	const endRename = () => {
		model.setRenaming(undefined);
		list.current?.focus({ preventScroll: true });
	};
	const commitRename = async (item: DesktopItem, name: string) => {
		const problem = await commands.rename(item.path, name);
		if (problem !== undefined) {
			model.setRenaming(item.key, problem);
			return;
		}
		model.expect(name);
		endRename();
	};
	return model.items.map((item, index) => (
		<DesktopIcon
			key={item.key}
			item={item}
			index={index}
			layout={layout}
			state={{
				selected: selected.has(item.key),
				focused: focus === item.key,
				cut: model.files.clipboard.isCut(item.path),
				dropTarget: dropTarget === item.path,
			}}
			renaming={model.renaming?.key === item.key ? model.renaming : undefined}
			onCommit={(name) => void commitRename(item, name)}
			onCancel={endRename}
		/>
	));
}

function BandShape({ area }: { area: Rectangle }) {
	return (
		<div
			className="desktop-band"
			style={{ left: area.left, top: area.top, width: area.right - area.left, height: area.bottom - area.top }}
		/>
	);
}

/** With the first press of a double-click Explorer's code is already on its way. */
function loadExplorer(desktop: DesktopModel): void {
	// A failure is told when it is really opened.
	desktop.programs
		.find('explorer')
		?.load?.()
		.catch(() => undefined);
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
	return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** Where a menu that a key opened belongs: at the icon with the focus. */
function placeOfFocus(list: RefObject<HTMLElement | null>): { x: number; y: number } {
	const focused = list.current?.querySelector('.is-selected.is-focused') ?? list.current;
	const { left, top, width } = focused?.getBoundingClientRect() ?? new DOMRect();
	return focused === list.current ? { x: left + 24, y: top + 24 } : { x: left + width / 2, y: top + 40 };
}

function useDesktopIcons(desktop: DesktopModel, files: DesktopFiles): DesktopMenuContext {
	const [context] = useState((): DesktopMenuContext => {
		const commands = new FileCommands(files, {
			open: (path) => desktop.opener.open(path),
			startProgram: (name, programArguments) => desktop.processes.start(name, programArguments),
			ask: (dialog) => openMessageBox(desktop.windows, dialog),
		});
		return {
			model: new DesktopIconsModel(files),
			commands,
			personalise: () => void desktop.processes.start('settings', ['appearance']),
			chooseProgram: (path) => void desktop.opener.chooseProgram(path),
		};
	});
	useEffect(() => {
		void context.model.open();
		const windows = new FileWindows(desktop, files);
		const keepPage = keepPageOpen();
		return () => {
			keepPage.dispose();
			windows.dispose();
			context.model.dispose();
		};
	}, [desktop, files, context]);
	return context;
}

function useSize(element: RefObject<HTMLElement | null>): Size {
	const [size, setSize] = useState<Size>({ width: 0, height: 0 });
	useLayoutEffect(() => {
		if (element.current === null) return;
		const measured = element.current;
		const measure = () => setSize({ width: measured.clientWidth, height: measured.clientHeight });
		measure();
		const observer = new ResizeObserver(measure);
		observer.observe(measured);
		return () => observer.disconnect();
	}, [element]);
	return size;
}

function useDesktopLayout(model: DesktopIconsModel, size: Size): DesktopLayout {
	const { desktopIconSize, desktopCells, desktopAutoArrange } = model.files.settings.content;
	const cell = cellSizeOf(desktopIconSize);
	const grid = gridOf(size.width - 2 * desktopPadding, size.height - 2 * desktopPadding, cell);
	const keys = model.items.map(({ key }) => key);
	const cells = layOut(keys, desktopAutoArrange ? {} : desktopCells, grid);
	return { cells, grid, cell, iconSize: desktopIconSize };
}
