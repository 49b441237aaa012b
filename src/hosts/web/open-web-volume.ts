/**
 * The system volume of the web host: SQLite over the origin's private files.
 *
 * Rules of use:
 * - `startEngine` is called as soon as the Worker runs: fetching and compiling take longest and need no leadership.
 * - `openWebVolume` is for the leader only: the files can be held by one Worker at a time. It opens them while the
 *   engine is still being compiled.
 */
import wasmUrl from '@sqlite.org/sqlite-wasm/sqlite3.wasm?url';
import type { BlockFile, BlockStore } from '#base/ports.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { openVolume } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import { volumeFileNames } from '#volume/volume-storage.ts';
import { hostClock } from '../common/host-clock.ts';
import { hostRandom } from '../common/host-random.ts';
import { OpfsBlockStore } from './opfs-block-store.ts';

const volumeFolder = 'volume';

export function startEngine(): Promise<SqliteEngine> {
	const wasm = fetch(wasmUrl).then((response) => {
		if (!response.ok) throw new Error(`The volume’s engine could not be loaded (${response.status}).`);
		return response.arrayBuffer();
	});
	return SqliteEngine.start(wasm);
}

export async function openWebVolume(starting: Promise<SqliteEngine>): Promise<SystemVolume> {
	const files = new FilesBeingOpened(await OpfsBlockStore.open(volumeFolder));
	const engine = await starting;
	return openVolume(files, { engine, clock: hostClock, random: hostRandom });
}

/** A store whose files of the volume are being opened already. */
class FilesBeingOpened implements BlockStore {
	readonly #store: BlockStore;
	readonly #opening: Map<string, Promise<BlockFile>>;

	constructor(store: BlockStore) {
		this.#store = store;
		this.#opening = new Map(volumeFileNames.map((name) => [name, store.open(name)]));
		// A failure is told by the `open` that asks for the file.
		for (const file of this.#opening.values()) file.catch(() => undefined);
	}

	open(name: string): Promise<BlockFile> {
		const file = this.#opening.get(name) ?? this.#store.open(name);
		this.#opening.delete(name);
		return file;
	}

	exists(name: string): Promise<boolean> {
		return this.#store.exists(name);
	}
}
