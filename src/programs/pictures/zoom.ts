/** How large a picture is shown: fitted to the window, or by a factor. */

export interface Size {
	readonly width: number;
	readonly height: number;
}

export type Zoom = 'fit' | number;

export const smallestZoom = 0.05;
export const largestZoom = 32;
const steps = [0.05, 0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32];

/** A picture is never enlarged by fitting. */
export function fitScale(picture: Size, room: Size): number {
	if (picture.width === 0 || picture.height === 0) return 1;
	return Math.min(1, room.width / picture.width, room.height / picture.height);
}

export function scaleOf(zoom: Zoom, picture: Size, room: Size): number {
	return zoom === 'fit' ? fitScale(picture, room) : zoom;
}

/** The next step above or below `scale`. */
export function stepZoom(scale: number, direction: 1 | -1): number {
	if (direction > 0) return steps.find((step) => step > scale * 1.001) ?? largestZoom;
	return steps.findLast((step) => step < scale * 0.999) ?? smallestZoom;
}

export function turnedSize({ width, height }: Size, quarterTurns: number): Size {
	return quarterTurns % 2 === 1 ? { width: height, height: width } : { width, height };
}

/** Where to scroll so that the point under the pointer stays there when the scale changes. */
export function keepPoint(scroll: number, pointer: number, ratio: number): number {
	return (scroll + pointer) * ratio - pointer;
}
