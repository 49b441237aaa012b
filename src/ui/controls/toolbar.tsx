/** A bar of buttons with one tab stop; arrows walk it. `ToolbarSpacer` pushes what follows to the right. */
import type { ReactNode } from 'react';
import { Toolbar as AriaToolbar } from 'react-aria-components';
import './toolbar.css';

export interface ToolbarProps {
	/** Accessible name. */
	readonly label: string;
	readonly children: ReactNode;
	readonly className?: string;
}

export function Toolbar({ label, children, className = '' }: ToolbarProps) {
	return (
		<AriaToolbar aria-label={label} className={`toolbar ${className}`}>
			{children}
		</AriaToolbar>
	);
}

export function ToolbarSeparator() {
	return <span className="toolbar-separator" aria-hidden="true" />;
}

export function ToolbarSpacer() {
	return <span className="toolbar-spacer" aria-hidden="true" />;
}
