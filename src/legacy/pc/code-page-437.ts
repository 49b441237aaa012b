/** The characters of the PC's own set, code page 437, as Unicode. */

const controls = '\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼';
const high =
	'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));

const characters: readonly string[] = [...controls, ...ascii, '⌂', ...high];

export function decodeCodePage437(codes: Iterable<number>): string {
	let text = '';
	for (const code of codes) text += code === 0 ? ' ' : (characters[code] ?? ' ');
	return text;
}
