/**
 * The previews above a taskbar button: each window of the program, live, with its title and a close button. Resting
 * on one lets that window alone be seen at its place.
 */
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { moveRovingFocus, wrapTabFocus } from '#ui/focus.ts';
import { useDesktop, useModel } from '../desktop-context.ts';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import { LivePreview } from '../windows/live-preview.tsx';
import type { WindowSnapshot } from '../windows/window-state.ts';
import './task-previews.css';

export interface PreviewTarget {
	readonly key: string;
	/** Middle of the button. */
	readonly centre: number;
	/** Opened by keyboard: the first preview takes the focus. */
	readonly focus: boolean;
	readonly button: HTMLButtonElement | null;
}

export interface TaskPreviewsProps {
	readonly target: PreviewTarget;
	onClose(): void;
	onEnter(): void;
	onLeave(): void;
}

const previewSize = { width: 208, height: 128 };
/** What one preview takes of the screen's width; the style sheet says the same. */
const previewPitchPx = 228;
const restMs = 600;

interface PreviewProps {
	readonly window: WindowSnapshot;
	readonly pictured: boolean;
	onChosen(): void;
}

function Preview({ window, pictured, onChosen }: PreviewProps) {
	const { windows } = useDesktop();
	const timer = useRef(0);
	const endPeek = () => {
		clearTimeout(timer.current);
		if (windows.peek === window.id) windows.setPeek(undefined);
	};
	return (
		<div
			className="task-preview"
			onPointerEnter={() => {
				timer.current = globalThis.window.setTimeout(() => windows.setPeek(window.id), restMs);
			}}
			onPointerLeave={endPeek}
			onPointerUp={(event) => {
				if (event.button === 1) void windows.requestClose(window.id);
			}}
		>
			<button
				type="button"
				className="task-preview-window"
				aria-label={window.title}
				aria-current={window.focused || undefined}
				onClick={() => {
					endPeek();
					windows.focus(window.id);
					onChosen();
				}}
			>
				<span className="task-preview-title">{window.title}</span>
				{pictured ? <LivePreview windowId={window.id} size={previewSize} /> : null}
			</button>
			<button
				type="button"
				className="task-preview-close"
				aria-label={`Close ${window.title}`}
				onClick={() => {
					endPeek();
					void windows.requestClose(window.id);
				}}
			>
				<svg viewBox="0 0 13 13" width="13" height="13" aria-hidden="true">
					<path d="m2.5 2.5 8 8m0-8-8 8" />
				</svg>
			</button>
		</div>
	);
}

export function TaskPreviews({ target, onClose, onEnter, onLeave }: TaskPreviewsProps) {
	const { taskbar, windows } = useDesktop();
	const groups = useModel(taskbar, () => taskbar.groups);
	const group = groups.find(({ key }) => key === target.key);
	const panel = useRef<HTMLDivElement>(null);
	const count = group?.windows.length ?? 0;
	const pictured = count * previewPitchPx <= innerWidth - 24;
	useLayoutEffect(() => {
		const element = panel.current;
		if (element === null || count === 0) return;
		const half = element.offsetWidth / 2;
		const left = Math.max(6, Math.min(target.centre - half, innerWidth - 2 * half - 6));
		element.style.setProperty('--left', `${Math.round(left)}px`);
	}, [target.centre, count]);
	useEffect(() => {
		if (target.focus) panel.current?.querySelector('button')?.focus();
	}, [target]);
	useEffect(() => {
		if (count === 0) onClose();
	}, [count, onClose]);
	useEffect(() => () => windows.setPeek(undefined), [windows]);
	if (group === undefined || count === 0) return null;
	const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
		event.stopPropagation();
		if (event.key === 'Escape' || (pictured && event.key === 'ArrowDown')) {
			event.preventDefault();
			onClose();
			target.button?.focus();
			return;
		}
		wrapTabFocus(event, event.currentTarget);
		moveRovingFocus(event, [...event.currentTarget.querySelectorAll('button')], pictured ? 'horizontal' : 'vertical');
	};
	return (
		<div
			ref={panel}
			className="task-previews glass"
			role="dialog"
			aria-label={`Windows of ${group.title}`}
			onPointerEnter={onEnter}
			onPointerLeave={onLeave}
			onKeyDown={onKeyDown}
		>
			<GlassBackdrop />
			<div className="task-preview-row" data-list={!pictured || undefined}>
				{group.windows.map((window) => (
					<Preview key={window.id} window={window} pictured={pictured} onChosen={onClose} />
				))}
			</div>
		</div>
	);
}
