/** Of the colour behind the letter, in degrees: the same name has the same everywhere. */
export function hueOfName(name: string): number {
	let hue = 210;
	for (const letter of name) hue = (hue * 31 + (letter.codePointAt(0) ?? 0)) % 360;
	return hue;
}
