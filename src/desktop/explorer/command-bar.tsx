/** The bars above the list: back, forward, up, address and search; and what can be done here. */
import { type RefObject, useState } from 'react';
import type { PcDrive } from '#abi/structures.generated.ts';
import { isWithin } from '#base/path.ts';
import { useDesktop } from '#desktop/desktop-context.ts';
import { placeName } from '#desktop/files/place-name.ts';
import { useEvent } from '#desktop/files/use-event.ts';
import type { Shell } from '#runtime/window-program.ts';
import { Button, IconButton } from '#ui/controls/button.tsx';
import { ContextMenu, MenuButton } from '#ui/controls/menu.tsx';
import { Toolbar, ToolbarSeparator, ToolbarSpacer } from '#ui/controls/toolbar.tsx';
import { Icon } from '#ui/icon.tsx';
import { AddressBar } from './address-bar.tsx';
import { bringInEntries, type ExplorerMenuContext, newEntries, sortEntries, viewEntries } from './explorer-menus.ts';
import type { ExplorerModel } from './explorer-model.ts';

export interface NavigationBarProps {
	readonly model: ExplorerModel;
	readonly shell: Shell;
	readonly searchRef: RefObject<HTMLInputElement | null>;
	readonly isEditing: boolean;
	setEditing(isEditing: boolean): void;
	focusList(): void;
}

export function NavigationBar({ model, shell, searchRef, isEditing, setEditing, focusList }: NavigationBarProps) {
	const { history } = model;
	return (
		<div className="navigation-bar">
			<div className="navigation-buttons">
				<IconButton
					icon="arrow-left"
					label="Back"
					shortcut="Alt+←"
					disabled={!history.canGoBack}
					onPress={() => model.back()}
				/>
				<IconButton
					icon="arrow-right"
					label="Forward"
					shortcut="Alt+→"
					disabled={!history.canGoForward}
					onPress={() => model.forward()}
				/>
				<RecentPlaces model={model} />
				<IconButton
					icon="arrow-up"
					label="Up"
					shortcut="Alt+↑"
					disabled={model.path === '/'}
					onPress={() => model.up()}
				/>
			</div>
			<AddressBar model={model} shell={shell} isEditing={isEditing} setEditing={setEditing} />
			<SearchBox model={model} searchRef={searchRef} focusList={focusList} />
		</div>
	);
}

function RecentPlaces({ model }: { model: ExplorerModel }) {
	const { places, position } = model.history.list;
	const entries = places
		.map(({ path }, index) => ({
			id: String(index),
			label: placeName(path),
			checked: index === position,
			onSelect: () => model.travel(index - position),
		}))
		.reverse();
	return <MenuButton label="Recent places" icon="caret-down" iconOnly entries={entries} disabled={places.length < 2} />;
}

interface SearchBoxProps {
	readonly model: ExplorerModel;
	readonly searchRef: RefObject<HTMLInputElement | null>;
	focusList(): void;
}

function SearchBox({ model, searchRef, focusList }: SearchBoxProps) {
	const isDisabled = model.mode === 'recycle-bin';
	return (
		<div className="search-box">
			<Icon name="magnifying-glass" size={16} />
			<input
				ref={searchRef}
				type="search"
				className="search-field"
				aria-label={`Search ${model.title}`}
				placeholder={`Search ${model.title}`}
				value={model.query}
				disabled={isDisabled}
				spellCheck={false}
				autoComplete="off"
				onChange={(event) => model.search(event.target.value)}
				onKeyDown={(event) => {
					if (event.key === 'Escape') model.search('');
					else if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
					event.preventDefault();
					event.stopPropagation();
					focusList();
				}}
			/>
		</div>
	);
}

export function CommandBar(context: ExplorerMenuContext) {
	const { model } = context;
	return (
		<Toolbar label="Commands" className="command-bar">
			{model.mode === 'recycle-bin' ? <BinCommands {...context} /> : <FileCommandButtons {...context} />}
			<ToolbarSpacer />
			<MenuButton label="Sort" icon="sort-ascending" entries={sortEntries(model)} />
			<MenuButton label="View" icon="squares-four" entries={viewEntries(model)} />
		</Toolbar>
	);
}

function FileCommandButtons({ model, commands, actions }: ExplorerMenuContext) {
	const nothing = model.selection.count === 0;
	const canMake = model.mode === 'folder' && model.list.state !== 'failed';
	return (
		<>
			<MenuButton label="New" icon="plus" entries={newEntries(actions)} disabled={!canMake} />
			{model.files.canSaveToComputer ? (
				<MenuButton label="Bring in" icon="upload-simple" entries={bringInEntries(actions)} disabled={!canMake} />
			) : (
				<EjectButton model={model} />
			)}
			<ToolbarSeparator />
			<IconButton
				icon="scissors"
				label="Cut"
				shortcut="Ctrl+X"
				disabled={nothing}
				onPress={() => commands.cut(model.selectedPaths)}
			/>
			<IconButton
				icon="copy"
				label="Copy"
				shortcut="Ctrl+C"
				disabled={nothing}
				onPress={() => commands.copy(model.selectedPaths)}
			/>
			<IconButton
				icon="clipboard"
				label="Paste"
				shortcut="Ctrl+V"
				disabled={!canMake || !model.files.clipboard.canPasteInto(model.path)}
				onPress={() => commands.paste(model.path)}
			/>
			<IconButton
				icon="pencil-simple"
				label="Rename"
				shortcut="F2"
				disabled={nothing}
				onPress={() => model.startRename()}
			/>
			<IconButton icon="trash" label="Delete" shortcut="Del" disabled={nothing} onPress={() => actions.remove(false)} />
			{model.files.canSaveToComputer ? (
				<IconButton
					icon="download-simple"
					label="Save to your computer…"
					disabled={nothing}
					onPress={() => commands.saveToComputer(model.selectedPaths)}
				/>
			) : null}
			<ToolbarSeparator />
			<UndoButtons model={model} undo={() => commands.undo()} redo={() => commands.redo()} />
		</>
	);
}

/** Where the PC is Vitrine's own, files come and go on drives. */
function EjectButton({ model }: { model: ExplorerModel }) {
	const { drives } = useDesktop();
	const list = useEvent(drives.onChange, () => drives.drives);
	const drive = list.find(({ path }) => path !== '' && isWithin(model.path, path));
	const eject = (chosen: PcDrive) => {
		model.go('/');
		void drives.eject(chosen);
	};
	return (
		<IconButton
			icon="eject"
			label={drive === undefined ? 'Safely remove' : `Safely remove ${drive.name}`}
			disabled={drive === undefined}
			onPress={() => drive && eject(drive)}
		/>
	);
}

function UndoButtons({ model, undo, redo }: { model: ExplorerModel; undo(): void; redo(): void }) {
	const { nextUndo, nextRedo } = model.files.history;
	return (
		<>
			<IconButton
				icon="arrow-u-up-left"
				label={nextUndo === undefined ? 'Undo' : `Undo: ${nextUndo.title}`}
				shortcut="Ctrl+Z"
				disabled={nextUndo === undefined}
				onPress={undo}
			/>
			<IconButton
				icon="arrow-u-up-right"
				label={nextRedo === undefined ? 'Redo' : `Redo: ${nextRedo.title}`}
				shortcut="Ctrl+Y"
				disabled={nextRedo === undefined}
				onPress={redo}
			/>
		</>
	);
}

function BinCommands({ model, commands, actions }: ExplorerMenuContext) {
	const isEmpty = model.list.keys.length === 0;
	const nothing = model.selection.count === 0;
	return (
		<>
			<Button kind="plain" icon="arrow-u-up-left" disabled={nothing} onPress={() => actions.restore()}>
				Restore
			</Button>
			<Button kind="plain" disabled={isEmpty} onPress={() => actions.restoreAll()}>
				Restore all
			</Button>
			<ToolbarSeparator />
			<Button kind="plain" icon="broom" disabled={isEmpty} onPress={() => void commands.emptyRecycleBin()}>
				Empty Recycle Bin
			</Button>
			<ToolbarSeparator />
			<UndoButtons model={model} undo={() => commands.undo()} redo={() => commands.redo()} />
		</>
	);
}

export interface ExplorerMenuProps {
	readonly label: string;
	readonly entries: React.ComponentProps<typeof ContextMenu>['entries'];
	readonly position: { readonly x: number; readonly y: number };
}

/** The context menu that is open, if any. */
export function useExplorerMenu(): { menu: React.ReactNode; showMenu(menu: ExplorerMenuProps): void } {
	const [open, setOpen] = useState<ExplorerMenuProps | undefined>();
	const menu = open === undefined ? null : <ContextMenu {...open} onClose={() => setOpen(undefined)} />;
	return { menu, showMenu: setOpen };
}
