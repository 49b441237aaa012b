/** The volumes of the Node host: files in a directory, or memory that goes with the process. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { type OpenedVolume, openVolume } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import { hostClock } from '../common/host-clock.ts';
import { hostRandom } from '../common/host-random.ts';
import { FileBlockStore } from './file-block-store.ts';

export type { OpenedVolume };

/** The volume in `directory`, which is made when there is none; without a directory, a new one in memory. */
export async function openNodeVolume(directory: string | undefined): Promise<SystemVolume> {
	return directory === undefined ? new MemoryFileSystem({ clock: hostClock }) : openStoredVolume(directory);
}

/** The volume in `directory`, which is made when there is none. */
export async function openStoredVolume(directory: string): Promise<OpenedVolume> {
	const wasm = readFile(fileURLToPath(import.meta.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')));
	const engine = await SqliteEngine.start(wasm);
	return openVolume(new FileBlockStore(directory), { engine, clock: hostClock, random: hostRandom });
}
