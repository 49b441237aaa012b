/** What is on a disc or disk image, for who cannot start it but wants to know. */
import { ParseError } from '#media/byte-source.ts';
import { openImage } from '#media/open-image.ts';
import type { System } from '#runtime/system.ts';
import { VolumeByteSource } from './volume-byte-source.ts';

export interface ImageListing {
	readonly entries: readonly { readonly path: string; readonly kind: 'file' | 'directory'; readonly size: number }[];
	/** Whether there is more than was asked for, or a damaged part hides it. */
	readonly complete: boolean;
}

export async function listImage(system: System, path: string, limit: number): Promise<ImageListing> {
	const source = await VolumeByteSource.open(system, path);
	const entries: ImageListing['entries'][number][] = [];
	try {
		const image = await openImage(source);
		if (image === undefined) return { entries, complete: true };
		for await (const { path: place, entry } of image.walk()) {
			if (entries.length >= limit) return { entries, complete: false };
			entries.push({ path: place, kind: entry.kind, size: entry.size });
		}
		return { entries, complete: true };
	} catch (error) {
		if (!(error instanceof ParseError)) throw error;
		return { entries, complete: false };
	} finally {
		await source.close();
	}
}
