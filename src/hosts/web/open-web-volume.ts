/**
 * The system volume of the web host: SQLite over the origin's private files.
 *
 * Rules of use:
 * - `startEngine` is called first: fetching and compiling take longest and need no leadership.
 * - `openWebVolume` is for the leader only: the files can be held by one Worker at a time. It opens them while the
 *   engine is still being compiled.
 * - On a PC of its own, a volume counts as made only when the PC says that the names of its files are on the disk (ADR 0031).
 */
import wasmUrl from '@sqlite.org/sqlite-wasm/sqlite3.wasm?url';
import type { SystemVolume } from '#fs/system-volume.ts';
import { openVolume } from '#volume/open-volume.ts';
import { SqliteEngine } from '#volume/sqlite-engine.ts';
import { volumeFileNames } from '#volume/volume-storage.ts';
import { type ApplianceVolume, openApplianceVolume } from '../common/appliance-volume.ts';
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

/** Memory that a session of an appliance may write into, as a part of what the computer has. */
const sessionShare = 0.25;
const leastMemoryGiB = 2;

/**
 * The volume of a PC that is an appliance; `settle` as below. Rejects with an `OsError` when a folder that is to be kept is not
 * there: then nobody has the files.
 */
export async function openWebAppliance(
	engine: Promise<SqliteEngine>,
	keptFolders: readonly string[],
	settle: () => Promise<unknown>,
): Promise<ApplianceVolume> {
	const store = await OpfsBlockStore.open(await findCurrentVolume());
	await store.ensureFiles(volumeFileNames);
	await settle();
	const { deviceMemory = leastMemoryGiB } = navigator as Navigator & { readonly deviceMemory?: number };
	const budgetBytes = deviceMemory * 2 ** 30 * sessionShare;
	return openApplianceVolume(store, { engine, clock: hostClock, random: hostRandom, keptFolders, budgetBytes });
}

/** `settle` resolves when what the browser has made is on the disk, names too; a tab has nobody to ask for that. */
export async function openWebVolume(
	engine: Promise<SqliteEngine>,
	settle?: () => Promise<unknown>,
): Promise<SystemVolume> {
	const store = await OpfsBlockStore.open(await findCurrentVolume());
	const options = { engine, clock: hostClock, random: hostRandom };
	if (settle === undefined) return openVolume(store, options);
	await store.ensureFiles(volumeFileNames);
	const [volume, settled] = await Promise.allSettled([openVolume(store, options), settle()]);
	if (volume.status === 'rejected') throw volume.reason;
	if (settled.status === 'fulfilled') return volume.value;
	volume.value.close();
	throw new Error('The disk of this PC does not take what is written to it.', { cause: settled.reason });
}
