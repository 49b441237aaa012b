/**
 * Keyboard and pointer of a focused screen, passed to its machine.
 *
 * Rules of use:
 * - Keys go to the machine only while the screen element has the focus; `release` (Ctrl+F10) is never passed on.
 * - When the focus goes, every key and button that is down goes up in the guest, so that none sticks.
 * - In captured mode the pointer is the guest's alone and moves it by steps; otherwise the guest's pointer follows the
 *   person's.
 */
import type { Machine, PointerButton, ScreenSize } from '#legacy/machine.ts';

const buttonNames: readonly (PointerButton | undefined)[] = ['left', 'middle', 'right'];

export interface ScreenInputOptions {
	readonly element: HTMLElement;
	readonly canvas: HTMLCanvasElement;
	readonly machine: Machine;
	screenSize(): ScreenSize | undefined;
	onUse(): void;
	/** The person asked to leave the screen with the keyboard. */
	onRelease(): void;
	onCapture(captured: boolean): void;
}

export class ScreenInput {
	readonly #options: ScreenInputOptions;
	readonly #keysDown = new Set<string>();
	readonly #buttonsDown = new Set<PointerButton>();
	readonly #listening = new AbortController();

	constructor(options: ScreenInputOptions) {
		this.#options = options;
		const { element, canvas } = options;
		const { signal } = this.#listening;
		element.addEventListener('keydown', (event) => this.#keyDown(event), { signal });
		element.addEventListener('keyup', (event) => this.#keyUp(event), { signal });
		element.addEventListener('blur', () => this.#letGo(), { signal });
		element.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
		canvas.addEventListener('pointerdown', (event) => this.#pointerDown(event), { signal });
		canvas.addEventListener('pointerup', (event) => this.#pointerUp(event), { signal });
		canvas.addEventListener('pointermove', (event) => this.#pointerMove(event), { signal });
		canvas.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false });
		document.addEventListener('pointerlockchange', () => options.onCapture(this.captured), { signal });
	}

	get captured(): boolean {
		return document.pointerLockElement === this.#options.canvas;
	}

	/** Gives the pointer to the guest alone, until `release`. */
	async capture(): Promise<void> {
		this.#options.element.focus();
		await this.#options.canvas.requestPointerLock();
	}

	release(): void {
		if (this.captured) document.exitPointerLock();
		this.#letGo();
	}

	dispose(): void {
		this.release();
		this.#listening.abort();
	}

	#keyDown(event: KeyboardEvent): void {
		if (event.ctrlKey && event.code === 'F10') {
			event.preventDefault();
			event.stopPropagation();
			this.release();
			this.#options.onRelease();
			return;
		}
		if (!this.#options.machine.sendKey(event.code, true)) return;
		event.preventDefault();
		event.stopPropagation();
		this.#keysDown.add(event.code);
		this.#options.onUse();
	}

	#keyUp(event: KeyboardEvent): void {
		if (!this.#keysDown.delete(event.code)) return;
		event.preventDefault();
		event.stopPropagation();
		this.#options.machine.sendKey(event.code, false);
	}

	#letGo(): void {
		for (const code of this.#keysDown) this.#options.machine.sendKey(code, false);
		this.#keysDown.clear();
		for (const button of this.#buttonsDown) this.#options.machine.pressButton(button, false);
		this.#buttonsDown.clear();
	}

	#pointerDown(event: PointerEvent): void {
		const button = buttonNames[event.button];
		if (button === undefined) return;
		event.preventDefault();
		this.#options.element.focus();
		if (!this.captured) this.#options.canvas.setPointerCapture(event.pointerId);
		this.#moveTo(event);
		this.#buttonsDown.add(button);
		this.#options.machine.pressButton(button, true);
		this.#options.onUse();
	}

	#pointerUp(event: PointerEvent): void {
		const button = buttonNames[event.button];
		if (button === undefined || !this.#buttonsDown.delete(button)) return;
		this.#options.machine.pressButton(button, false);
	}

	#pointerMove(event: PointerEvent): void {
		if (!this.captured) {
			this.#moveTo(event);
			return;
		}
		const scale = this.#guestDotsPerPixel();
		this.#options.machine.movePointerBy(event.movementX * scale, event.movementY * scale);
	}

	#moveTo(event: PointerEvent): void {
		if (this.captured) return;
		const box = this.#options.canvas.getBoundingClientRect();
		if (box.width === 0 || box.height === 0) return;
		const within = (value: number) => Math.min(1, Math.max(0, value));
		const x = within((event.clientX - box.left) / box.width);
		const y = within((event.clientY - box.top) / box.height);
		this.#options.machine.movePointerTo(x, y);
	}

	#guestDotsPerPixel(): number {
		const width = this.#options.screenSize()?.width;
		const shown = this.#options.canvas.getBoundingClientRect().width;
		return width === undefined || shown === 0 ? 1 : width / shown;
	}

	#wheel(event: WheelEvent): void {
		event.preventDefault();
		this.#options.machine.turnWheel(Math.sign(event.deltaY));
	}
}
