/** A tooltip on hover and on keyboard focus, for buttons that show only an icon. */
import type { ReactElement } from 'react';
import { Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import './tooltip.css';

export interface TooltipProps {
	readonly text: string;
	readonly shortcut?: string;
	/** One focusable control of this kit. */
	readonly children: ReactElement;
}

export function Tooltip({ text, shortcut, children }: TooltipProps) {
	return (
		<TooltipTrigger delay={500} closeDelay={80}>
			{children}
			<AriaTooltip className="tooltip" offset={6}>
				{text}
				{shortcut === undefined ? null : <kbd className="tooltip-shortcut">{shortcut}</kbd>}
			</AriaTooltip>
		</TooltipTrigger>
	);
}
