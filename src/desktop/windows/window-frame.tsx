/**
 * A window as the person sees it: glass frame, title, buttons, edges to resize by, and the content. It shows what the
 * window manager says and tells it what the person does.
 */
import { memo, type PointerEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { moveRovingFocus, tabbableElements, wrapTabFocus } from '#ui/focus.ts';
import { Icon } from '#ui/icon.tsx';
import { useDesktop } from '../desktop-context.ts';
import { isInShellPopup, isShellPopupOpen } from '../keyboard/return-focus.ts';
import { applyBounds } from './frame-style.ts';
import type { Edge } from './geometry.ts';
import { GlassBackdrop } from './glass-backdrop.tsx';
import { systemMenuEntries } from './system-menu.ts';
import { beginMove, beginResize, type DragContext } from './window-drag.ts';
import type { WindowSnapshot } from './window-manager.ts';
import './window-frame.css';

const aboveTaskbar = 'calc(var(--layer-taskbar) + 10)';
const edges: readonly Edge[] = ['n', 'e', 's', 'w', 'ne', 'se', 'sw', 'nw'];

/** Gives the focus to the window: where it was in there, else where the content wants it, else to the frame. */
function focusInside(root: HTMLElement, last: HTMLElement | null): void {
	if (root.contains(document.activeElement) || isInShellPopup(document.activeElement)) return;
	const body = root.querySelector<HTMLElement>(':scope > .window-body');
	const known = last?.isConnected === true && root.contains(last) ? last : undefined;
	const first = body === null ? undefined : tabbableElements(body)[0];
	for (const target of [known, body?.querySelector<HTMLElement>('[data-autofocus]'), first, root]) {
		target?.focus({ preventScroll: true });
		// What had it may take it no more.
		if (root.contains(document.activeElement)) return;
	}
}

/**
 * Brings the keyboard focus into the window when it becomes the focused one, and again when what had it there goes away
 * or can have it no longer: the keyboard never falls out of the window in use.
 */
function useFocusInside(frame: React.RefObject<HTMLElement | null>, { focused, focusCalls }: WindowSnapshot) {
	const last = useRef<HTMLElement | null>(null);
	useLayoutEffect(() => {
		const root = frame.current;
		if (focused && focusCalls > 0 && root !== null) focusInside(root, last.current);
	}, [frame, focused, focusCalls]);
	useEffect(() => {
		const root = frame.current;
		if (!focused || root === null) return;
		let frameRequest = 0;
		const onFocusOut = () => {
			cancelAnimationFrame(frameRequest);
			frameRequest = requestAnimationFrame(() => {
				const isNowhere = document.activeElement === document.body && document.hasFocus();
				if (isNowhere && !isShellPopupOpen()) focusInside(root, last.current);
			});
		};
		root.addEventListener('focusout', onFocusOut);
		return () => {
			cancelAnimationFrame(frameRequest);
			root.removeEventListener('focusout', onFocusOut);
		};
	}, [frame, focused]);
	return last;
}

/** Flashes the frame each time the count grows. */
function useFlash(frame: React.RefObject<HTMLElement | null>, flashes: number) {
	const seen = useRef(flashes);
	useLayoutEffect(() => {
		if (seen.current === flashes) return;
		seen.current = flashes;
		frame.current?.animate([{ opacity: 1 }, { opacity: 0.45 }, { opacity: 1 }], { duration: 130, iterations: 3 });
	}, [frame, flashes]);
}

interface TitleButtonProps {
	readonly label: string;
	readonly kind: 'minimize' | 'maximize' | 'restore' | 'close';
	onPress(): void;
}

const buttonDrawings: Record<TitleButtonProps['kind'], string> = {
	minimize: 'M2 7.5h9',
	maximize: 'M2.5 2.5h8v8h-8z',
	restore: 'M4.5 4.5v-2h6v6h-2M2.5 4.5h6v6h-6z',
	close: 'm2.5 2.5 8 8m0-8-8 8',
};

function TitleButton({ label, kind, onPress }: TitleButtonProps) {
	return (
		<button
			type="button"
			className={`window-button window-button-${kind}`}
			aria-label={label}
			tabIndex={-1}
			onClick={onPress}
			onDoubleClick={(event) => event.stopPropagation()}
		>
			<svg viewBox="0 0 13 13" width="13" height="13" aria-hidden="true">
				<path d={buttonDrawings[kind]} />
			</svg>
		</button>
	);
}

interface TitleBarProps {
	readonly window: WindowSnapshot;
	readonly titleId: string;
	onDrag(event: PointerEvent<HTMLElement>): void;
}

function TitleBar({ window, titleId, onDrag }: TitleBarProps) {
	const { windows: manager, menu } = useDesktop();
	const { id, resizable, placement, ownerId } = window;
	const showMenu = (corner: HTMLElement) => {
		const box = corner.getBoundingClientRect();
		const position = { x: box.left, y: box.bottom + 4 };
		menu.show({
			label: 'System menu',
			entries: systemMenuEntries(manager, window),
			position,
			placement: 'bottom start',
		});
	};
	return (
		// biome-ignore lint/a11y/noStaticElementInteractions: every action here has a button or a key as well
		// biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: the banner of a page, which a window is not
		<header
			className="window-title-bar"
			role="presentation"
			onPointerDown={onDrag}
			onDoubleClick={() => {
				if (resizable) manager.toggleMaximized(id);
			}}
			onContextMenu={(event) => {
				event.preventDefault();
				const entries = systemMenuEntries(manager, window);
				const position = { x: event.clientX, y: event.clientY };
				menu.show({ label: 'System menu', entries, position, placement: 'bottom start' });
			}}
			onKeyDown={(event) => {
				moveRovingFocus(event, [...event.currentTarget.querySelectorAll('button')]);
			}}
		>
			<button
				type="button"
				className="window-corner"
				aria-label="System menu"
				aria-haspopup="menu"
				onClick={(event) => {
					// The second press of a double-click closes instead.
					if (event.detail < 2) showMenu(event.currentTarget);
				}}
				onDoubleClick={(event) => {
					event.stopPropagation();
					menu.close();
					void manager.requestClose(id);
				}}
			>
				<Icon name={window.icon} size={20} />
			</button>
			<h2 id={titleId} className="window-title">
				<span className="window-title-text">{window.title}</span>
			</h2>
			<div className="window-buttons">
				{ownerId === undefined ? (
					<TitleButton label="Minimize" kind="minimize" onPress={() => manager.minimize(id)} />
				) : null}
				{resizable && ownerId === undefined ? (
					<TitleButton
						label={placement === 'maximized' ? 'Restore' : 'Maximize'}
						kind={placement === 'maximized' ? 'restore' : 'maximize'}
						onPress={() => manager.toggleMaximized(id)}
					/>
				) : null}
				<TitleButton label="Close" kind="close" onPress={() => void manager.requestClose(id)} />
			</div>
		</header>
	);
}

/** Kept apart so that a frame that moves or loses the focus does not render its content again. */
const WindowBody = memo(function WindowBody({ content, blocked }: { content: ReactNode; blocked: boolean }) {
	return (
		<div className="window-body" inert={blocked}>
			{content}
		</div>
	);
});

export const WindowFrame = memo(function WindowFrame({ window, peeked }: { window: WindowSnapshot; peeked: boolean }) {
	const { windows: manager, snapPreview } = useDesktop();
	const frame = useRef<HTMLElement>(null);
	const titleId = useId();
	const lastFocus = useFocusInside(frame, window);
	useFlash(frame, window.flashes);
	useLayoutEffect(() => {
		if (frame.current !== null) applyBounds(frame.current, window.bounds);
	}, [window.bounds]);

	const context = (): DragContext | undefined =>
		frame.current === null ? undefined : { manager, preview: snapPreview, frame: frame.current, id: window.id };
	const startMove = (event: PointerEvent<HTMLElement>) => {
		const drag = context();
		if (event.button === 0 && drag !== undefined && (event.target as HTMLElement).closest('button') === null)
			beginMove(event.nativeEvent, drag);
	};
	const startResize = (edge: Edge) => (event: PointerEvent<HTMLElement>) => {
		const drag = context();
		if (event.button === 0 && drag !== undefined) beginResize(event.nativeEvent, edge, drag);
	};
	return (
		<section
			ref={frame}
			className="window glass"
			role={window.role}
			aria-labelledby={titleId}
			tabIndex={-1}
			data-window={window.id}
			data-focused={window.focused}
			data-placement={window.placement}
			data-minimized={window.minimized || undefined}
			data-peeked={peeked || undefined}
			style={{ zIndex: window.placement === 'full-screen' ? aboveTaskbar : window.order + 1 }}
			onPointerDownCapture={() => {
				if (!window.focused) manager.focus(window.id);
			}}
			// The keyboard stays with the content: a press on the frame takes the caret from no text.
			onMouseDown={(event) => {
				if ((event.target as Element).closest('.window-body') === null) event.preventDefault();
			}}
			onFocusCapture={(event) => {
				if (frame.current?.contains(event.target) === true) lastFocus.current = event.target as HTMLElement;
				if (!window.focused) manager.focus(window.id);
			}}
			onKeyDown={(event) => {
				if (frame.current?.contains(event.target as Node) === true) wrapTabFocus(event, frame.current);
			}}
		>
			<GlassBackdrop />
			<TitleBar window={window} titleId={titleId} onDrag={startMove} />
			<WindowBody content={window.content} blocked={window.blocked} />
			{window.resizable && window.placement !== 'maximized' && window.placement !== 'full-screen'
				? edges.map((edge) => (
						<div key={edge} className={`window-edge window-edge-${edge}`} onPointerDown={startResize(edge)} />
					))
				: null}
		</section>
	);
});
