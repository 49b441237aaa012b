/**
 * The taskbar: Start, one button a program, the notification area, and the sliver that shows the desktop.
 * Each of its two toolbars is one stop of Tab; arrows walk it.
 */
import { type KeyboardEvent, type MouseEvent, type PointerEvent, useRef, useState } from 'react';
import { moveRovingFocus } from '#ui/focus.ts';
import { Icon } from '#ui/icon.tsx';
import type { MenuEntry } from '#ui/menu-entry.ts';
import { useDesktop, useModel } from '../desktop-context.ts';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import { NotificationArea } from './notification-area.tsx';
import { ShowDesktopButton } from './show-desktop-button.tsx';
import { TaskButton } from './task-button.tsx';
import { type PreviewTarget, TaskPreviews } from './task-previews.tsx';
import './taskbar.css';

function walkButtons(event: KeyboardEvent<HTMLElement>) {
	const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('.taskbar-stop')];
	moveRovingFocus(event, buttons);
}

/** Press, drag over others, release: the button takes that place. */
function useReorder(count: number, move: (from: number, to: number) => void) {
	const [dragged, setDragged] = useState<{ from: number; to: number; offset: number } | undefined>();
	const begin = (event: PointerEvent<HTMLElement>, from: number) => {
		if (event.button !== 0) return;
		const startX = event.clientX;
		const width = event.currentTarget.offsetWidth + 2;
		const ended = new AbortController();
		const at = (x: number) => Math.min(count - 1, Math.max(0, from + Math.round((x - startX) / width)));
		const onMove = (moved: globalThis.PointerEvent) => {
			const offset = moved.clientX - startX;
			if (Math.abs(offset) > 8) setDragged({ from, to: at(moved.clientX), offset });
		};
		const onUp = (up: globalThis.PointerEvent) => {
			ended.abort();
			setDragged(undefined);
			if (Math.abs(up.clientX - startX) > 8 && at(up.clientX) !== from) move(from, at(up.clientX));
		};
		const options = { signal: ended.signal };
		document.addEventListener('pointermove', onMove, options);
		document.addEventListener('pointerup', onUp, options);
		document.addEventListener(
			'pointercancel',
			() => {
				ended.abort();
				setDragged(undefined);
			},
			options,
		);
	};
	return { dragged, begin };
}

function TaskButtons({ onPreview }: { onPreview(target: PreviewTarget | undefined, how: 'hover' | 'now'): void }) {
	const { taskbar } = useDesktop();
	const groups = useModel(taskbar, () => taskbar.groups);
	const { dragged, begin } = useReorder(groups.length, (from, to) => taskbar.move(from, to));
	const shift = (index: number): number => {
		if (dragged === undefined) return 0;
		if (index === dragged.from) return dragged.offset;
		if (index > dragged.from && index <= dragged.to) return -54;
		if (index < dragged.from && index >= dragged.to) return 54;
		return 0;
	};
	return groups.map((group, index) => (
		<TaskButton
			key={group.key}
			group={group}
			shift={shift(index)}
			dragged={dragged?.from === index}
			onDragStart={(event) => begin(event, index)}
			onPreview={onPreview}
		/>
	));
}

function StartButton() {
	const { popups } = useDesktop();
	const open = useModel(popups, () => popups.open === 'start');
	return (
		<button
			type="button"
			className="start-button taskbar-stop"
			aria-label="Start"
			aria-haspopup="dialog"
			aria-expanded={open}
			onPointerDown={(event) => event.preventDefault()}
			onClick={() => popups.toggle('start')}
		>
			<Icon name="vitrine" size={32} />
		</button>
	);
}

/** Once one preview is open the next follows at once; the first waits until the pointer rests. */
function usePreview() {
	const [preview, setPreview] = useState<PreviewTarget | undefined>();
	const timer = useRef(0);
	const keep = () => clearTimeout(timer.current);
	const show = (target: PreviewTarget | undefined, how: 'hover' | 'now') => {
		keep();
		const follows = preview !== undefined && target !== undefined;
		const rest = target === undefined ? 250 : 400;
		timer.current = window.setTimeout(() => setPreview(target), how === 'now' || follows ? 0 : rest);
	};
	return { preview, show, keep };
}

export function Taskbar() {
	const { windows, menu, launch, switcher } = useDesktop();
	const switching = useModel(switcher, () => switcher.open);
	const { preview, show, keep } = usePreview();
	const showMenu = (event: MouseEvent) => {
		event.preventDefault();
		const entries: MenuEntry[] = [
			{ id: 'desktop', label: 'Show the desktop', icon: 'desktop', onSelect: () => windows.toggleShowDesktop() },
			{ separator: true },
			{ id: 'tasks', label: 'Task Manager', icon: 'task-manager', onSelect: () => launch('task-manager', []) },
		];
		const position = { x: event.clientX, y: event.currentTarget.getBoundingClientRect().top - 2 };
		menu.show({ label: 'Taskbar', entries, position, placement: 'top start' });
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: all that its menu offers is in Start as well
		<footer
			className="taskbar glass"
			onContextMenu={showMenu}
			// A press between the buttons takes the keyboard from nobody.
			onMouseDown={(event) => event.preventDefault()}
		>
			<GlassBackdrop />
			<div
				className="taskbar-buttons"
				role="toolbar"
				aria-label="Taskbar"
				onKeyDown={walkButtons}
				// More buttons than fit: the wheel goes along them.
				onWheel={(event) => event.currentTarget.scrollBy({ left: event.deltaY })}
			>
				<StartButton />
				<TaskButtons onPreview={show} />
			</div>
			<NotificationArea />
			<ShowDesktopButton />
			{preview === undefined || switching ? null : (
				<TaskPreviews
					target={preview}
					onClose={() => show(undefined, 'now')}
					onEnter={keep}
					onLeave={() => show(undefined, 'hover')}
				/>
			)}
		</footer>
	);
}
