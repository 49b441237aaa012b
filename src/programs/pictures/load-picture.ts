/**
 * Pictures of the volume, decoded by the browser.
 *
 * Rules of use:
 * - Who loads a picture releases it: its bytes are held as a `Blob` behind a URL.
 * - A picture is only ever shown by an image element: a script in an SVG never runs, and what it refers to is not loaded.
 */
import { baseName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { recognisePicture } from './picture-types.ts';

const largestFileBytes = 64 * 1024 * 1024;
/** More points than this take a gigabyte and more of memory when decoded. */
const largestPoints = 268_435_456;
const damaged = 'The picture is damaged: it could not be decoded.';

export interface Picture {
	readonly path: string;
	readonly name: string;
	readonly url: string;
	readonly width: number;
	readonly height: number;
	readonly typeLabel: string;
	readonly sizeBytes: number;
	readonly modifiedTime: number;
	release(): void;
}

/** A picture that cannot be shown, with the reason as a sentence. */
export class PictureError extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'PictureError';
	}
}

export async function loadPicture(system: System, path: string): Promise<Picture> {
	const { size, modifiedTime } = await system.pathStat(path);
	if (size > largestFileBytes)
		throw new PictureError('The file is larger than 64 MB, which is more than Pictures opens.');
	if (size === 0) throw new PictureError('The file is empty.');
	const bytes = await system.pathRead(path, largestFileBytes);
	const type = recognisePicture(bytes);
	if (type === undefined) throw new PictureError('Its content is no picture of a kind that Pictures knows.');
	const url = URL.createObjectURL(new Blob([bytes], { type: type.mediaType }));
	try {
		const { width, height } = await decode(url, type.mediaType === 'image/svg+xml');
		return {
			...{ path, name: baseName(path), url, width, height, typeLabel: type.label, sizeBytes: size, modifiedTime },
			release: () => URL.revokeObjectURL(url),
		};
	} catch (error) {
		URL.revokeObjectURL(url);
		throw error;
	}
}

async function decode(url: string, scalable: boolean): Promise<{ width: number; height: number }> {
	const image = await loadImage(url);
	const { naturalWidth: width, naturalHeight: height } = image;
	// Known from the head of the file: a picture that would take all memory is refused before it is decoded.
	if (width * height > largestPoints) {
		throw new PictureError(`With ${width} × ${height} points the picture is too large to be shown safely.`);
	}
	try {
		await image.decode();
	} catch (error) {
		throw new PictureError(damaged, { cause: error });
	}
	// A drawing without a size of its own gets one that fills a window.
	return scalable && (width === 0 || height === 0) ? { width: 800, height: 600 } : { width, height };
}

function loadImage(url: string): Promise<HTMLImageElement> {
	return new Promise((resolve, reject) => {
		const image = new Image();
		image.onload = () => resolve(image);
		image.onerror = () => reject(new PictureError(damaged));
		image.src = url;
	});
}

/** The picture as PNG, turned as it is shown. */
export async function toPng(picture: Picture, quarterTurns: number): Promise<Blob> {
	const image = await loadImage(picture.url);
	const turned = quarterTurns % 2 === 1;
	const { width, height } = picture;
	const canvas = new OffscreenCanvas(turned ? height : width, turned ? width : height);
	const context = canvas.getContext('2d');
	if (context === null) throw new PictureError('The browser has no memory for the copy.');
	context.translate(canvas.width / 2, canvas.height / 2);
	context.rotate((quarterTurns * Math.PI) / 2);
	context.drawImage(image, -width / 2, -height / 2, width, height);
	return canvas.convertToBlob({ type: 'image/png' });
}
