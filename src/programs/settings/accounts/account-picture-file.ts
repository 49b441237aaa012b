/** Makes the picture of an account of a picture file: its middle, small, as a `data:` address. */
const edge = 192;
const largestFileBytes = 32 << 20;

/** Rejects when the bytes are no picture that the browser can show. `read` gives at most so many bytes of the file. */
export async function makeAccountPicture(read: (most: number) => Promise<Uint8Array<ArrayBuffer>>): Promise<string> {
	const bitmap = await createImageBitmap(new Blob([await read(largestFileBytes)]));
	const side = Math.min(bitmap.width, bitmap.height);
	const canvas = new OffscreenCanvas(edge, edge);
	const context = canvas.getContext('2d');
	if (context === null) throw new Error('The picture could not be drawn.');
	context.imageSmoothingQuality = 'high';
	const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
	context.drawImage(bitmap, left, top, side, side, 0, 0, edge, edge);
	bitmap.close();
	return toDataUrl(await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 }));
}

function toDataUrl(blob: Blob): Promise<string> {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(String(reader.result));
		reader.onerror = () => reject(reader.error ?? new Error('The picture could not be kept.'));
		reader.readAsDataURL(blob);
	});
}
