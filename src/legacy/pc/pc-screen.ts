/**
 * The screen of a PC: text modes drawn with the machine's own font, graphics modes as the VGA card composes them.
 *
 * Rules of use:
 * - `attach` puts it in the place of v86's own screen; from then on the card calls it.
 * - `paint` is called at the display's pace; it draws only rows that changed.
 *
 * Font (plane 2 of the VGA memory): page p of 256 characters, 32 bytes each, one byte a row of dots, first dot in bit 7. With
 * nine dots the ninth is empty, but repeats the eighth for the box-drawing characters C0 to DF.
 */
import { decodeCodePage437 } from './code-page-437.ts';
import type { V86Screen, VgaLayer } from './v86-types.ts';

const blinkFlag = 1;
const secondFontFlag = 2;
const blinkMs = 266;
const bytesPerCharacter = 32;

interface Cell {
	code: number;
	flags: number;
	background: number;
	foreground: number;
}

export interface PcScreenListener {
	onSize(width: number, height: number): void;
	onFrame(): void;
	/** The lines of a text mode; empty in a graphics mode. */
	onText(lines: readonly string[]): void;
}

export class PcScreen implements V86Screen {
	FLAG_BLINKING = blinkFlag;
	FLAG_FONT_PAGE_B = secondFontFlag;
	readonly #canvas: OffscreenCanvas;
	readonly #context: OffscreenCanvasRenderingContext2D;
	readonly #listener: PcScreenListener;
	#graphical = false;
	#columns = 0;
	#rows = 0;
	#cells: Cell[] = [];
	#changedRows = new Set<number>();
	#textChanged = false;
	#font = new Uint8Array(0);
	#fontHeight = 16;
	#fontWidth = 9;
	#repeatLastDot = true;
	#pages: readonly [number, number] = [0, 0];
	#cursor = { row: 0, column: 0, start: 14, end: 15, enabled: false };
	#blinkVisible = true;
	#blinkTime = 0;
	#image: ImageData | undefined;

	constructor(canvas: OffscreenCanvas, listener: PcScreenListener) {
		const context = canvas.getContext('2d', { alpha: false });
		if (context === null) throw new Error('The browser gives no 2D drawing.');
		this.#canvas = canvas;
		this.#context = context;
		this.#listener = listener;
	}

	/** Takes the place of v86's own screen object, which its VGA card holds already. */
	attach(screen: V86Screen): void {
		screen.FLAG_BLINKING = blinkFlag;
		screen.FLAG_FONT_PAGE_B = secondFontFlag;
		screen.put_char = this.put_char.bind(this);
		screen.set_mode = this.set_mode.bind(this);
		screen.set_font_bitmap = this.set_font_bitmap.bind(this);
		screen.set_font_page = this.set_font_page.bind(this);
		screen.clear_screen = this.clear_screen.bind(this);
		screen.clear_text_state = this.clear_text_state.bind(this);
		screen.set_size_text = this.set_size_text.bind(this);
		screen.set_size_graphical = this.set_size_graphical.bind(this);
		screen.update_cursor = this.update_cursor.bind(this);
		screen.update_cursor_scanline = this.update_cursor_scanline.bind(this);
		screen.update_buffer = this.update_buffer.bind(this);
	}

	put_char(...[row, column, code, flags, background, foreground]: Parameters<V86Screen['put_char']>): void {
		const cell = this.#cells[row * this.#columns + column];
		if (cell === undefined) return;
		cell.code = code;
		cell.flags = flags;
		cell.background = background;
		cell.foreground = foreground;
		this.#changedRows.add(row);
		this.#textChanged = true;
	}

	set_mode(graphical: boolean): void {
		if (this.#graphical === graphical) return;
		this.#graphical = graphical;
		this.#textChanged = true;
		if (!graphical) this.#layOutText();
	}

	set_font_bitmap(...parameters: Parameters<V86Screen['set_font_bitmap']>): void {
		const [height, nineDots, doubleWidth, repeatLastDot, bitmap, changed] = parameters;
		const width = doubleWidth ? 16 : nineDots ? 9 : 8;
		const sameSize = this.#fontHeight === height && this.#fontWidth === width;
		if (sameSize && this.#repeatLastDot === repeatLastDot && !changed && this.#font.length > 0) return;
		this.#fontHeight = height;
		this.#fontWidth = width;
		this.#repeatLastDot = repeatLastDot;
		this.#font = bitmap.slice();
		this.#layOutText();
	}

	set_font_page(pageA: number, pageB: number): void {
		this.#pages = [pageA, pageB];
		this.#changeAllRows();
	}

	clear_screen(): void {
		this.#context.fillStyle = '#000';
		this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
	}

	clear_text_state(): void {
		this.#columns = 0;
		this.#rows = 0;
		this.#cells = [];
		this.#changedRows.clear();
	}

	set_size_text(columns: number, rows: number): void {
		if (columns === this.#columns && rows === this.#rows) return;
		this.#columns = columns;
		this.#rows = rows;
		this.#cells = Array.from({ length: columns * rows }, () => ({
			code: 0,
			flags: 0,
			background: 0,
			foreground: 0xaaaaaa,
		}));
		this.#layOutText();
	}

	set_size_graphical(width: number, height: number): void {
		this.#resize(width, height);
	}

	update_cursor(row: number, column: number): void {
		this.#changedRows.add(this.#cursor.row).add(row);
		this.#cursor = { ...this.#cursor, row, column };
	}

	update_cursor_scanline(start: number, end: number, enabled: boolean): void {
		this.#cursor = { ...this.#cursor, start, end, enabled };
		this.#changedRows.add(this.#cursor.row);
	}

	update_buffer(layers: readonly VgaLayer[]): void {
		for (const layer of layers) {
			// A write before the picture's start gives a layer of negative height.
			if (layer.buffer_height <= 0 || layer.buffer_width <= 0) continue;
			this.#context.putImageData(
				layer.image_data,
				layer.screen_x - layer.buffer_x,
				layer.screen_y - layer.buffer_y,
				layer.buffer_x,
				layer.buffer_y,
				layer.buffer_width,
				layer.buffer_height,
			);
		}
		if (layers.length > 0) this.#listener.onFrame();
	}

	/** Draws what has changed in a text mode; `now` in milliseconds makes the cursor blink. */
	paint(now: number): void {
		if (this.#graphical || this.#image === undefined) return;
		if (now - this.#blinkTime > blinkMs) this.#blink(now);
		if (this.#changedRows.size === 0) return;
		for (const row of this.#changedRows) if (row < this.#rows) this.#drawRow(this.#image, row);
		this.#changedRows.clear();
		this.#listener.onFrame();
	}

	/** Tells the text when it has changed since the last time. */
	reportText(): void {
		if (!this.#textChanged) return;
		this.#textChanged = false;
		this.#listener.onText(this.#graphical ? [] : this.#lines());
	}

	#lines(): string[] {
		return Array.from({ length: this.#rows }, (_, row) => {
			const cells = this.#cells.slice(row * this.#columns, (row + 1) * this.#columns);
			return decodeCodePage437(cells.map((cell) => cell.code)).trimEnd();
		});
	}

	#layOutText(): void {
		if (this.#graphical || this.#columns === 0 || this.#rows === 0) return;
		const width = this.#columns * this.#fontWidth;
		const height = this.#rows * this.#fontHeight;
		if (this.#image?.width !== width || this.#image.height !== height) this.#image = new ImageData(width, height);
		this.#resize(width, height);
		this.#changeAllRows();
	}

	#resize(width: number, height: number): void {
		if (width === 0 || height === 0) return;
		if (this.#canvas.width !== width) this.#canvas.width = width;
		if (this.#canvas.height !== height) this.#canvas.height = height;
		this.#listener.onSize(width, height);
	}

	#changeAllRows(): void {
		for (let row = 0; row < this.#rows; row++) this.#changedRows.add(row);
	}

	#blink(now: number): void {
		this.#blinkTime = now;
		this.#blinkVisible = !this.#blinkVisible;
		if (this.#cursor.enabled) this.#changedRows.add(this.#cursor.row);
		this.#cells.forEach((cell, index) => {
			if ((cell.flags & blinkFlag) !== 0) this.#changedRows.add(Math.floor(index / this.#columns));
		});
	}

	#drawRow(image: ImageData, row: number): void {
		const pixels = new Uint32Array(image.data.buffer);
		for (let column = 0; column < this.#columns; column++) this.#drawCell(pixels, row, column);
		if (this.#cursor.enabled && this.#cursor.row === row && this.#blinkVisible) this.#drawCursor(pixels);
		const top = row * this.#fontHeight;
		this.#context.putImageData(image, 0, 0, 0, top, image.width, this.#fontHeight);
	}

	#drawCell(pixels: Uint32Array, row: number, column: number): void {
		const cell = this.#cells[row * this.#columns + column];
		if (cell === undefined) return;
		const stride = this.#columns * this.#fontWidth;
		const page = (cell.flags & secondFontFlag) !== 0 ? this.#pages[1] : this.#pages[0];
		const glyph = (page * 256 + cell.code) * bytesPerCharacter;
		const hidden = (cell.flags & blinkFlag) !== 0 && !this.#blinkVisible;
		const paper = toPixel(cell.background);
		const ink = hidden ? paper : toPixel(cell.foreground);
		let at = row * this.#fontHeight * stride + column * this.#fontWidth;
		for (let line = 0; line < this.#fontHeight; line++) {
			const dots = this.#widen(this.#font[glyph + line] ?? 0, cell.code);
			for (let dot = 0; dot < this.#fontWidth; dot++) {
				pixels[at + dot] = (dots >> (this.#fontWidth - 1 - dot)) & 1 ? ink : paper;
			}
			at += stride;
		}
	}

	/** Eight dots of the font as the dots that this mode shows. */
	#widen(dots: number, code: number): number {
		if (this.#fontWidth === 8) return dots;
		if (this.#fontWidth === 9)
			return (dots << 1) | (this.#repeatLastDot && code >= 0xc0 && code <= 0xdf ? dots & 1 : 0);
		let wide = 0;
		for (let dot = 0; dot < 8; dot++) if ((dots >> dot) & 1) wide |= 3 << (dot * 2);
		return wide;
	}

	#drawCursor(pixels: Uint32Array): void {
		const { row, column, start, end } = this.#cursor;
		const cell = this.#cells[row * this.#columns + column];
		if (cell === undefined) return;
		const stride = this.#columns * this.#fontWidth;
		for (let line = start; line <= Math.min(end, this.#fontHeight - 1); line++) {
			const at = (row * this.#fontHeight + line) * stride + column * this.#fontWidth;
			pixels.fill(toPixel(cell.foreground), at, at + this.#fontWidth);
		}
	}
}

/** 0xRRGGBB as a pixel in memory: red first, opaque. */
function toPixel(colour: number): number {
	return 0xff000000 | ((colour & 0xff) << 16) | (colour & 0xff00) | ((colour >> 16) & 0xff);
}
