/**
 * The system volume of the web host: SQLite over the origin's private files.
 *
 * Rules of use:
 * - `startEngine` is called first: fetching and compiling take longest and need no leadership.
 * - `openWebVolume` is for the leader only: the files can be held by one Worker at a time. It opens them while the
 *   engine is still being compiled.
 */
import wasmUrl from '@sqlite.org/sqlite-wasm/sqlite3.wasm?url';
import type { SystemVolume } from '#fs/system-volume.ts';
import { openVolume } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import { hostClock } from '../common/host-clock.ts';
import { hostRandom } from '../common/host-random.ts';
import { findCurrentVolume } from './current-volume.ts';
import { OpfsBlockStore } from './opfs-block-store.ts';

export function startEngine(): Promise<SqliteEngine> {
	const wasm = fetch(wasmUrl).then((response) => {
		if (!response.ok) throw new Error(`The volume’s engine could not be loaded (${response.status}).`);
		return response.arrayBuffer();
	});
	return SqliteEngine.start(wasm);
}

export async function openWebVolume(engine: Promise<SqliteEngine>): Promise<SystemVolume> {
	const store = await OpfsBlockStore.open(await findCurrentVolume());
	return openVolume(store, { engine, clock: hostClock, random: hostRandom });
}
