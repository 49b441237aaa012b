/** The sheet of glass that shows where a dragged window would go. */
import { useDesktop, useModel } from '../desktop-context.ts';
import { type Placement, type Rectangle, zoneBounds } from './geometry.ts';
import { GlassBackdrop } from './glass-backdrop.tsx';

const marginPx = 6;

function sheetBounds(placement: Placement, area: Rectangle): Rectangle | undefined {
	if (placement === 'normal' || placement === 'full-screen') return undefined;
	const { x, y, width, height } = placement === 'maximized' ? area : zoneBounds(placement, area);
	return { x: x + marginPx, y: y + marginPx, width: width - 2 * marginPx, height: height - 2 * marginPx };
}

export function SnapPreviewSheet() {
	const { snapPreview, windows } = useDesktop();
	const placement = useModel(snapPreview, () => snapPreview.placement);
	const bounds = placement === undefined ? undefined : sheetBounds(placement, windows.workArea);
	if (bounds === undefined) return null;
	const { x, y, width, height } = bounds;
	return (
		<div key={placement} className="snap-preview glass" style={{ left: x, top: y, width, height }}>
			<GlassBackdrop corner={bounds} />
		</div>
	);
}
