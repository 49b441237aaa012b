/**
 * Our VFS for SQLite: a database of name NAME has exactly the files that were attached under NAME, and no others can
 * be opened. All of them are open before SQLite starts, because opening is asynchronous in a browser.
 *
 * Rules of use:
 * - One VFS serves one instance of SQLite and any number of volumes: `attach` before opening, `detach` after closing.
 * - Nothing thrown reaches SQLite: it gets a result code, and the cause is kept in `VolumeFiles.lastError`.
 * - Locks are trivial: a volume is opened by one connection, in exclusive mode (so the log needs no shared memory).
 */
import { BlockFileError } from '#base/ports.ts';
import type { LogFile } from './log-file.ts';
import type { PageFile } from './page-file.ts';
import { type FileStructure, type Pointer, type SqliteModule, sqlite } from './sqlite-module.ts';
import { DamagedBytes, type JournalFile, MemoryFile, type StoredFile } from './stored-file.ts';

export const vfsName = 'vitrine';

export interface VolumeFiles {
	readonly pages: PageFile;
	readonly log: LogFile;
	readonly journal: JournalFile;
	lastError: unknown;
}

export class Vfs {
	readonly #module: SqliteModule;
	readonly #attached = new Map<string, VolumeFiles>();
	readonly #open = new Map<Pointer, { file: StoredFile; volume: VolumeFiles | undefined }>();
	#ioMethods: Pointer = 0;

	constructor(module: SqliteModule) {
		this.#module = module;
		this.#install();
	}

	attach(name: string, files: VolumeFiles): void {
		if (this.#attached.has(name)) throw new Error(`a volume named ${name} is attached already`);
		this.#attached.set(name, files);
	}

	detach(name: string): void {
		this.#attached.delete(name);
	}

	#install(): void {
		const { capi, vfs } = this.#module;
		const io = new capi.sqlite3_io_methods();
		const structure = new capi.sqlite3_vfs();
		const standard = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null));
		io.$iVersion = 1;
		structure.$iVersion = 1;
		structure.$szOsFile = capi.sqlite3_file.structInfo.sizeof;
		structure.$mxPathname = 255;
		structure.$xRandomness = standard.$xRandomness;
		structure.$xSleep = standard.$xSleep;
		structure.$xCurrentTime = standard.$xCurrentTime;
		standard.dispose();
		vfs.installVfs({
			io: { struct: io, methods: this.#fileMethods() },
			vfs: { struct: structure, methods: this.#vfsMethods(), name: vfsName, asDefault: false },
		});
		this.#ioMethods = io.pointer;
	}

	#vfsMethods(): object {
		const { wasm } = this.#module;
		return {
			// biome-ignore lint/complexity/useMaxParams: the C interface of SQLite says so
			xOpen: (_vfs: Pointer, name: Pointer, file: Pointer, flags: number, outFlags: Pointer) =>
				this.#openFile(name, file, flags, outFlags),
			xDelete: (_vfs: Pointer, name: Pointer, _sync: number) => this.#deleteFile(wasm.cstrToJs(name)),
			xAccess: (_vfs: Pointer, name: Pointer, _flags: number, out: Pointer) => {
				wasm.poke32(out, (this.#find(wasm.cstrToJs(name))?.file.size ?? 0) > 0 ? 1 : 0);
				return sqlite.ok;
			},
			xFullPathname: (_vfs: Pointer, name: Pointer, length: number, out: Pointer) => {
				const heap = wasm.heap8u();
				const end = heap.indexOf(0, name) + 1;
				if (end - name > length) return sqlite.cannotOpen;
				heap.copyWithin(out, name, end);
				return sqlite.ok;
			},
		};
	}

	#openFile(name: Pointer, pointer: Pointer, flags: number, outFlags: Pointer): number {
		const { capi, wasm } = this.#module;
		const found = name === 0 ? undefined : this.#find(wasm.cstrToJs(name));
		if (name !== 0 && found === undefined) return sqlite.cannotOpen;
		const structure: FileStructure = new capi.sqlite3_file(pointer);
		structure.$pMethods = this.#ioMethods;
		structure.dispose();
		this.#open.set(pointer, { file: found?.file ?? new MemoryFile(), volume: found?.volume });
		if (outFlags !== 0) wasm.poke32(outFlags, flags);
		return sqlite.ok;
	}

	#find(name: string): { file: StoredFile; volume: VolumeFiles } | undefined {
		const dash = name.lastIndexOf('-');
		const volume = this.#attached.get(dash < 0 ? name : name.slice(0, dash));
		if (volume === undefined) return undefined;
		if (dash < 0) return { file: volume.pages, volume };
		const suffix = name.slice(dash);
		if (suffix === '-wal') return { file: volume.log, volume };
		return suffix === '-journal' ? { file: volume.journal, volume } : undefined;
	}

	#deleteFile(name: string): number {
		const found = this.#find(name);
		if (found === undefined) return sqlite.ok;
		return this.#guard(found.volume, sqlite.ioErrorDelete, () => {
			if (found.file.size === 0) return;
			found.file.truncate(0);
			found.file.sync();
		});
	}

	#fileMethods(): object {
		const { wasm } = this.#module;
		return {
			xClose: (pointer: Pointer) => {
				const result = this.#on(pointer, sqlite.ioError, (file) => file.close());
				this.#open.delete(pointer);
				return result;
			},
			xRead: (pointer: Pointer, into: Pointer, length: number, at: bigint) =>
				this.#readFile(pointer, wasm.heap8u().subarray(into, into + length), Number(at)),
			xWrite: (pointer: Pointer, from: Pointer, length: number, at: bigint) =>
				this.#on(pointer, sqlite.ioErrorWrite, (file) =>
					file.write(wasm.heap8u().subarray(from, from + length), Number(at)),
				),
			xTruncate: (pointer: Pointer, size: bigint) =>
				this.#on(pointer, sqlite.ioErrorTruncate, (file) => file.truncate(Number(size))),
			xSync: (pointer: Pointer, _flags: number) => this.#on(pointer, sqlite.ioErrorFsync, (file) => file.sync()),
			xFileSize: (pointer: Pointer, out: Pointer) =>
				this.#on(pointer, sqlite.ioError, (file) => wasm.poke64(out, BigInt(file.size))),
			xLock: () => sqlite.ok,
			xUnlock: () => sqlite.ok,
			xCheckReservedLock: (_pointer: Pointer, out: Pointer) => {
				wasm.poke32(out, 0);
				return sqlite.ok;
			},
			xFileControl: () => sqlite.notFound,
			xSectorSize: () => 512,
			xDeviceCharacteristics: () => sqlite.deviceKeepsRestOfSector,
		};
	}

	#readFile(pointer: Pointer, into: Uint8Array, at: number): number {
		let got = 0;
		const result = this.#on(pointer, sqlite.ioErrorRead, (file) => {
			got = file.read(into, at);
		});
		if (result !== sqlite.ok || got === into.length) return result;
		into.fill(0, got);
		return sqlite.ioErrorShortRead;
	}

	#on(pointer: Pointer, failure: number, action: (file: StoredFile) => void): number {
		const open = this.#open.get(pointer);
		if (open === undefined) return failure;
		return this.#guard(open.volume, failure, () => action(open.file));
	}

	#guard(volume: VolumeFiles | undefined, failure: number, action: () => void): number {
		try {
			action();
			return sqlite.ok;
		} catch (error) {
			if (volume !== undefined) volume.lastError = error;
			if (error instanceof DamagedBytes) return sqlite.ioErrorData;
			return error instanceof BlockFileError && error.reason === 'full' ? sqlite.full : failure;
		}
	}
}
