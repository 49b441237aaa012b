/** How the content of files is cut into chunks, in memory and in a volume alike. */

export const chunkSize = 1 << 16;
/** Up to this much of a chunk takes the room that it needs. */
export const inlineLimit = 1 << 12;
const smallestExtent = 1 << 13;

/** Bytes that are stored for a chunk of which `length` are used: above `inlineLimit` a power of two. */
export function storedLength(length: number): number {
	if (length <= inlineLimit) return length;
	let capacity = smallestExtent;
	while (capacity < length) capacity *= 2;
	return capacity;
}
