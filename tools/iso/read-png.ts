/**
 * Reads a picture as Chromium writes it: PNG, 8 bits a channel, RGB or RGBA, not interlaced (ISO/IEC 15948).
 *
 * Any other kind is an error: this reads the project's own pictures, to put them on a screen before there is a program that
 * could.
 */
import { inflateSync } from 'node:zlib';

export interface Picture {
	readonly width: number;
	readonly height: number;
	/** Four bytes a dot, row by row: blue, green, red, and one that a screen ignores. */
	readonly bgrx: Buffer;
}

/** Bits a dot of a screen, of the kinds that a picture can be brought to (`toDepth`). */
export const screenDepths = [16, 24, 32] as const;

/** The dots as a screen of so many bits has them, row by row: 16 is 5 of red, 6 of green and 5 of blue. */
export function toDepth({ bgrx }: Picture, bits: (typeof screenDepths)[number]): Buffer {
	if (bits === 32) return bgrx;
	const dots = bgrx.length / 4;
	const made = Buffer.alloc((dots * bits) / 8);
	for (let dot = 0; dot < dots; dot++) {
		const [blue = 0, green = 0, red = 0] = bgrx.subarray(dot * 4);
		if (bits === 24) made.set([blue, green, red], dot * 3);
		else made.writeUInt16LE(((red >> 3) << 11) | ((green >> 2) << 5) | (blue >> 3), dot * 2);
	}
	return made;
}

const signature = Buffer.from('89504e470d0a1a0a', 'hex');

export function readPng(file: Buffer): Picture {
	if (!file.subarray(0, 8).equals(signature)) throw new Error('This is no PNG picture.');
	const chunks = readChunks(file);
	const header = chunks.find(({ type }) => type === 'IHDR')?.body;
	if (header === undefined) throw new Error('The picture has no header.');
	const [width, height, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header.toString('hex', 8, 13)];
	const channels = { '0802000000': 3, '0806000000': 4 }[kind];
	if (channels === undefined) throw new Error(`Pictures of this kind (${kind}) are not read.`);
	const rows = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)));
	return { width, height, bgrx: toScreen(unfilter(rows, width * channels, channels), channels) };
}

function readChunks(file: Buffer): { type: string; body: Buffer }[] {
	const chunks: { type: string; body: Buffer }[] = [];
	for (let place = 8; place < file.length; ) {
		const length = file.readUInt32BE(place);
		chunks.push({
			type: file.toString('latin1', place + 4, place + 8),
			body: file.subarray(place + 8, place + 8 + length),
		});
		place += length + 12;
	}
	return chunks;
}

/** Undoes the filter of each row (9.2): what is left, above, and above left of a byte belongs to the dot beside. */
function unfilter(rows: Buffer, rowBytes: number, channels: number): Buffer {
	const height = rows.length / (rowBytes + 1);
	const dots = Buffer.alloc(rowBytes * height);
	for (let y = 0; y < height; y++) {
		const filter = rows[y * (rowBytes + 1)] as number;
		for (let x = 0; x < rowBytes; x++) {
			const at = (dx: number, dy: number): number =>
				x < dx || y < dy ? 0 : (dots[(y - dy) * rowBytes + x - dx] as number);
			const [left, above, corner] = [at(channels, 0), at(0, 1), at(channels, 1)];
			const given = rows[y * (rowBytes + 1) + 1 + x] as number;
			dots[y * rowBytes + x] = given + predict(filter, left, above, corner);
		}
	}
	return dots;
}

function predict(filter: number, left: number, above: number, corner: number): number {
	if (filter === 1) return left;
	if (filter === 2) return above;
	if (filter === 3) return (left + above) >> 1;
	if (filter === 4) return paeth(left, above, corner);
	return 0;
}

function paeth(left: number, above: number, corner: number): number {
	const guess = left + above - corner;
	const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(guess - value)) as [
		number,
		number,
		number,
	];
	if (toLeft <= toAbove && toLeft <= toCorner) return left;
	return toAbove <= toCorner ? above : corner;
}

function toScreen(dots: Buffer, channels: number): Buffer {
	const screen = Buffer.alloc((dots.length / channels) * 4);
	for (let dot = 0; dot * channels < dots.length; dot++)
		for (let channel = 0; channel < 3; channel++)
			screen[dot * 4 + channel] = dots[dot * channels + 2 - channel] as number;
	return screen;
}
