/**
 * Makes a volume of an exported file, in a folder of its own, looks whether it is whole, and lets it count from then on.
 * Runs while no kernel does; whoever has the volume in another tab is told to close it.
 */

import { openVolume } from '#volume/open-volume.ts';
import { type ImportSource, importVolume, inspectExport } from '#volume/volume-import.ts';
import { hostClock } from '../common/host-clock.ts';
import { hostRandom } from '../common/host-random.ts';
import { findCurrentVolume, listOtherVolumes, removeVolume, setCurrentVolume } from './current-volume.ts';
import { VolumeLeadership } from './leadership.ts';
import { startEngine } from './open-web-volume.ts';
import { OpfsBlockStore } from './opfs-block-store.ts';

export type RestoreMessage =
	| { readonly kind: 'progress'; readonly fraction: number }
	| { readonly kind: 'done'; readonly damagedPages: number }
	| { readonly kind: 'failed'; readonly message: string };

const tell = (message: RestoreMessage): void => postMessage(message);

async function restore(file: File): Promise<void> {
	const leadership = new VolumeLeadership();
	if (!(await leadership.acquire())) throw new Error('Vitrine is open in another tab. Close it first.');
	try {
		await inspectExport(sourceOf(file));
		const name = await freeName();
		try {
			const damagedPages = await importInto(name, file);
			await verify(name);
			await setCurrentVolume(name);
			tell({ kind: 'done', damagedPages });
		} catch (error) {
			await removeVolume(name);
			throw error;
		}
	} finally {
		leadership.dispose();
	}
}

/** A number that no volume has, whether it counts or not. */
async function freeName(): Promise<string> {
	const taken = [await findCurrentVolume(), ...(await listOtherVolumes())];
	return `volume-${1 + Math.max(0, ...taken.map((name) => Number(name.split('-')[1] ?? 0)))}`;
}

function sourceOf(file: File): ImportSource {
	return {
		size: file.size,
		read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
	};
}

async function importInto(name: string, file: File): Promise<number> {
	const work = importVolume(sourceOf(file), await OpfsBlockStore.open(name));
	for (;;) {
		const step = await work.next();
		if (step.done) return step.value.damagedPages;
		tell({ kind: 'progress', fraction: step.value.doneBytes / step.value.totalBytes });
	}
}

/** It opens, and its tables agree. */
async function verify(name: string): Promise<void> {
	const store = await OpfsBlockStore.open(name);
	const volume = await openVolume(store, { engine: startEngine(), clock: hostClock, random: hostRandom });
	volume.close();
}

addEventListener('message', ({ data }: MessageEvent<File>) => {
	restore(data).catch((error: unknown) =>
		tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
	);
});
