/** The words beside the pointer during a drag: what letting go here would do. Drawn by whoever is under the pointer. */
import { createPortal } from 'react-dom';
import type { DropPlan } from './file-drag.ts';
import './drag-hint.css';

export interface DragHintProps {
	readonly plan: DropPlan;
	readonly x: number;
	readonly y: number;
}

export function DragHint({ plan, x, y }: DragHintProps) {
	// At the page, because a window may have a transform, which would take the place of the screen.
	return createPortal(
		<div className="drag-hint" role="status" style={{ transform: `translate(${x + 18}px, ${y + 20}px)` }}>
			<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
				{plan.effect === 'copy' ? <path d="M7 2v10M2 7h10" /> : <path d="M2 7h9M7.5 3.5 11 7l-3.5 3.5" />}
			</svg>
			{plan.label}
		</div>,
		document.body,
	);
}
