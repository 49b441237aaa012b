/**
 * Opening, making and closing the system volume.
 *
 * Rules of use:
 * - Nothing that was stored is ever changed by opening, but that a volume of an older format gets the tables of this one
 *   (`upgradeSchema`; its files stay as they are): what is damaged is reported, the other copy is used, and a
 *   volume that this version cannot read is refused with a sentence that says why (`VolumeRefused`).
 * - A volume is made by: the tables in one transaction, the log emptied into the database, then the superblocks. Files
 *   without any superblock are of a volume that was never finished, and are begun again.
 */
import type { VolumeStatus } from '#abi/structures.generated.ts';
import { formatHexadecimal } from '#base/hexadecimal.ts';
import type { BlockStore, Clock, Random } from '#base/ports.ts';
import type { Inode } from '#fs/file-system.ts';
import type { SystemVolume, VolumeCare } from '#fs/system-volume.ts';
import { Database, SqliteError } from './database.ts';
import { Housekeeping } from './housekeeping.ts';
import { reservedBytes } from './page-file.ts';
import { applicationId, createSchema, formatVersion, pageSize, upgradeSchema } from './schema.ts';
import { SqliteCare } from './sqlite-care.ts';
import type { SqliteEngine } from './sqlite-engine.ts';
import { toOsError } from './sqlite-failure.ts';
import { SqliteVolume } from './sqlite-volume.ts';
import { checkStructure } from './structure-check.ts';
import { VersionThinning } from './version-thinning.ts';
import { VolumeStorage } from './volume-storage.ts';

export interface VolumeOptions {
	/** May still be starting: the files are opened meanwhile. */
	readonly engine: SqliteEngine | Promise<SqliteEngine>;
	readonly clock: Clock;
	readonly random: Random;
	/** Room kept on the host so that a full disk can still delete. */
	readonly reserveBytes?: number;
}

type StartedOptions = VolumeOptions & { readonly engine: SqliteEngine };

/** How commits are made durable. Anything but the standard loses data: tests use it to prove that they notice. */
export interface Durability {
	readonly journalMode: 'WAL' | 'DELETE' | 'MEMORY';
	readonly synchronous: 'FULL' | 'NORMAL' | 'OFF';
	/** Tables of an older format are changed one after the other instead of at once. */
	readonly upgradesInParts?: boolean;
}

export class VolumeRefused extends Error {
	constructor(message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = 'VolumeRefused';
	}
}

const standardDurability: Durability = { journalMode: 'WAL', synchronous: 'FULL' };
const standardReserve = 64 << 20;
/** Never stored, see `wipeMemory`: more pages than SQLite keeps for its cache, and the longest row that one page holds. */
const rowsOfZeros = [`zeroblob(${64 * pageSize})`, `zeroblob(${pageSize - 80})`].map(
	(bytes, place) => `INSERT INTO extent VALUES(${-1 - place}, ${bytes})`,
);
/** Values at the same time that fill what SQLite keeps for small ones: some hundreds of each of its two sizes. */
const manyValues = `SELECT ${[1100, 100].flatMap((length) => new Array(400).fill(`printf('%0${length}d', 0)`))}`;
const firstHousekeepingMs = 3000;
/** Names of removed trees that go in one step of housekeeping. */
const namesAStep = 200;
/** Versions that hold less than this, beside what a group adds, are not counted on. */
const leastBacking = 1 << 20;
const cacheKiB = 8192;
/** Above what it usually grows to before it is emptied, so that it keeps its room and is not cut and grown each time. */
const largestIdleLog = 32 << 20;

export function openVolume(store: BlockStore, options: VolumeOptions): Promise<OpenedVolume> {
	return openVolumeWith(store, options, standardDurability);
}

/** For the crash tests only. */
export async function openVolumeWith(
	store: BlockStore,
	options: VolumeOptions,
	durability: Durability,
): Promise<OpenedVolume> {
	const opening = VolumeStorage.open(store, options.reserveBytes ?? standardReserve);
	const [engine, opened] = await Promise.allSettled([options.engine, opening]);
	if (opened.status === 'rejected') throw opened.reason;
	const storage = opened.value;
	try {
		if (engine.status === 'rejected') throw engine.reason;
		refuseUnknownFormat(storage);
		if (storage.superblocks.current !== undefined && storage.pages.size === 0) refuseEmpty();
		if (storage.superblocks.current === undefined && storage.halfMade) storage.startAgain();
		return openStorage(storage, { ...options, engine: engine.value }, durability);
	} catch (error) {
		storage.close();
		throw error;
	}
}

function openStorage(storage: VolumeStorage, options: StartedOptions, durability: Durability): OpenedVolume {
	const name = options.engine.attach(storage);
	try {
		const database = new Database(options.engine.module, name, storage);
		try {
			configure(database, storage, durability);
			ensureMade(database, storage, { ...options, durability });
			return new OpenedVolume(database, storage, { ...options, detach: () => options.engine.detach(name) });
		} catch (error) {
			database.close();
			throw error;
		}
	} catch (error) {
		options.engine.detach(name);
		throw explain(error);
	}
}

/** Opening reads the first page and little more: what SQLite says about it means nothing to a person. */
function explain(error: unknown): unknown {
	if (!(error instanceof SqliteError)) return error;
	const { message } = toOsError(error);
	return new VolumeRefused(`The volume cannot be opened. ${message} Nothing was changed.`, { cause: error });
}

function refuseUnknownFormat(storage: VolumeStorage): void {
	const version = storage.superblocks.current?.formatVersion ?? formatVersion;
	if (version > formatVersion) refuseNewer(version);
}

function refuseNewer(version: number): never {
	throw new VolumeRefused(
		`This volume was made by a newer version of Vitrine (its format is ${version}, this version reads up to ` +
			`${formatVersion}). Nothing was changed; open it with the newer version.`,
	);
}

function refuseEmpty(): never {
	throw new VolumeRefused('The files of the volume do not hold a volume any more. Nothing was changed.');
}

function configure(database: Database, storage: VolumeStorage, durability: Durability): void {
	// First of all: a log without shared memory can be read in exclusive mode only.
	database.execute('PRAGMA locking_mode = EXCLUSIVE');
	database.reserveBytes(reservedBytes);
	if (storage.pages.size === 0) {
		database.execute(`PRAGMA page_size = ${storage.pageSize}`);
		database.execute('PRAGMA auto_vacuum = INCREMENTAL');
	}
	database.execute(`PRAGMA journal_mode = ${durability.journalMode}`);
	database.execute(`PRAGMA synchronous = ${durability.synchronous}`);
	database.execute('PRAGMA secure_delete = ON');
	database.execute('PRAGMA temp_store = MEMORY');
	database.execute('PRAGMA wal_autocheckpoint = 0');
	database.execute(`PRAGMA journal_size_limit = ${largestIdleLog}`);
	database.execute(`PRAGMA cache_size = -${cacheKiB}`);
}

interface MadeOptions extends VolumeOptions {
	readonly durability: Durability;
}

function ensureMade(database: Database, storage: VolumeStorage, options: MadeOptions): void {
	const { superblocks } = storage;
	const version = database.value('PRAGMA user_version') ?? 0;
	if (version > formatVersion) refuseNewer(version);
	if (version === 0) {
		if (superblocks.current !== undefined || !storage.halfMade) refuseEmpty();
		createSchema(database, options.clock.now());
	} else if (database.value('PRAGMA application_id') !== applicationId) {
		throw new VolumeRefused('The files of the volume belong to another program. Nothing was changed.');
	} else if (version < formatVersion) upgrade(database, storage, version, options.durability);
	if (superblocks.current === undefined) writeFirstSuperblocks(database, storage, options);
	else if (superblocks.current.formatVersion < formatVersion) superblocks.update({ formatVersion });
	superblocks.startMirroring();
}

/** On a full disk the reserve gives the room: a volume that cannot be opened is one where nothing can be deleted. */
function upgrade(database: Database, storage: VolumeStorage, from: number, { upgradesInParts }: Durability): void {
	storage.mayUseReserve = () => true;
	upgradeSchema(database, from, upgradesInParts);
	storage.mayUseReserve = () => false;
}

function writeFirstSuperblocks(database: Database, storage: VolumeStorage, options: VolumeOptions): void {
	database.execute('PRAGMA wal_checkpoint(TRUNCATE)');
	const firstPage = new Uint8Array(storage.pageSize);
	storage.pages.read(firstPage, 0);
	const block = {
		formatVersion,
		pageSize: storage.pageSize,
		identifier: options.random.bytes(16),
		createdTime: options.clock.now(),
		reserveReleased: false,
		firstPage,
	};
	storage.superblocks.write(block);
	storage.superblocks.write(block);
}

type OpenedOptions = StartedOptions & { readonly detach: () => void };

export class OpenedVolume extends SqliteVolume implements SystemVolume {
	readonly #database: Database;
	readonly #storage: VolumeStorage;
	readonly #housekeeping: Housekeeping;
	readonly #thinning: VersionThinning;
	readonly #options: OpenedOptions;
	readonly care: VolumeCare;
	#closed = false;

	constructor(database: Database, storage: VolumeStorage, options: OpenedOptions) {
		// The housekeeping needs the volume it keeps house for, so it is looked up when it is called.
		super(database, options.clock, {
			admitGrowth: () => this.#housekeeping.admitGrowth(),
			hasRoom: () => this.#housekeeping.hasRoom,
			secureRoom: () => this.#housekeeping.secureRoom(),
			committed: () => this.#housekeeping.committed(),
			commitFailed: () => this.#housekeeping.commitFailed(),
		});
		this.#database = database;
		this.#storage = storage;
		this.#options = options;
		this.#housekeeping = new Housekeeping(database, storage, options.clock, {
			busy: () => this.dirty,
			dropRemoved: () => this.#dropRemoved(),
			dropFreed: (limit) => this.#dropFreed(limit),
			thinVersions: () => this.#thinning.step(),
			giveUpVersions: () => this.#thinning.giveUp(),
			isBacked: () => this.#isBacked,
		});
		this.care = new SqliteCare({ database, storage, housekeeping: this.#housekeeping, files: this });
		this.#thinning = new VersionThinning(
			this.versions,
			() => options.clock.now(),
			(make) => {
				this.group.change('frees', make);
				this.group.commit();
			},
		);
		storage.mayUseReserve = () => this.group.frees || this.#housekeeping.working || this.#isBacked;
		this.#removeUnnamed();
		this.#housekeeping.schedule(firstHousekeepingMs);
	}

	status(): VolumeStatus {
		const total = (sql: string): number => this.#database.value(sql) ?? 0;
		return {
			identifier: formatHexadecimal(this.#identifier),
			usedBytes: this.#storage.usedBytes,
			contentBytes: total('SELECT total(size) FROM inode'),
			reserveBytes: this.#storage.reserve.size,
			files: total('SELECT count(*) FROM inode'),
			health: this.#health(),
		};
	}

	/** How many pages were put right after one of their bits had flipped. */
	get mendedPages(): number {
		return this.#storage.pages.counters.mended;
	}

	async check(): Promise<string[]> {
		return [...(await this.#inSlices(this.care.scrub())).damaged];
	}

	eraseFreed(): Promise<void> {
		return this.#inSlices(this.#erasing());
	}

	/** Sentences about what does not agree in the tables; none when all is well. */
	checkStructure(): string[] {
		return checkStructure(this.#database);
	}

	/** Does what housekeeping there is at once, instead of when the volume is idle. */
	settle(): void {
		while (!this.#closed && this.#housekeeping.step());
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#housekeeping.stop();
		this.#housekeeping.loseHold();
		this.rollback();
		try {
			this.#storage.mayUseReserve = () => true;
			this.#database.close();
		} finally {
			this.#options.detach();
			this.#storage.close();
		}
	}

	get #identifier(): Uint8Array {
		return this.#storage.superblocks.current?.identifier ?? new Uint8Array(16);
	}

	/** The reserve stands in for room that versions hold: when the group is stored they are given up for it. */
	get #isBacked(): boolean {
		return this.versions.heldBytes >= 2 * this.group.addedBytes + leastBacking;
	}

	#health(): string {
		const { damaged } = this.#storage.pages.counters;
		if (damaged.size > 0)
			return `${damaged.size} pages of the volume are damaged. Check the volume to see which files.`;
		if (this.#storage.superblocks.damagedCount > 0)
			return 'One of the two superblocks is damaged; the other is in use.';
		const { problem } = this.#housekeeping;
		return problem === undefined ? 'good' : `The last upkeep of the volume failed. ${toOsError(problem).message}`;
	}

	*#erasing(): Generator<void, void> {
		// While a group is open, nothing else can be committed.
		while (this.dirty || this.#housekeeping.eraseSome()) yield;
		this.#database.wipeMemory([...rowsOfZeros, manyValues]);
	}

	async #inSlices<T>(work: Generator<unknown, T>): Promise<T> {
		for (;;) {
			if (this.#closed) throw new VolumeRefused('The volume was closed.');
			const step = work.next();
			if (step.done) return step.value;
			await new Promise<void>((resolve) => void this.#options.clock.after(0, resolve));
		}
	}

	#dropRemoved(): boolean {
		if (!this.hasDetached()) return false;
		this.group.change('frees', () => this.emptyDetached(namesAStep));
		this.group.commit();
		return true;
	}

	#dropFreed(limit: number): boolean {
		if (!this.contents.hasFreed()) return false;
		this.group.change('frees', () => this.contents.dropFreed(limit));
		this.group.commit();
		return true;
	}

	/** Removes files that had lost their last name but were still open when the system ended, and many unused descriptors. */
	#removeUnnamed(): void {
		const unnamed: Inode[] = [];
		const select = this.#database.prepare('SELECT id FROM inode WHERE links = 0');
		try {
			select.each([], (row) => {
				unnamed.push(row.number(0));
			});
			const hasUnused = this.descriptors.hasManyUnused();
			if (unnamed.length === 0 && !hasUnused) return;
			this.group.change('frees', () => {
				for (const inode of unnamed) this.removeNode(inode);
				if (hasUnused) this.descriptors.removeUnused();
			});
			this.group.commit();
		} catch (error) {
			// They take room until the damage is mended, nothing else.
			this.#housekeeping.problem = error;
		}
	}
}
