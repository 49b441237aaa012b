/** Explorer: the window that shows a folder. Argument 0 is the path; the person's home when absent. */
import {
	type KeyboardEvent,
	type MouseEvent,
	type PointerEvent,
	type RefObject,
	useEffect,
	useLayoutEffect,
	useMemo,
	useRef,
	useState,
	type WheelEvent,
} from 'react';
import type { ProgramProps, WindowProgram } from '#runtime/window-program.ts';
import { useDesktop } from '../desktop-context.ts';
import { DragHint } from '../files/drag-hint.tsx';
import { FileCommands } from '../files/file-commands.ts';
import { itemIndexAt } from '../files/item-index.ts';
import { useEvent } from '../files/use-event.ts';
import { columnsOf } from './columns.ts';
import { CommandBar, NavigationBar, useExplorerMenu } from './command-bar.tsx';
import { EmptyNotice } from './empty-notice.tsx';
import { ExplorerActions } from './explorer-actions.ts';
import { explorerKey } from './explorer-keys.ts';
import { type ExplorerMenuContext, menuOfFolder, menuOfItems } from './explorer-menus.ts';
import { ExplorerModel } from './explorer-model.ts';
import { FileGrid } from './file-grid.tsx';
import { NavigationPane } from './navigation-pane.tsx';
import { StatusBar } from './status-bar.tsx';
import { Thumbnails } from './thumbnails.ts';
import { useExplorerDrag } from './use-explorer-drag.ts';
import './explorer.css';

function Explorer({ system, start, window, shell }: ProgramProps) {
	const context = useExplorer({ system, start, window, shell });
	const { model } = context;
	const grid = useRef<HTMLDivElement>(null);
	const search = useRef<HTMLInputElement>(null);
	const [isEditing, setEditing] = useState(false);
	const { menu, showMenu } = useExplorerMenu();
	const focusList = () => grid.current?.focus({ preventScroll: true });
	useFocusAtStart(grid, model);
	const showItemMenu = (position: { x: number; y: number }, onItem: boolean) =>
		showMenu({
			label: onItem ? 'Selected items' : model.title,
			entries: onItem ? menuOfItems(context) : menuOfFolder(context),
			position,
		});
	const onKeyDown = (event: KeyboardEvent) => {
		if (event.defaultPrevented) return;
		const isInList = event.target === grid.current;
		const handled = explorerKey(event, isInList, {
			...context,
			editAddress: () => setEditing(true),
			focusSearch: () => search.current?.select(),
			showMenu: () => showItemMenu(placeOfFocus(grid.current), model.selection.count > 0),
		});
		if (handled) event.preventDefault();
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: keys and side buttons that hold for the whole window
		<div className="explorer" onKeyDown={onKeyDown} onMouseUp={(event) => travelByButton(event, model)}>
			<NavigationBar
				model={model}
				shell={shell}
				searchRef={search}
				isEditing={isEditing}
				setEditing={(on) => {
					setEditing(on);
					if (!on) focusList();
				}}
				focusList={focusList}
			/>
			<CommandBar {...context} />
			<ExplorerBody context={context} grid={grid} showMenu={showItemMenu} />
			<StatusBar model={model} />
			{menu}
		</div>
	);
}

interface ExplorerBodyProps {
	readonly context: ExplorerMenuContext;
	readonly grid: RefObject<HTMLDivElement | null>;
	showMenu(position: { x: number; y: number }, onItem: boolean): void;
}

function ExplorerBody({ context, grid, showMenu }: ExplorerBodyProps) {
	const { model, actions } = context;
	const { view, drag } = useExplorerDrag(model);
	const thumbnails = useThumbnails(model);
	const { settings, clipboard } = model.files;
	const { columnWidths, showNavigation } = settings.content;
	const columns = useMemo(() => columnsOf(model.mode, columnWidths), [model.mode, columnWidths]);
	const prepareDrag = (event: PointerEvent) => {
		const item = model.list.itemAt(itemIndexAt(event.target));
		if (item !== undefined && event.button === 0) void drag.prepare(item);
	};
	const onWheel = (event: WheelEvent) => {
		if (event.ctrlKey) model.stepSize(event.deltaY < 0 ? 1 : -1);
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: a drag that leaves both lists
		<div className="explorer-body" onDragLeave={(event) => drag.leave(event)}>
			{showNavigation ? (
				<NavigationPane
					model={model}
					dropTarget={view.target}
					onDragOver={(event, directory) => drag.over(event, directory)}
					onDrop={(event, directory) => drag.drop(event, directory)}
				/>
			) : null}
			<div className="explorer-list" onPointerDownCapture={prepareDrag} onWheel={onWheel}>
				<FileGrid
					model={model}
					label={model.title}
					list={model.list}
					view={model.view}
					columns={columns}
					thumbnails={thumbnails}
					gridRef={grid}
					dropTarget={view.target}
					isCut={(path) => clipboard.isCut(path)}
					onOpen={() => actions.open()}
					onMenu={showMenu}
					onColumnWidth={(column, width) =>
						settings.update({ columnWidths: { ...columnWidths, [`${model.mode} ${column.id}`]: width } })
					}
					onCommitRename={(key, name, next) =>
						void actions
							.commitRename(key, name, next)
							.then((done) => done && grid.current?.focus({ preventScroll: true }))
					}
					onDragStart={(event) => drag.start(event)}
					onDragOver={(event, folder) => drag.over(event, drag.directoryOf(folder))}
					onDrop={(event, folder) => drag.drop(event, drag.directoryOf(folder))}
					onDragEnd={() => drag.end()}
				/>
				<EmptyNotice model={model} />
			</div>
			{view.hint === undefined ? null : <DragHint {...view.hint} />}
		</div>
	);
}

function useExplorer({ system, start, window, shell }: ProgramProps): ExplorerMenuContext {
	const desktop = useDesktop();
	const [context] = useState((): ExplorerMenuContext => {
		const { files } = desktop;
		if (files === undefined) throw new Error('Explorer was started before the desktop had its files.');
		const model = new ExplorerModel(system, files, start.arguments[0] ?? files.folders.home);
		const commands = new FileCommands(files, shell);
		const chooseProgram = (path: string) => void desktop.opener.chooseProgram(path);
		return { model, commands, actions: new ExplorerActions(model, commands, chooseProgram) };
	});
	const { model } = context;
	useEvent(model.onChange, () => model.version);
	useEvent(model.selection.onChange, () => model.selection.snapshot);
	useEffect(() => () => model.dispose(), [model]);
	useEffect(() => window.setTitle(model.title), [window, model.title]);
	useEffect(() => window.setRestartArguments([model.path]), [window, model.path]);
	return context;
}

function useThumbnails(model: ExplorerModel): Thumbnails {
	const [thumbnails] = useState(() => new Thumbnails(model.system));
	useEffect(() => () => thumbnails.dispose(), [thumbnails]);
	return thumbnails;
}

/** The list has the focus when the window opens and when one has gone to another folder. */
function useFocusAtStart(grid: RefObject<HTMLElement | null>, model: ExplorerModel): void {
	const { path } = model;
	const last = useRef<string | undefined>(undefined);
	useLayoutEffect(() => {
		const isFirst = last.current === undefined;
		const inTree = document.activeElement?.closest('.navigation-pane') ?? null;
		if (last.current !== path && (isFirst || inTree === null)) grid.current?.focus({ preventScroll: true });
		last.current = path;
	}, [grid, path]);
}

/** The side buttons of a mouse go back and forward. */
function travelByButton(event: MouseEvent, model: ExplorerModel): void {
	if (event.button === 3) model.back();
	else if (event.button === 4) model.forward();
}

/** Where a menu that a key opened belongs. */
function placeOfFocus(grid: HTMLElement | null): { x: number; y: number } {
	const focused = grid?.querySelector('.is-focused.is-selected') ?? grid;
	const { left, top, height } = focused?.getBoundingClientRect() ?? new DOMRect();
	return { x: left + 40, y: focused === grid ? top + 40 : top + Math.min(height, 40) };
}

const explorer: WindowProgram = {
	Component: Explorer,
	size: { width: 900, height: 560 },
	minimumSize: { width: 420, height: 280 },
};

export default explorer;
