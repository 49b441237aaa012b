/**
 * Rectangles of windows on the screen: where snap zones lie, what keeps a title bar in reach, where a new window
 * goes. All in whole CSS pixels with the origin at the upper left of the screen.
 */

export interface Point {
	readonly x: number;
	readonly y: number;
}

export interface Size {
	readonly width: number;
	readonly height: number;
}

export interface Rectangle extends Point, Size {}

export type SnapZone = 'left' | 'right' | 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right';
export type Placement = 'normal' | 'maximized' | 'full-screen' | SnapZone;
export type Edge = 'n' | 'ne' | 'e' | 'se' | 's' | 'sw' | 'w' | 'nw';

/** Width of the frame around the content; the style sheet of the frame says the same. */
export const frameInsets = { top: 36, right: 6, bottom: 6, left: 6 } as const;
export const titleBarHeight = 36;

/** This much of a title bar stays in reach, whatever happens to the screen. */
const reachableWidth = 120;
const cascadeStep = 32;

export function sameRectangle(a: Rectangle, b: Rectangle): boolean {
	return a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), Math.max(low, high));

export function frameSize(content: Size): Size {
	return {
		width: Math.round(content.width) + frameInsets.left + frameInsets.right,
		height: Math.round(content.height) + frameInsets.top + frameInsets.bottom,
	};
}

/** The part of `area` that a zone takes: halves and quarters without gap or overlap. */
export function zoneBounds(zone: SnapZone, area: Rectangle): Rectangle {
	const leftWidth = Math.round(area.width / 2);
	const topHeight = Math.round(area.height / 2);
	const right = zone.endsWith('right');
	const x = right ? area.x + leftWidth : area.x;
	const width = right ? area.width - leftWidth : leftWidth;
	if (zone === 'left' || zone === 'right') return { x, y: area.y, width, height: area.height };
	const bottom = zone.startsWith('bottom');
	return {
		x,
		y: bottom ? area.y + topHeight : area.y,
		width,
		height: bottom ? area.height - topHeight : topHeight,
	};
}

/** Where letting go of a window at `pointer` would put it, or `undefined` for where it is. */
export function placementAtEdge(pointer: Point, area: Rectangle): Placement | undefined {
	const cornerHeight = Math.min(96, area.height / 4);
	const atLeft = pointer.x <= area.x + 1;
	const atRight = pointer.x >= area.x + area.width - 2;
	if (atLeft || atRight) {
		const side = atLeft ? 'left' : 'right';
		if (pointer.y < area.y + cornerHeight) return `top-${side}`;
		if (pointer.y > area.y + area.height - cornerHeight) return `bottom-${side}`;
		return side;
	}
	return pointer.y <= area.y + 1 ? 'maximized' : undefined;
}

/** `bounds`, shrunk and moved so that its title bar can be reached in `area`. */
export function rescueBounds(bounds: Rectangle, area: Rectangle): Rectangle {
	const width = Math.min(bounds.width, area.width);
	const height = Math.min(bounds.height, area.height);
	return {
		x: clamp(bounds.x, area.x - width + reachableWidth, area.x + area.width - reachableWidth),
		y: clamp(bounds.y, area.y, area.y + area.height - titleBarHeight),
		width,
		height,
	};
}

/** Where a window of `size` stands so that all of it is in the area, moved as little as that needs. */
export function shownWhole(at: Point, size: Size, area: Rectangle): Rectangle {
	const x = Math.max(area.x, Math.min(at.x, area.x + area.width - size.width));
	const y = Math.max(area.y, Math.min(at.y, area.y + area.height - size.height));
	return { x, y, ...size };
}

/**
 * The place of the `index`-th window of this size: from the middle each a step further down and to the right; where the
 * area ends below, the next row of them begins at the top again, further right, and at last from the left edge.
 */
export function cascadeBounds(size: Size, area: Rectangle, index: number): Rectangle {
	const width = Math.min(size.width, area.width - 2 * cascadeStep);
	const height = Math.min(size.height, area.height - cascadeStep);
	const x = area.x + Math.round((area.width - width) / 2);
	const y = area.y + Math.round((area.height - height) * 0.4);
	const rows = Math.max(1, Math.floor((area.y + area.height - height - y) / cascadeStep) + 1);
	const right = ((index % rows) + 2 * Math.floor(index / rows)) * cascadeStep;
	return {
		x: area.x + ((x - area.x + right) % (area.width - width + 1)),
		y: y + (index % rows) * cascadeStep,
		width,
		height,
	};
}

/** The upper left corners are so near that one window's icon and title hide the other's. */
export function beginsTogether(one: Point, other: Point): boolean {
	return Math.abs(one.x - other.x) < cascadeStep && Math.abs(one.y - other.y) < cascadeStep;
}

/** In the middle of `owner`, a little above, and inside `area`. */
export function centredBounds(size: Size, owner: Rectangle, area: Rectangle): Rectangle {
	const width = Math.min(size.width, area.width);
	const height = Math.min(size.height, area.height);
	return {
		x: clamp(Math.round(owner.x + (owner.width - width) / 2), area.x, area.x + area.width - width),
		y: clamp(Math.round(owner.y + (owner.height - height) * 0.4), area.y, area.y + area.height - height),
		width,
		height,
	};
}

export interface ResizeLimits {
	/** Least size of the frame. */
	readonly minimum: Size;
	readonly area: Rectangle;
}

/** What dragging one edge or corner by `delta` makes of `start`; an edge goes out of the area only where it was out before. */
export function resizedBounds(start: Rectangle, edge: Edge, delta: Point, limits: ResizeLimits): Rectangle {
	const { minimum, area } = limits;
	let { x, y, width, height } = start;
	const right = start.x + start.width;
	const bottom = start.y + start.height;
	if (edge.includes('e')) {
		const end = Math.min(Math.max(right, area.x + area.width), right + delta.x);
		width = Math.max(minimum.width, end - start.x);
	}
	if (edge.includes('s')) {
		const end = Math.min(Math.max(bottom, area.y + area.height), bottom + delta.y);
		height = Math.max(minimum.height, end - start.y);
	}
	if (edge.includes('w')) {
		const begin = Math.max(Math.min(start.x, area.x), start.x + delta.x);
		width = Math.max(minimum.width, right - begin);
		x = right - width;
	}
	if (edge.includes('n')) {
		const begin = Math.max(area.y, start.y + delta.y);
		height = Math.max(minimum.height, bottom - begin);
		y = bottom - height;
	}
	return { x, y, width, height };
}

/** Where a window taken out of `from` by its title goes, so that the pointer keeps its relative place on the title. */
export function unsnappedBounds(from: Rectangle, restore: Size, pointer: Point): Rectangle {
	const fraction = (pointer.x - from.x) / from.width;
	return {
		x: Math.round(pointer.x - fraction * restore.width),
		y: Math.round(Math.max(from.y, pointer.y - titleBarHeight / 2)),
		width: restore.width,
		height: restore.height,
	};
}
