/**
 * The taskbar: Start, one button a program, the notification area, and the sliver that shows the desktop.
 * Each of its two toolbars is one stop of Tab; arrows walk it.
 */
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { moveRovingFocus } from '#ui/focus.ts';
import { Icon } from '#ui/icon.tsx';
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

export function Taskbar() {
	const { popups, windows, menu } = useDesktop();
	const open = useModel(popups, () => popups.open);
	const [preview, setPreview] = useState<PreviewTarget | undefined>();
	const timer = useRef(0);
	const showPreview = (target: PreviewTarget | undefined, how: 'hover' | 'now') => {
		clearTimeout(timer.current);
		// Once one is open the next follows at once; the first waits until the pointer rests.
		const delay =
			how === 'now' || (preview !== undefined && target !== undefined) ? 0 : target === undefined ? 250 : 400;
		timer.current = window.setTimeout(() => setPreview(target), delay);
	};
	return (
		<footer className="taskbar glass" onContextMenu={(event) => event.preventDefault()}>
			<GlassBackdrop offset={{ x: '0px', y: 'calc(-100vh + 100%)' }} />
			{/* biome-ignore lint/a11y/useFocusableInteractive: its buttons are focusable */}
			<div className="taskbar-buttons" role="toolbar" aria-label="Taskbar" onKeyDown={walkButtons}>
				<button
					type="button"
					className="start-button taskbar-stop"
					aria-label="Start"
					aria-haspopup="dialog"
					aria-expanded={open === 'start'}
					onPointerDown={(event) => event.preventDefault()}
					onClick={() => popups.toggle('start')}
					onContextMenu={(event) => {
						const box = event.currentTarget.getBoundingClientRect();
						const entries = [{ id: 'desktop', label: 'Show the desktop', onSelect: () => windows.toggleShowDesktop() }];
						menu.show({ label: 'Start', entries, position: { x: box.left, y: box.top - 4 }, placement: 'top start' });
					}}
				>
					<Icon name="vitrine" size={32} />
				</button>
				<TaskButtons onPreview={showPreview} />
			</div>
			<NotificationArea />
			<ShowDesktopButton />
			{preview === undefined ? null : (
				<TaskPreviews
					target={preview}
					onClose={() => showPreview(undefined, 'now')}
					onEnter={() => clearTimeout(timer.current)}
					onLeave={() => showPreview(undefined, 'hover')}
				/>
			)}
		</footer>
	);
}
