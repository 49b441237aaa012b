/**
 * Menus drawn from data: a menu that a button opens, and a context menu at a point.
 *
 * Rules of use:
 * - Entries are data (`MenuEntry`); a menu that changes while open is simply rendered with other entries.
 * - An item's `onSelect` runs after the menu has closed and focus is back, so that it may move focus itself.
 */
import { type ReactNode, useRef } from 'react';
import {
	Button as AriaButton,
	Menu as AriaMenu,
	MenuItem as AriaMenuItem,
	MenuSection,
	MenuTrigger,
	Popover,
	Separator,
	SubmenuTrigger,
} from 'react-aria-components';
import { createPortal } from 'react-dom';
import { Icon, type IconName } from '../icon.tsx';
import { isSeparator, type MenuEntry, type MenuItem, tidyEntries } from '../menu-entry.ts';
import './button.css';
import './menu.css';

export type { MenuEntry } from '../menu-entry.ts';

const select = (item: MenuItem) => () => {
	if (item.onSelect !== undefined) requestAnimationFrame(() => item.onSelect?.());
};

function ItemContent({ item }: { item: MenuItem }) {
	const mark = item.checked === true ? <Icon name="check" size={16} /> : null;
	return (
		<>
			<span className="menu-mark">{item.icon === undefined ? mark : <Icon name={item.icon} size={18} />}</span>
			<span className="menu-label">{item.label}</span>
			{item.icon !== undefined && item.checked === true ? mark : null}
			{item.shortcut === undefined ? null : <kbd className="menu-shortcut">{item.shortcut}</kbd>}
			{item.submenu === undefined ? null : <Icon name="caret-right" size={14} className="menu-arrow" />}
		</>
	);
}

function MenuRow({ item }: { item: MenuItem }): ReactNode {
	const row = (
		<AriaMenuItem
			id={item.id}
			textValue={item.label}
			className={`menu-item ${item.isDefault ? 'menu-item-default' : ''}`}
			isDisabled={item.disabled ?? false}
			shouldCloseOnSelect
			onAction={item.submenu === undefined ? select(item) : undefined}
		>
			<ItemContent item={item} />
		</AriaMenuItem>
	);
	if (item.submenu === undefined) return row;
	return (
		<SubmenuTrigger delay={180}>
			{row}
			<Popover className="menu-popover" offset={-2} crossOffset={-5}>
				<MenuList label={item.label} entries={item.submenu} />
			</Popover>
		</SubmenuTrigger>
	);
}

interface Run {
	readonly key: string;
	readonly checkable: boolean;
	readonly items: MenuItem[];
}

/** Neighbours of one kind; checkable ones need a section that knows which are checked. */
function splitRuns(entries: readonly MenuEntry[]): (Run | undefined)[] {
	const runs: (Run | undefined)[] = [];
	for (const entry of entries) {
		if (isSeparator(entry)) {
			runs.push(undefined);
			continue;
		}
		const checkable = entry.checked !== undefined;
		const last = runs.at(-1);
		if (last !== undefined && last.checkable === checkable) last.items.push(entry);
		else runs.push({ key: entry.id, checkable, items: [entry] });
	}
	return runs;
}

export interface MenuListProps {
	/** Accessible name. */
	readonly label: string;
	readonly entries: readonly MenuEntry[];
	readonly autoFocus?: boolean | 'first' | 'last';
	onClose?(): void;
}

export function MenuList({ label, entries, autoFocus, onClose }: MenuListProps) {
	const tidy = tidyEntries(entries);
	const withMarks = tidy.some((entry) => !isSeparator(entry) && (entry.icon ?? entry.checked) !== undefined);
	return (
		<AriaMenu
			aria-label={label}
			className={`menu ${withMarks ? 'menu-with-marks' : ''}`}
			autoFocus={autoFocus}
			onClose={onClose}
		>
			{splitRuns(tidy).map((run, index) => {
				// biome-ignore lint/suspicious/noArrayIndexKey: a separator has no identity but its place
				if (run === undefined) return <Separator key={`separator-${index}`} className="menu-separator" />;
				const rows = run.items.map((item) => <MenuRow key={item.id} item={item} />);
				if (!run.checkable) return rows;
				return (
					<MenuSection
						key={run.key}
						aria-label={label}
						selectionMode="multiple"
						selectedKeys={run.items.filter((item) => item.checked).map((item) => item.id)}
					>
						{rows}
					</MenuSection>
				);
			})}
		</AriaMenu>
	);
}

export interface MenuButtonProps {
	readonly label: string;
	readonly entries: readonly MenuEntry[];
	readonly icon?: IconName;
	/** Shows only the icon; the label becomes the accessible name. */
	readonly iconOnly?: boolean;
	readonly disabled?: boolean;
}

export function MenuButton({ label, entries, icon, iconOnly = false, disabled = false }: MenuButtonProps) {
	return (
		<MenuTrigger>
			<AriaButton
				className={`button button-plain button-standard ${iconOnly ? 'button-icon' : ''}`}
				isDisabled={disabled}
				aria-label={label}
			>
				{icon === undefined ? null : <Icon name={icon} size={18} />}
				{iconOnly ? null : label}
				{iconOnly ? null : <Icon name="caret-down" size={12} />}
			</AriaButton>
			<Popover className="menu-popover" offset={4} placement="bottom start">
				<MenuList label={label} entries={entries} />
			</Popover>
		</MenuTrigger>
	);
}

export interface ContextMenuProps {
	readonly label?: string;
	readonly entries: readonly MenuEntry[];
	/** Where it opens, in CSS pixels of the page. */
	readonly position: { readonly x: number; readonly y: number };
	readonly placement?: 'bottom start' | 'top start' | 'top' | 'top end' | 'bottom end';
	onClose(): void;
}

export function ContextMenu({
	label = 'Menu',
	entries,
	position,
	placement = 'bottom start',
	onClose,
}: ContextMenuProps) {
	const anchor = useRef<HTMLSpanElement>(null);
	return (
		<>
			{/* In the body: a window that is moved by a transform would take its own corner for the page's. */}
			{createPortal(
				<span ref={anchor} className="menu-anchor" style={{ left: position.x, top: position.y }} />,
				document.body,
			)}
			<Popover
				className="menu-popover"
				aria-label={label}
				triggerRef={anchor}
				placement={placement}
				offset={0}
				isOpen
				onOpenChange={(open) => {
					if (!open) onClose();
				}}
			>
				<MenuList label={label} entries={entries} autoFocus="first" onClose={onClose} />
			</Popover>
		</>
	);
}
