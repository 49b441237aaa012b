/**
 * What is behind a glass surface. With full glass it is empty and the surface's `backdrop-filter` does the work; with
 * layered glass it holds the blurred wallpaper, moved against the surface so that it seems to stand still.
 */
import type { Point } from './geometry.ts';

export interface GlassBackdropProps {
	/** Upper left corner of a surface that is placed by numbers and does not move. */
	readonly corner?: Point;
}

export function GlassBackdrop({ corner }: GlassBackdropProps) {
	const style = corner === undefined ? undefined : { translate: `${-corner.x}px ${-corner.y}px` };
	return (
		<div className="glass-backdrop" aria-hidden="true">
			<div className="glass-picture" style={style} />
		</div>
	);
}
