/** One icon of the desktop, and the measures of the grid they stand in. */
import { Icon } from '#ui/icon.tsx';
import { EncryptedPicture, encryptedDescription } from '../encryption/encrypted-picture.tsx';
import type { DesktopItem } from './desktop-icons-model.ts';
import type { DesktopGrid } from './desktop-layout.ts';
import type { IconCell } from './file-settings.ts';
import { NameEditor } from './name-editor.tsx';
import type { Rectangle } from './rubber-band.ts';

export interface DesktopLayout {
	readonly cells: ReadonlyMap<string, IconCell>;
	readonly grid: DesktopGrid;
	readonly cell: { readonly width: number; readonly height: number };
	readonly iconSize: number;
}

/** Between the edge of the screen and the icons. */
export const desktopPadding = 8;

export function cellSizeOf(iconSize: number): { readonly width: number; readonly height: number } {
	return { width: iconSize + 48, height: iconSize + 52 };
}

/** Where the icon of a cell stands, in CSS pixels of the desktop. */
export function rectangleOfCell({ column, row }: IconCell, { cell }: DesktopLayout): Rectangle {
	const left = desktopPadding + column * cell.width;
	const top = desktopPadding + row * cell.height;
	return { left, top, right: left + cell.width, bottom: top + cell.height };
}

export interface DesktopIconProps {
	readonly item: DesktopItem;
	readonly index: number;
	readonly layout: DesktopLayout;
	readonly state: {
		readonly selected: boolean;
		readonly focused: boolean;
		readonly cut: boolean;
		readonly dropTarget: boolean;
	};
	readonly renaming: { readonly error?: string | undefined } | undefined;
	onCommit(name: string): void;
	onCancel(): void;
}

export function DesktopIcon({ item, index, layout, state, renaming, onCommit, onCancel }: DesktopIconProps) {
	const cell = layout.cells.get(item.key);
	if (cell === undefined) return null;
	const { left, top } = rectangleOfCell(cell, layout);
	const classes = [
		'desktop-icon',
		state.selected && 'is-selected',
		state.focused && 'is-focused',
		state.cut && 'is-cut',
		state.dropTarget && 'is-drop-target',
		item.isEncrypted && 'is-encrypted',
	];
	return (
		// biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the icon by aria-activedescendant
		<div
			role="option"
			id={`desktop-icon-${index}`}
			aria-selected={state.selected}
			aria-description={item.isEncrypted ? encryptedDescription : undefined}
			data-index={index}
			className={classes.filter(Boolean).join(' ')}
			style={{ transform: `translate(${left}px, ${top}px)`, width: layout.cell.width, height: layout.cell.height }}
			draggable={renaming === undefined}
			title={item.name.length > 28 ? item.name : undefined}
		>
			<EncryptedPicture encrypted={item.isEncrypted} size={layout.iconSize}>
				<Icon name={item.icon} size={layout.iconSize} />
			</EncryptedPicture>
			{renaming === undefined ? (
				<span className="desktop-icon-label">{item.name}</span>
			) : (
				<NameEditor
					name={item.name}
					isFolder={item.isFolder}
					error={renaming.error}
					onCommit={onCommit}
					onCancel={onCancel}
				/>
			)}
		</div>
	);
}
