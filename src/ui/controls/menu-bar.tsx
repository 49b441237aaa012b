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

export function MenuBar({ menus, label = 'Menu bar' }: MenuBarProps) {
	const bar = useRef<HTMLDivElement>(null);
	const items = useRef<(HTMLButtonElement | null)[]>([]);
	const [current, setCurrent] = useState(0);
	const [open, setOpen] = useState<number | undefined>();
	const openTrigger = useRef<HTMLButtonElement | null>(null);

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
	const step = (by: number) => (current + by + menus.length) % menus.length;
	const onBarKey = (event: KeyboardEvent) => {
		if (event.key === 'ArrowRight') focusItem(step(1));
		else if (event.key === 'ArrowLeft') focusItem(step(-1));
		else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') show(current);
		else return;
		event.preventDefault();
		event.stopPropagation();
	};
	/** In an open menu: left and right leave for the next menu unless a submenu takes them. */
	const onMenuKey = (event: KeyboardEvent) => {
		// Keys of a submenu arrive here through its portal; they are its own.
		if (!event.currentTarget.contains(event.target as Node)) return;
		const opensSubmenu = (event.target as HTMLElement).getAttribute('aria-haspopup') === 'menu';
		if (event.key === 'ArrowRight' && !opensSubmenu) show(step(1));
		else if (event.key === 'ArrowLeft') show(step(-1));
		else return;
		event.preventDefault();
		event.stopPropagation();
	};

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
					onClick={() => (open === index ? setOpen(undefined) : show(index))}
					onPointerEnter={() => {
						if (open !== undefined && open !== index) show(index);
					}}
				>
					{menu.label}
				</button>
			))}
			{open === undefined ? null : (
				<Popover
					key={open}
					className="menu-popover"
					triggerRef={openTrigger}
					placement="bottom start"
					offset={2}
					isNonModal
					isOpen
					shouldCloseOnInteractOutside={(element) => bar.current?.contains(element) !== true}
					onOpenChange={(isOpen) => {
						if (!isOpen) setOpen(undefined);
					}}
				>
					<div onKeyDownCapture={onMenuKey} className="menu-bar-menu">
						<MenuList
							label={menus[open]?.label ?? label}
							entries={menus[open]?.entries ?? []}
							autoFocus="first"
							onClose={() => {
								setOpen(undefined);
								openTrigger.current?.focus();
							}}
						/>
					</div>
				</Popover>
			)}
		</div>
	);
}
