/**
 * Encrypting, decrypting and renewing the key of a file that is there already, some chunks at a time.
 *
 * How: the header has a boundary. Below it chunks are sealed with the header's key; from it on they are what `rest` says,
 * plain or of the earlier header. Moving the boundary by some chunks and storing those in their new form is one step, which
 * the commit makes durable as a whole, so that a crash leaves a file that is read as any other and can be gone on with.
 *
 * Invariant: nothing that is encrypted is ever stored plain on the way, and nothing plain stays behind: the new form is
 * written over the old one.
 */
import type { FileSystem } from '#fs/file-system.ts';
import type { FileContent } from './file-content.ts';
import type { Conversion } from './file-encryption.ts';
import { chunkSize, type Header, noDigest } from './header.ts';

/** What is still to be done; `undefined` when nothing is. */
export function conversionOf({ rest, boundary, direction, size }: Header): Conversion | undefined {
	if (rest === 'none') return undefined;
	const converted = Math.min(size, boundary * chunkSize);
	if (direction === 'down') return { kind: 'decrypting', doneBytes: size - converted, totalBytes: size };
	return { kind: rest === 'plain' ? 'encrypting' : 'renewing', doneBytes: converted, totalBytes: size };
}

/** Chunks of the next step, and their content as it is. */
export interface Step {
	readonly boundary: number;
	readonly chunks: Map<number, Uint8Array>;
	/** The part that the step is about, in chunks. */
	readonly start: number;
	readonly end: number;
}

/** Reads what the next step converts, and changes nothing. */
export function prepareStep(content: FileContent, bytes: number): Step {
	const { header, chunkCount } = content.file;
	const most = Math.max(1, Math.ceil(bytes / chunkSize));
	const boundary = Math.min(header.boundary, chunkCount);
	const isUp = header.direction === 'up';
	const start = isUp ? boundary : Math.max(0, boundary - most);
	const end = isUp ? Math.min(chunkCount, boundary + most) : boundary;
	return { boundary: isUp ? end : start, chunks: content.take(start, end - start), start, end };
}

/** Takes the step; it may fail half-way. Returns whether the conversion is over. */
export function takeStep(content: FileContent, volume: FileSystem, { boundary, chunks, start, end }: Step): boolean {
	const { file } = content;
	const isDown = file.header.direction === 'down';
	if (isDown) clearHoles(content, volume, { chunks, start, end });
	file.change({ boundary });
	content.put(chunks);
	content.isChanged = true;
	if (isDown) return boundary === 0;
	if (boundary < file.chunkCount) return false;
	if (file.header.rest === 'earlier') file.setEarlier(undefined);
	file.change({ rest: 'none', boundary: 0, direction: 'up', earlierDigest: noDigest });
	return true;
}

/** A hole is zero whatever stands below it; in a plain file what stands there counts. */
function clearHoles(content: FileContent, volume: FileSystem, { chunks, start, end }: Omit<Step, 'boundary'>): void {
	const { inode, map } = content.file;
	const { accessedTime, modifiedTime } = volume.stat(inode);
	for (let chunk = start; chunk < end; chunk++)
		if (!chunks.has(chunk)) volume.clear(inode, chunk * chunkSize, chunkSize);
	volume.setTimes(inode, { accessed: accessedTime, modified: modifiedTime });
	map.clear({ start, end });
}
