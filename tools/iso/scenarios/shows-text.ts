/** Whether a picture of a screen is one that a console leaves: letters on black, where a person expects the logo or a desktop. */
import type { Picture } from '../read-png.ts';

/** Sizes of the modes of a screen that show letters alone. */
const letterModes: ReadonlySet<string> = new Set(['720x400', '640x400', '720x350']);

const isBlackBelow = 0x18;
const isBrightFrom = 0x60;
/** Wider than a pointer, narrower than a word. */
const narrowestWords = 64;

export function showsLettersAlone({ width, height }: Picture): boolean {
	return letterModes.has(`${width}x${height}`);
}

/** The logo, in the middle of the upper half, is no text; nor is a pointer. */
export function showsText(picture: Picture): boolean {
	if (showsLettersAlone(picture)) return true;
	const { width, height, bgrx } = picture;
	let [black, left, right] = [0, width, -1];
	for (let dot = 0; dot < width * height; dot++) {
		const brightest = Math.max(bgrx[dot * 4] ?? 0, bgrx[dot * 4 + 1] ?? 0, bgrx[dot * 4 + 2] ?? 0);
		if (brightest < isBlackBelow) black++;
		const [x, y] = [dot % width, Math.floor(dot / width)];
		const isLogo = y < height / 2 && Math.abs(x - width / 2) <= 64;
		if (brightest < isBrightFrom || isLogo) continue;
		left = Math.min(left, x);
		right = Math.max(right, x);
	}
	return black > width * height * 0.9 && right - left >= narrowestWords;
}
