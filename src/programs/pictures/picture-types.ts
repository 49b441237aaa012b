/** Which files are pictures, by their first bytes; the extension decides only what is offered. */

export const pictureExtensions: readonly string[] = [
	...['.png', '.jpg', '.jpeg', '.gif', '.webp', '.avif', '.bmp', '.svg', '.ico'],
];

export interface PictureType {
	readonly mediaType: string;
	readonly label: string;
}

const svg: PictureType = { mediaType: 'image/svg+xml', label: 'SVG drawing' };

/** `undefined` when the bytes begin no picture that is known here. */
export function recognisePicture(bytes: Uint8Array): PictureType | undefined {
	const text = String.fromCharCode(...bytes.subarray(0, 32));
	if (text.startsWith('\x89PNG\r\n\x1a\n')) return { mediaType: 'image/png', label: 'PNG picture' };
	if (text.startsWith('\xff\xd8\xff')) return { mediaType: 'image/jpeg', label: 'JPEG picture' };
	if (/^GIF8[79]a/.test(text)) return { mediaType: 'image/gif', label: 'GIF picture' };
	if (/^RIFF....WEBP/s.test(text)) return { mediaType: 'image/webp', label: 'WebP picture' };
	if (/^....ftypavi[fs]/s.test(text)) return { mediaType: 'image/avif', label: 'AVIF picture' };
	if (text.startsWith('BM')) return { mediaType: 'image/bmp', label: 'Bitmap picture' };
	if (text.startsWith('\0\0\x01\0')) return { mediaType: 'image/x-icon', label: 'Icon' };
	return isSvg(bytes) ? svg : undefined;
}

function isSvg(bytes: Uint8Array): boolean {
	const start = new TextDecoder().decode(bytes.subarray(0, 4096));
	return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/.test(start);
}
