/** Where a frame stands, written to its style; the picture behind layered glass is moved against it. */
import type { Rectangle } from './geometry.ts';

export function applyBounds(frame: HTMLElement, bounds: Rectangle): void {
	const { style } = frame;
	style.translate = `${bounds.x}px ${bounds.y}px`;
	const width = `${bounds.width}px`;
	const height = `${bounds.height}px`;
	// Writing an unchanged size costs a layout on some engines.
	if (style.width !== width) style.width = width;
	if (style.height !== height) style.height = height;
	const picture = frame.querySelector<HTMLElement>(':scope > .glass-backdrop > .glass-picture');
	if (picture !== null) picture.style.translate = `${-bounds.x}px ${-bounds.y}px`;
}
