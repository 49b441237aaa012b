/** One program on the taskbar. */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef } from 'react';
import { Icon } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';
import type { TaskGroup } from './task-groups.ts';
import type { PreviewTarget } from './task-previews.tsx';

export interface TaskButtonProps {
	readonly group: TaskGroup;
	/** Pixels by which a drag has moved it. */
	readonly shift: number;
	readonly dragged: boolean;
	onDragStart(event: PointerEvent<HTMLElement>): void;
	onPreview(target: PreviewTarget | undefined, how: 'hover' | 'now'): void;
}

function describe({ title, windows, attention }: TaskGroup): string {
	const running = windows.length === 0 ? '' : windows.length === 1 ? ', running' : `, ${windows.length} windows`;
	return `${title}${running}${attention ? ', wants attention' : ''}`;
}

/** What keys and pointer do with the button, apart from drawing it. */
function useTaskButton({ group, onDragStart, onPreview }: TaskButtonProps) {
	const { taskbar, menu, popups } = useDesktop();
	const button = useRef<HTMLButtonElement>(null);
	const count = group.windows.length;
	const target = (focus: boolean): PreviewTarget => {
		const box = button.current?.getBoundingClientRect();
		return { key: group.key, centre: box === undefined ? 0 : box.left + box.width / 2, focus, button: button.current };
	};
	const showMenu = () => {
		const box = button.current?.getBoundingClientRect();
		if (box === undefined) return;
		onPreview(undefined, 'now');
		const position = { x: box.left + box.width / 2, y: box.top - 6 };
		const entries = taskbar.menuEntries(group);
		menu.show({ label: group.title, entries, position, placement: 'top' }, button.current ?? undefined);
	};
	const handlers = {
		onPointerDown: (event: PointerEvent<HTMLElement>) => {
			event.preventDefault();
			onDragStart(event);
		},
		onPointerEnter: () => onPreview(count > 0 ? target(false) : undefined, 'hover'),
		onPointerLeave: () => onPreview(undefined, 'hover'),
		onClick: (event: MouseEvent) => {
			popups.close();
			if (event.shiftKey) taskbar.startNew(group);
			else if (taskbar.press(group)) onPreview(undefined, 'now');
			else onPreview(target(event.detail === 0), 'now');
		},
		onAuxClick: (event: MouseEvent) => {
			if (event.button === 1) taskbar.startNew(group);
		},
		onContextMenu: (event: MouseEvent) => {
			event.preventDefault();
			event.stopPropagation();
			showMenu();
		},
		onKeyDown: (event: KeyboardEvent) => {
			if (event.key === 'ArrowUp' && count > 0) onPreview(target(true), 'now');
			else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) showMenu();
			else return;
			event.preventDefault();
			event.stopPropagation();
		},
	};
	return { button, handlers };
}

export function TaskButton(props: TaskButtonProps) {
	const { group, shift, dragged } = props;
	const { button, handlers } = useTaskButton(props);
	const count = group.windows.length;
	return (
		<button
			ref={button}
			type="button"
			className="task-button taskbar-stop"
			aria-label={describe(group)}
			aria-haspopup={count > 1 ? 'dialog' : undefined}
			data-running={count > 0 || undefined}
			data-stacked={count > 1 || undefined}
			data-focused={group.focused || undefined}
			data-attention={group.attention || undefined}
			data-dragged={dragged || undefined}
			tabIndex={-1}
			style={{ translate: `${shift}px 0` }}
			{...handlers}
		>
			{group.progress === undefined ? null : (
				<span className="task-progress" style={{ transform: `scaleX(${group.progress})` }} />
			)}
			<Icon name={group.icon} size={32} />
		</button>
	);
}
