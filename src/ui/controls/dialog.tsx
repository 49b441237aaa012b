/**
 * A dialog inside a window: it covers the content of that window only and keeps the focus until it is closed.
 * Put it as the last child of a positioned element. (A message box of the desktop is `shell.ask`.)
 */
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import { tabbableElements, wrapTabFocus } from '../focus.ts';
import './button.css';
import './dialog.css';

export interface DialogProps {
	readonly title: string;
	readonly children: ReactNode;
	/** Buttons, from left to right. */
	readonly actions?: ReactNode;
	readonly width?: number;
	/** Escape, or a press beside the dialog. */
	onClose(): void;
	/** Enter in a field. */
	onSubmit?(): void;
}

/** Takes the focus while mounted and gives it back to where it was. */
function useModalFocus(dialog: React.RefObject<HTMLElement | null>) {
	useEffect(() => {
		const before = document.activeElement as HTMLElement | null;
		const root = dialog.current;
		if (root !== null && !root.contains(document.activeElement)) (tabbableElements(root)[0] ?? root).focus();
		return () => before?.focus();
	}, [dialog]);
}

export function Dialog({ title, children, actions, width = 380, onClose, onSubmit }: DialogProps) {
	const titleId = useId();
	const dialog = useRef<HTMLFormElement>(null);
	useModalFocus(dialog);
	const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
		wrapTabFocus(event, event.currentTarget);
		if (event.key !== 'Escape' || event.defaultPrevented) return;
		event.preventDefault();
		event.stopPropagation();
		onClose();
	};
	return (
		<div
			className="dialog-backdrop"
			onPointerDown={(event) => {
				if (event.target === event.currentTarget) onClose();
			}}
		>
			<form
				ref={dialog}
				className="dialog"
				role="dialog"
				aria-modal="true"
				aria-labelledby={titleId}
				tabIndex={-1}
				style={{ width }}
				onKeyDown={onKeyDown}
				onSubmit={(event) => {
					event.preventDefault();
					onSubmit?.();
				}}
			>
				<h2 id={titleId} className="dialog-title">
					{title}
				</h2>
				<div className="dialog-body">{children}</div>
				{actions === undefined ? null : <div className="dialog-actions">{actions}</div>}
			</form>
		</div>
	);
}
