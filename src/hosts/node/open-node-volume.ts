/** The volumes of the Node host: files in a directory, or memory that goes with the process. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { openVolume } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import { hostClock } from '../common/host-clock.ts';
import { hostRandom } from '../common/host-random.ts';
import { FileBlockStore } from './file-block-store.ts';

/** The volume in `directory`, which is made when there is none; without a directory, a new one in memory. */
export async function openNodeVolume(directory: string | undefined): Promise<SystemVolume> {
	if (directory === undefined) return new MemoryFileSystem({ clock: hostClock });
	const wasm = readFile(fileURLToPath(import.meta.resolve('@sqlite.org/sqlite-wasm/sqlite3.wasm')));
	const engine = await SqliteEngine.start(wasm);
	return openVolume(new FileBlockStore(directory), { engine, clock: hostClock, random: hostRandom });
}
