/**
 * Selecting with a rectangle drawn by the pointer from an empty place; near an edge the list scrolls along.
 *
 * Rules of use: the owner sets `surface` at every render, calls `begin` on a press in an empty place and `move` and
 * `end` as the pointer does; `onArea` tells what to draw, in coordinates of the items.
 */
import type { Selection } from './selection.ts';

/** CSS pixels from the upper left of the items, scrolling included. */
export interface Rectangle {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

/** Knows where the items stand. */
export interface BandGeometry {
	readonly height: number;
	/** Indices of the items that a rectangle touches, each seen as its cell shrunk by `inset`. */
	indicesIn(area: Rectangle, inset: number): Iterable<number>;
}

export interface BandSurface {
	readonly scroller: HTMLElement;
	/** Height above the items inside the scroller. */
	readonly headerHeight: number;
	readonly geometry: BandGeometry;
	readonly selection: Selection;
	/** Items are touched within their cell shrunk by this. */
	readonly inset: number;
}

interface PointerState {
	readonly pointerId: number;
	readonly clientX: number;
	readonly clientY: number;
	readonly ctrlKey: boolean;
	readonly shiftKey: boolean;
}

interface Band {
	readonly start: { readonly x: number; readonly y: number };
	readonly base: ReadonlySet<string>;
	readonly modifiers: { readonly toggle: boolean; readonly extend: boolean };
	pointer: PointerState;
	drawn: boolean;
}

const dragThreshold = 4;
const scrollEdge = 28;
const fastestScroll = 40;

export class RubberBand {
	surface: BandSurface | undefined;
	readonly #onArea: (area: Rectangle | undefined) => void;
	#band: Band | undefined;

	constructor(onArea: (area: Rectangle | undefined) => void) {
		this.#onArea = onArea;
	}

	begin(pointer: PointerState): void {
		const { surface } = this;
		if (surface === undefined) return;
		const modifiers = { toggle: pointer.ctrlKey, extend: pointer.shiftKey };
		if (!modifiers.toggle && !modifiers.extend) surface.selection.clear();
		const base = surface.selection.snapshot.selected;
		this.#band = { start: pointIn(surface, pointer), base, modifiers, pointer, drawn: false };
		requestAnimationFrame(() => this.#scrollAlong());
	}

	move(pointer: PointerState): void {
		if (this.#band === undefined) return;
		this.#band.pointer = pointer;
		this.#stretch(this.#band);
	}

	end(): void {
		if (this.#band?.drawn) this.#onArea(undefined);
		this.#band = undefined;
	}

	#stretch(band: Band): void {
		const { surface } = this;
		if (surface === undefined) return;
		const { start, base, modifiers } = band;
		const { x, y } = pointIn(surface, band.pointer);
		if (!band.drawn && Math.hypot(x - start.x, y - start.y) < dragThreshold) return;
		// Only now: a press alone must stay a click on what is under it.
		if (!band.drawn) surface.scroller.setPointerCapture(band.pointer.pointerId);
		band.drawn = true;
		const area = {
			left: Math.max(0, Math.min(x, start.x)),
			top: Math.max(0, Math.min(y, start.y)),
			right: Math.max(x, start.x),
			bottom: Math.min(Math.max(y, start.y), Math.max(surface.geometry.height, start.y)),
		};
		this.#onArea(area);
		surface.selection.band(surface.geometry.indicesIn(area, surface.inset), base, modifiers);
	}

	#scrollAlong(): void {
		const [band, surface] = [this.#band, this.surface];
		if (band === undefined || surface === undefined) return;
		const { top, bottom } = surface.scroller.getBoundingClientRect();
		const above = top + surface.headerHeight + scrollEdge - band.pointer.clientY;
		const below = band.pointer.clientY - (bottom - scrollEdge);
		if (band.drawn && (above > 0 || below > 0)) {
			surface.scroller.scrollTop += above > 0 ? -Math.min(above, fastestScroll) : Math.min(below, fastestScroll);
			this.#stretch(band);
		}
		requestAnimationFrame(() => this.#scrollAlong());
	}
}

function pointIn({ scroller, headerHeight }: BandSurface, { clientX, clientY }: PointerState) {
	const bounds = scroller.getBoundingClientRect();
	return {
		x: clientX - bounds.left + scroller.scrollLeft,
		y: clientY - bounds.top + scroller.scrollTop - headerHeight,
	};
}
