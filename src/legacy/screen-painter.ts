/**
 * Draws the frames of a machine into a canvas, at most one a display frame.
 *
 * Invariant: the canvas has the size of the guest's picture; how large it appears is the affair of who shows it.
 */
import type { Disposable } from '#base/disposable.ts';

export class ScreenPainter implements Disposable {
	readonly #canvas: HTMLCanvasElement;
	readonly #context: CanvasRenderingContext2D;
	readonly #onFirstFrame: () => void;
	#image: ImageData | undefined;
	#pixels = new Uint32Array(0);
	#requested = 0;
	#held = true;
	#painted = false;

	constructor(canvas: HTMLCanvasElement, onFirstFrame: () => void) {
		const context = canvas.getContext('2d', { alpha: false });
		if (context === null) throw new Error('The browser gives no 2D drawing.');
		this.#canvas = canvas;
		this.#context = context;
		this.#onFirstFrame = onFirstFrame;
	}

	setSize(width: number, height: number): void {
		if (this.#image?.width === width && this.#image.height === height) return;
		this.#image = new ImageData(width, height);
		this.#pixels = new Uint32Array(this.#image.data.buffer).fill(0xff000000);
		this.#canvas.width = width;
		this.#canvas.height = height;
	}

	/** Lines of RGB bytes from line `start` on. */
	drawLines(start: number, rgb: Uint8Array): void {
		if (this.#image === undefined) return;
		let to = start * this.#image.width;
		const end = Math.min(this.#pixels.length, to + rgb.length / 3);
		for (let from = 0; to < end; from += 3) {
			this.#pixels[to++] = 0xff000000 | ((rgb[from + 2] ?? 0) << 16) | ((rgb[from + 1] ?? 0) << 8) | (rgb[from] ?? 0);
		}
		this.#request();
	}

	/** Until it is shown, what is drawn is kept back: the engine's own start is not the person's program. */
	show(): void {
		this.#held = false;
		this.#request();
	}

	dispose(): void {
		cancelAnimationFrame(this.#requested);
		this.#held = true;
	}

	#request(): void {
		if (this.#held || this.#requested !== 0) return;
		this.#requested = requestAnimationFrame(() => this.#paint());
	}

	#paint(): void {
		this.#requested = 0;
		if (this.#image === undefined) return;
		this.#context.putImageData(this.#image, 0, 0);
		if (this.#painted) return;
		this.#painted = true;
		this.#onFirstFrame();
	}
}

/** The canvas's picture as PNG. */
export async function canvasPicture(canvas: HTMLCanvasElement): Promise<Uint8Array<ArrayBuffer>> {
	const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
	if (blob === null) throw new Error('The picture could not be made.');
	return new Uint8Array(await blob.arrayBuffer());
}
