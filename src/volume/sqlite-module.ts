/**
 * The part of `@sqlite.org/sqlite-wasm` that the volume uses, typed as it really is, and its loading.
 *
 * Rules of use:
 * - `loadSqlite` is given the bytes of `sqlite3.wasm` (or a promise of them), so that a host can start fetching
 *   before anything else; it never fetches by itself.
 * - The library's own stores (OPFS proxy Worker, kvvfs, opfs-sahpool) are switched off: our VFS is the only one.
 * - Pointers are numbers (wasm32); every 64-bit integer crosses as a BigInt.
 */
import initialise from '@sqlite.org/sqlite-wasm';

export type Pointer = number;

/** A C structure of the library, with its members as `$name`. */
interface CStructure {
	readonly pointer: Pointer;
	dispose(): void;
}

export interface VfsStructure extends CStructure {
	$iVersion: number;
	$szOsFile: number;
	$mxPathname: number;
	$pNext: Pointer;
	$xCurrentTime: Pointer;
	$xCurrentTimeInt64: Pointer;
	$xSleep: Pointer;
	$xRandomness: Pointer;
}

export interface IoMethodsStructure extends CStructure {
	$iVersion: number;
}

export interface FileStructure extends CStructure {
	$pMethods: Pointer;
}

type Constructor<T> = (new (pointer?: Pointer) => T) & { structInfo: { sizeof: number } };

/** Functions of the C interface, called without the library's argument conversion. */
interface SqliteExports {
	sqlite3_step(statement: Pointer): number;
	sqlite3_reset(statement: Pointer): number;
	sqlite3_finalize(statement: Pointer): number;
	sqlite3_clear_bindings(statement: Pointer): number;
	sqlite3_bind_null(statement: Pointer, index: number): number;
	sqlite3_bind_int(statement: Pointer, index: number, value: number): number;
	sqlite3_bind_int64(statement: Pointer, index: number, value: bigint): number;
	sqlite3_bind_double(statement: Pointer, index: number, value: number): number;
	sqlite3_bind_text(statement: Pointer, index: number, text: Pointer, length: number, destructor: number): number;
	sqlite3_bind_blob(statement: Pointer, index: number, bytes: Pointer, length: number, destructor: number): number;
	sqlite3_column_double(statement: Pointer, column: number): number;
	sqlite3_column_int(statement: Pointer, column: number): number;
	sqlite3_column_text(statement: Pointer, column: number): Pointer;
	sqlite3_column_blob(statement: Pointer, column: number): Pointer;
	sqlite3_column_bytes(statement: Pointer, column: number): number;
	sqlite3_column_type(statement: Pointer, column: number): number;
	sqlite3_extended_errcode(database: Pointer): number;
	sqlite3_get_autocommit(database: Pointer): number;
	sqlite3_file_control(database: Pointer, schema: Pointer, operation: number, argument: Pointer): number;
	sqlite3_close_v2(database: Pointer): number;
	sqlite3_extended_result_codes(database: Pointer, on: number): number;
}

export interface SqliteModule {
	readonly capi: {
		readonly sqlite3_vfs: Constructor<VfsStructure>;
		readonly sqlite3_io_methods: Constructor<IoMethodsStructure>;
		readonly sqlite3_file: Constructor<FileStructure>;
		sqlite3_vfs_find(name: string | null): Pointer;
		sqlite3_open_v2(name: string, database: Pointer, flags: number, vfs: string): number;
		sqlite3_prepare_v3(
			database: Pointer,
			sql: string,
			length: number,
			flags: number,
			statement: Pointer,
			tail: null,
		): number;
		sqlite3_errmsg(database: Pointer): string;
	};
	readonly vfs: {
		installVfs(options: {
			io: { struct: IoMethodsStructure; methods: object };
			vfs: { struct: VfsStructure; methods: object; name: string; asDefault: boolean };
		}): unknown;
	};
	readonly wasm: {
		readonly exports: SqliteExports;
		readonly memory: WebAssembly.Memory;
		alloc(bytes: number): Pointer;
		dealloc(pointer: Pointer): void;
		heap8u(): Uint8Array<ArrayBuffer>;
		peekPtr(pointer: Pointer): Pointer;
		poke32(pointer: Pointer, value: number): void;
		peek32(pointer: Pointer): number;
		poke64(pointer: Pointer, value: bigint): void;
		cstrToJs(pointer: Pointer): string;
		allocCString(text: string): Pointer;
	};
}

/** Result codes and flags of the C interface (sqlite3.h), as far as they are used here. */
export const sqlite = {
	ok: 0,
	busy: 5,
	noMemory: 7,
	ioError: 10,
	corrupt: 11,
	notFound: 12,
	full: 13,
	cannotOpen: 14,
	tooBig: 18,
	misuse: 21,
	notADatabase: 26,
	row: 100,
	done: 101,
	ioErrorRead: 10 | (1 << 8),
	ioErrorShortRead: 10 | (2 << 8),
	ioErrorWrite: 10 | (3 << 8),
	ioErrorFsync: 10 | (4 << 8),
	ioErrorTruncate: 10 | (6 << 8),
	ioErrorDelete: 10 | (10 << 8),
	/** A page's checksum does not fit its bytes (SQLITE_IOERR_DATA). */
	ioErrorData: 10 | (32 << 8),
	openReadWrite: 0x2,
	openCreate: 0x4,
	openMainDatabase: 0x100,
	openMainJournal: 0x800,
	openWal: 0x80000,
	prepareForLong: 1,
	fileControlReserveBytes: 38,
	fileControlPersistWal: 10,
	deviceKeepsRestOfSector: 0x1000,
	nullType: 5,
} as const;

type Initialise = (options: { wasmBinary: ArrayBuffer | Uint8Array }) => Promise<unknown>;

/** Starts an instance of SQLite from the bytes of `sqlite3.wasm`. */
export async function loadSqlite(
	wasm: ArrayBuffer | Uint8Array | Promise<ArrayBuffer | Uint8Array>,
): Promise<SqliteModule> {
	const wasmBinary = await wasm;
	// The library takes its settings from this global only, and removes it when it has read them.
	(globalThis as { sqlite3ApiConfig?: object }).sqlite3ApiConfig = {
		disable: { vfs: { opfs: true, 'opfs-vfs': true, 'opfs-wl': true, 'opfs-sahpool': true, kvvfs: true } },
	};
	const module = (await (initialise as Initialise)({ wasmBinary })) as unknown;
	return module as SqliteModule;
}
