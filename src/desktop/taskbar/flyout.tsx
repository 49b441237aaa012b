/** A panel of glass above the notification area: takes the focus, closes on Escape and on a press elsewhere. */
import { type ReactNode, useEffect, useRef } from 'react';
import { tabbableElements, wrapTabFocus } from '#ui/focus.ts';
import { useDesktop } from '../desktop-context.ts';
import { returnFocus } from '../keyboard/return-focus.ts';
import { findInShownDesktop } from '../seat/shown-desktop.ts';
import { GlassBackdrop } from '../windows/glass-backdrop.tsx';
import './flyout.css';

/** Closes the popup when the person presses outside of it; the button that opened it decides for itself. */
export function useCloseOutside(root: React.RefObject<HTMLElement | null>, popup: string) {
	const { popups } = useDesktop();
	useEffect(() => {
		const onDown = (event: PointerEvent) => {
			const target = event.target as Element;
			const own = root.current?.contains(target) === true || target.closest(`[data-popup="${popup}"]`) !== null;
			const start = popup === 'start' && target.closest('.start-button') !== null;
			if (!own && !start && target.closest('.menu-popover') === null) popups.close();
		};
		document.addEventListener('pointerdown', onDown, true);
		return () => document.removeEventListener('pointerdown', onDown, true);
	}, [root, popup, popups]);
}

export interface FlyoutProps {
	readonly popup: 'calendar' | 'sound' | 'storage';
	readonly label: string;
	readonly children: ReactNode;
}

export function Flyout({ popup, label, children }: FlyoutProps) {
	const { popups, windows } = useDesktop();
	const root = useRef<HTMLDivElement>(null);
	useCloseOutside(root, popup);
	useEffect(() => {
		const panel = root.current;
		const before = document.activeElement as HTMLElement | null;
		const first = panel?.querySelector<HTMLElement>('[data-autofocus]') ?? (panel && tabbableElements(panel)[0]);
		first?.focus();
		return () => {
			if (panel?.contains(document.activeElement) === true) (document.activeElement as HTMLElement).blur();
			returnFocus(windows, before);
		};
	}, [windows]);
	return (
		<div
			ref={root}
			className="flyout glass"
			role="dialog"
			aria-label={label}
			tabIndex={-1}
			onKeyDown={(event) => {
				wrapTabFocus(event, event.currentTarget);
				if (event.key !== 'Escape') return;
				event.stopPropagation();
				popups.close();
				findInShownDesktop(`[data-popup="${popup}"]`)?.focus();
			}}
		>
			<GlassBackdrop />
			<div className="flyout-content">{children}</div>
		</div>
	);
}
