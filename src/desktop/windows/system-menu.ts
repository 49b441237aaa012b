/** The menu of a window's corner icon. */
import type { MenuEntry } from '#ui/menu-entry.ts';
import { beginKeyboardMove } from './keyboard-move.ts';
import type { WindowManager, WindowSnapshot } from './window-manager.ts';

export function systemMenuEntries(manager: WindowManager, window: WindowSnapshot): MenuEntry[] {
	const { id, placement, resizable } = window;
	const modal = window.ownerId !== undefined;
	return [
		{
			id: 'restore',
			label: 'Restore',
			disabled: placement === 'normal' && !window.minimized,
			isDefault: window.minimized,
			onSelect: () => manager.restore(id),
		},
		{ id: 'move', label: 'Move', disabled: window.minimized, onSelect: () => beginKeyboardMove(manager, id, 'move') },
		{
			id: 'size',
			label: 'Size',
			disabled: !resizable || window.minimized,
			onSelect: () => beginKeyboardMove(manager, id, 'size'),
		},
		{ id: 'minimize', label: 'Minimize', disabled: modal || window.minimized, onSelect: () => manager.minimize(id) },
		{
			id: 'maximize',
			label: 'Maximize',
			disabled: !resizable || placement === 'maximized',
			onSelect: () => {
				manager.focus(id);
				manager.maximize(id);
			},
		},
		{ separator: true },
		{
			id: 'snap',
			label: 'Snap',
			disabled: !resizable || window.minimized,
			submenu: (
				[
					['left', 'Left half'],
					['right', 'Right half'],
					['top-left', 'Upper left quarter'],
					['top-right', 'Upper right quarter'],
					['bottom-left', 'Lower left quarter'],
					['bottom-right', 'Lower right quarter'],
				] as const
			).map(([zone, label]) => ({ id: zone, label, onSelect: () => manager.snap(id, zone) })),
		},
		{ separator: true },
		{ id: 'close', label: 'Close', onSelect: () => void manager.requestClose(id) },
	];
}
