/** One row of the details view, and one row of icons. Rows that did not change are not drawn again. */
// biome-ignore-all lint/a11y/useSemanticElements: a table cannot be virtualised; the roles follow the ARIA grid pattern
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names the item by aria-activedescendant
import { memo } from 'react';
import { EncryptedPicture, encryptedDescription } from '#desktop/encryption/encrypted-picture.tsx';
import { isEncrypted, isHidden } from '#desktop/files/file-entry.ts';
import { NameEditor } from '#desktop/files/name-editor.tsx';
import type { ArtworkName } from '#ui/artwork.ts';
import { Icon } from '#ui/icon.tsx';
import type { Column } from './columns.ts';
import type { Renaming } from './explorer-model.ts';
import type { ListItem } from './list-source.ts';

export interface GridCell {
	readonly item: ListItem;
	readonly icon: ArtworkName;
	readonly index: number;
	readonly id: string;
	readonly selected: boolean;
	readonly focused: boolean;
	/** Waits on the clipboard to be moved: shown faint. */
	readonly cut: boolean;
	/** A drop would go into it. */
	readonly dropTarget: boolean;
	readonly thumbnail: string | undefined;
	readonly renaming: Renaming | undefined;
}

interface SharedRowProps {
	readonly row: number;
	readonly top: number;
	readonly height: number;
	onCommit(key: string, name: string, next: 'stay' | 'next' | 'previous'): void;
	onCancel(): void;
}

export interface DetailsRowProps extends SharedRowProps {
	readonly cell: GridCell;
	readonly columns: readonly Column[];
	readonly width: number;
}

export interface IconRowProps extends SharedRowProps {
	readonly cells: readonly GridCell[];
	readonly cellWidth: number;
	readonly iconSize: number;
}

function sameCell(left: GridCell, right: GridCell): boolean {
	const [a, b] = [left.item, right.item];
	return (
		left.index === right.index &&
		left.id === right.id &&
		left.selected === right.selected &&
		left.focused === right.focused &&
		left.cut === right.cut &&
		left.dropTarget === right.dropTarget &&
		left.thumbnail === right.thumbnail &&
		left.renaming === right.renaming &&
		a.path === b.path &&
		a.size === b.size &&
		a.modifiedTime === b.modifiedTime &&
		a.attributes === b.attributes &&
		a.kind === b.kind
	);
}

function stateClasses({ selected, focused, cut, dropTarget, item }: GridCell): string {
	const states = {
		'is-selected': selected,
		'is-focused': focused,
		'is-faint': cut || isHidden(item),
		'is-drop-target': dropTarget,
		'is-encrypted': isEncrypted(item),
	};
	return Object.entries(states)
		.filter(([, on]) => on)
		.map(([name]) => name)
		.join(' ');
}

function ItemPicture({ cell, size }: { cell: GridCell; size: number }) {
	return (
		<EncryptedPicture encrypted={isEncrypted(cell.item)} size={size}>
			<Picture cell={cell} size={size} />
		</EncryptedPicture>
	);
}

function descriptionOf({ item }: GridCell): string | undefined {
	return isEncrypted(item) ? encryptedDescription : undefined;
}

function Picture({ cell, size }: { cell: GridCell; size: number }) {
	if (cell.thumbnail === undefined) return <Icon name={cell.icon} size={size} />;
	return (
		<img
			key={cell.thumbnail}
			className="thumbnail"
			src={cell.thumbnail}
			alt=""
			style={{ maxWidth: size, maxHeight: size }}
			draggable={false}
		/>
	);
}

function ItemName({ cell, onCommit, onCancel }: { cell: GridCell } & Pick<SharedRowProps, 'onCommit' | 'onCancel'>) {
	const { item, renaming } = cell;
	if (renaming === undefined) return <span className="file-label">{item.name}</span>;
	return (
		<NameEditor
			key={item.key}
			name={item.name}
			isFolder={item.kind === 'directory'}
			error={renaming.error}
			onCommit={(name, next) => onCommit(item.key, name, next)}
			onCancel={onCancel}
		/>
	);
}

export const DetailsRow = memo(
	function DetailsRow({ cell, columns, width, row, top, height, onCommit, onCancel }: DetailsRowProps) {
		const { item, index, id, selected } = cell;
		return (
			<div
				role="row"
				aria-rowindex={row + 2}
				aria-selected={selected}
				data-index={index}
				className={`details-row ${stateClasses(cell)}`}
				style={{ top, height, width }}
			>
				{columns.map((column, position) => (
					<div
						key={column.id}
						role="gridcell"
						aria-colindex={position + 1}
						id={position === 0 ? id : undefined}
						aria-description={position === 0 ? descriptionOf(cell) : undefined}
						className={`details-cell details-cell-${column.align}`}
						style={{ width: column.width }}
					>
						{position > 0 ? (
							column.textOf(item)
						) : (
							<span className="file-name" draggable={cell.renaming === undefined}>
								<ItemPicture cell={cell} size={20} />
								<ItemName cell={cell} onCommit={onCommit} onCancel={onCancel} />
							</span>
						)}
					</div>
				))}
			</div>
		);
	},
	(before, after) =>
		sameCell(before.cell, after.cell) &&
		before.columns === after.columns &&
		before.width === after.width &&
		before.top === after.top,
);

export const IconRow = memo(
	function IconRow({ cells, cellWidth, iconSize, row, top, height, onCommit, onCancel }: IconRowProps) {
		return (
			<div role="row" aria-rowindex={row + 1} className="icon-row" style={{ top, height }}>
				{cells.map((cell, position) => (
					<div
						// biome-ignore lint/suspicious/noArrayIndexKey: by its place, so that elements are lent as those of rows are
						key={position}
						role="gridcell"
						aria-colindex={position + 1}
						aria-selected={cell.selected}
						id={cell.id}
						aria-description={descriptionOf(cell)}
						data-index={cell.index}
						className={`icon-cell ${stateClasses(cell)}`}
						style={{ width: cellWidth }}
						draggable={cell.renaming === undefined}
						title={cell.item.name.length > 24 ? cell.item.name : undefined}
					>
						<span className="icon-picture" style={{ height: iconSize }}>
							<ItemPicture cell={cell} size={iconSize} />
						</span>
						<ItemName cell={cell} onCommit={onCommit} onCancel={onCancel} />
					</div>
				))}
			</div>
		);
	},
	(before, after) =>
		before.cells.length === after.cells.length &&
		before.cellWidth === after.cellWidth &&
		before.iconSize === after.iconSize &&
		before.top === after.top &&
		before.cells.every((cell, index) => {
			const other = after.cells[index];
			return other !== undefined && sameCell(cell, other);
		}),
);
