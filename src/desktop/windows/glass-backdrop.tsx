/**
 * What is behind a glass surface. With full glass it is empty and the surface's `backdrop-filter` does the work; with
 * layered glass it holds the blurred wallpaper, moved against the surface so that it seems to stand still.
 */

export interface GlassBackdropProps {
	/** Upper left corner of a surface that does not move; windows set theirs by `applyBounds`. */
	readonly offset?: { readonly x: string; readonly y: string };
}

export function GlassBackdrop({ offset }: GlassBackdropProps) {
	const style = offset === undefined ? undefined : { translate: `${offset.x} ${offset.y}` };
	return (
		<div className="glass-backdrop" aria-hidden="true">
			<div className="glass-picture" style={style} />
		</div>
	);
}
