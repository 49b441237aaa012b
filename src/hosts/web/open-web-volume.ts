/**
 * The system volume of the web host: SQLite over the origin's private files.
 *
 * Rules of use:
 * - `openWebVolume` is for the leader only: the files can be held by one Worker at a time.
 * - Until `begun` it does only what waits for others: it opens the files, and fetches the engine of a volume that was made
 *   already, because then the browser has it in its cache. What needs the processor, or the network, comes after.
 */
import wasmUrl from '@sqlite.org/sqlite-wasm/sqlite3.wasm?url';
import type { SystemVolume } from '#fs/system-volume.ts';
import { isMade, openVolume } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import { hostClock } from '../common/host-clock.ts';
import { hostRandom } from '../common/host-random.ts';
import { OpfsBlockStore, volumeFolder } from './opfs-block-store.ts';

async function fetchEngine(): Promise<ArrayBuffer> {
	const response = await fetch(wasmUrl);
	if (!response.ok) throw new Error(`The volume’s engine could not be loaded (${response.status}).`);
	return response.arrayBuffer();
}

export function startEngine(wasm: Promise<ArrayBuffer> = fetchEngine()): Promise<SqliteEngine> {
	return SqliteEngine.start(wasm);
}

export async function openWebVolume(begun: Promise<unknown>): Promise<SystemVolume> {
	const store = await OpfsBlockStore.open(volumeFolder);
	const wasm = (await isMade(store)) ? fetchEngine() : begun.then(fetchEngine);
	const engine = Promise.all([wasm, begun]).then(() => startEngine(wasm));
	return openVolume(store, { engine, clock: hostClock, random: hostRandom });
}
