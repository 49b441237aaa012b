/**
 * The menu bar of a program: `menubar` by the ARIA pattern. Left and right walk it, also while a menu is open; with a
 * menu open the pointer moves the open menu along; Alt or F10 in the window focuses it.
 */
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { Popover } from 'react-aria-components';
import type { MenuEntry } from '../menu-entry.ts';
import { MenuList } from './menu.tsx';
import './menu-bar.css';

export interface MenuBarMenu {
	readonly label: string;
	readonly entries: readonly MenuEntry[];
}

export interface MenuBarProps {
	readonly menus: readonly MenuBarMenu[];
	/** Accessible name. */
	readonly label?: string;
}

/** Focuses the first item when F10 is pressed anywhere in the window that holds the bar. */
function useMenuKey(bar: React.RefObject<HTMLDivElement | null>, focusItem: (index: number) => void) {
	useEffect(() => {
		const scope = bar.current?.closest<HTMLElement>('[role="dialog"]');
		if (scope === null || scope === undefined) return;
		const listener = (event: globalThis.KeyboardEvent) => {
			if (event.key !== 'F10' || event.shiftKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
			event.preventDefault();
			focusItem(0);
		};
		scope.addEventListener('keydown', listener);
		return () => scope.removeEventListener('keydown', listener);
	}, [bar, focusItem]);
}

/** Which item has the tab stop, which menu is open, and what keys do to both. */
function useMenuBar(count: number) {
	const bar = useRef<HTMLDivElement>(null);
	const items = useRef<(HTMLButtonElement | null)[]>([]);
	const openTrigger = useRef<HTMLButtonElement | null>(null);
	const [current, setCurrent] = useState(0);
	const [open, setOpen] = useState<number | undefined>();
	const focusItem = useCallback((index: number) => {
		setCurrent(index);
		items.current[index]?.focus();
	}, []);
	useMenuKey(bar, focusItem);
	const show = (index: number) => {
		openTrigger.current = items.current[index] ?? null;
		setCurrent(index);
		setOpen(index);
	};
	const close = () => setOpen(undefined);
	const step = (by: number) => (current + by + count) % count;
	const onBarKey = (event: KeyboardEvent) => {
		// Keys of the open menu arrive here through its portal; they are its own.
		if (!event.currentTarget.contains(event.target as Node)) return;
		if (event.key === 'ArrowRight') focusItem(step(1));
		else if (event.key === 'ArrowLeft') focusItem(step(-1));
		else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') show(current);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	/** In an open menu: left and right leave for the next menu unless a submenu takes them. */
	const onMenuKey = (event: KeyboardEvent) => {
		if (!event.currentTarget.contains(event.target as Node)) return;
		const opensSubmenu = (event.target as HTMLElement).getAttribute('aria-haspopup') === 'menu';
		if (event.key === 'ArrowRight' && !opensSubmenu) show(step(1));
		else if (event.key === 'ArrowLeft') show(step(-1));
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	return { bar, items, openTrigger, current, open, show, close, onBarKey, onMenuKey };
}

interface OpenMenuProps {
	readonly menu: MenuBarMenu;
	readonly bar: React.RefObject<HTMLElement | null>;
	readonly trigger: React.RefObject<HTMLElement | null>;
	onKey(event: KeyboardEvent): void;
	onClose(): void;
}

function OpenMenu({ menu, bar, trigger, onKey, onClose }: OpenMenuProps) {
	return (
		<Popover
			className="menu-popover"
			triggerRef={trigger}
			placement="bottom start"
			offset={2}
			isNonModal
			isOpen
			shouldCloseOnInteractOutside={(element) => bar.current?.contains(element) !== true}
			onOpenChange={(isOpen) => {
				if (!isOpen) onClose();
			}}
		>
			<div onKeyDownCapture={onKey} className="menu-bar-menu">
				<MenuList
					label={menu.label}
					entries={menu.entries}
					autoFocus="first"
					onClose={() => {
						onClose();
						trigger.current?.focus();
					}}
				/>
			</div>
		</Popover>
	);
}

export function MenuBar({ menus, label = 'Menu bar' }: MenuBarProps) {
	const { bar, items, openTrigger, current, open, show, close, onBarKey, onMenuKey } = useMenuBar(menus.length);
	const openMenu = open === undefined ? undefined : menus[open];
	return (
		<div ref={bar} className="menu-bar" role="menubar" aria-label={label} onKeyDown={onBarKey} tabIndex={-1}>
			{menus.map((menu, index) => (
				<button
					key={menu.label}
					ref={(element) => {
						items.current[index] = element;
					}}
					type="button"
					role="menuitem"
					className="menu-bar-item"
					aria-haspopup="menu"
					aria-expanded={open === index}
					tabIndex={index === current ? 0 : -1}
					onClick={() => (open === index ? close() : show(index))}
					onPointerEnter={() => {
						if (open !== undefined && open !== index) show(index);
					}}
				>
					{menu.label}
				</button>
			))}
			{openMenu === undefined ? null : (
				<OpenMenu key={open} menu={openMenu} bar={bar} trigger={openTrigger} onKey={onMenuKey} onClose={close} />
			)}
		</div>
	);
}
