/** The terminal's colours, read from the custom properties of `terminal.css`, so that they follow light and dark. */
import type { ITheme } from '@xterm/xterm';

const colourNames = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** Reads the theme that `element` has now. */
export function readTheme(element: HTMLElement): ITheme {
	const probe = element.ownerDocument.createElement('span');
	element.append(probe);
	const read = (property: string) => {
		probe.style.color = `var(${property})`;
		return toHexadecimal(getComputedStyle(probe).color);
	};
	const ansi: Record<string, string> = {};
	for (const name of colourNames) {
		ansi[name] = read(`--terminal-${name}`);
		ansi[`bright${name[0]?.toUpperCase()}${name.slice(1)}`] = read(`--terminal-bright-${name}`);
	}
	const theme: ITheme = {
		...ansi,
		background: read('--surface-content'),
		foreground: read('--text'),
		cursor: read('--accent-text'),
		cursorAccent: read('--surface-content'),
		selectionBackground: read('--terminal-selection'),
		scrollbarSliderBackground: read('--terminal-slider'),
		scrollbarSliderHoverBackground: read('--terminal-slider-hover'),
		scrollbarSliderActiveBackground: read('--terminal-slider-hover'),
	};
	probe.remove();
	return theme;
}

/** Any CSS colour as `#rrggbbaa`, which is what xterm.js reads without doubt. */
function toHexadecimal(colour: string): string {
	const context = new OffscreenCanvas(1, 1).getContext('2d');
	if (context === null) return '#808080ff';
	context.fillStyle = colour;
	context.fillRect(0, 0, 1, 1);
	const pixel = context.getImageData(0, 0, 1, 1).data;
	return `#${Array.from(pixel, (value) => value.toString(16).padStart(2, '0')).join('')}`;
}
