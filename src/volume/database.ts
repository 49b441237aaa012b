/**
 * One connection to SQLite with prepared statements: the few calls the volume needs, over the C interface.
 *
 * Rules of use:
 * - A statement is compiled when it is used first, and kept; `run` and `first` leave it reset, `each` resets it at the end.
 * - Blobs and texts read in a row callback are copied out before the callback returns.
 * - Every failure is a `SqliteError` with SQLite's extended result code and, where the VFS knows one, the cause.
 */
import { wipeFreeMemory } from './memory-wipe.ts';
import { decodeName, encodeName } from './name-text.ts';
import { type Pointer, type SqliteModule, sqlite } from './sqlite-module.ts';
import { type VolumeFiles, vfsName } from './vfs.ts';

export type Value = number | string | Uint8Array | null;

export class SqliteError extends Error {
	readonly code: number;

	constructor(code: number, message: string, options?: ErrorOptions) {
		super(`SQLite ${code}: ${message}`, options);
		this.name = 'SqliteError';
		this.code = code;
	}
}

const initialScratch = 1 << 17;

export class Database {
	readonly module: SqliteModule;
	readonly #files: VolumeFiles;
	readonly #pointer: Pointer;
	readonly #statements: Statement[] = [];
	#isClosed = false;
	/** Where SQLite puts a pointer it returns. */
	readonly #out: Pointer;
	#scratch: Pointer;
	#scratchLength = initialScratch;

	constructor(module: SqliteModule, name: string, files: VolumeFiles) {
		this.module = module;
		this.#files = files;
		const { capi, wasm } = module;
		this.#scratch = wasm.alloc(initialScratch);
		this.#out = wasm.alloc(8);
		const code = capi.sqlite3_open_v2(name, this.#out, sqlite.openReadWrite | sqlite.openCreate, vfsName);
		this.#pointer = wasm.peekPtr(this.#out);
		if (code !== sqlite.ok) throw this.error(code);
		wasm.exports.sqlite3_extended_result_codes(this.#pointer, 1);
	}

	/** Whether a transaction is open. SQLite ends it by itself after some failures. */
	get inTransaction(): boolean {
		return !this.#isClosed && this.module.wasm.exports.sqlite3_get_autocommit(this.#pointer) === 0;
	}

	prepare(sql: string): Statement {
		const statement = new Statement(this, sql);
		this.#statements.push(statement);
		return statement;
	}

	/** Compiles a statement; called by `Statement` when it is used first. */
	compile(sql: string): Pointer {
		if (this.#isClosed) throw new SqliteError(sqlite.misuse, 'the database is closed');
		const { capi, wasm } = this.module;
		const code = capi.sqlite3_prepare_v3(this.#pointer, sql, -1, sqlite.prepareForLong, this.#out, null);
		if (code !== sqlite.ok) throw this.error(code);
		return wasm.peekPtr(this.#out);
	}

	/** Runs one statement once. */
	execute(sql: string): void {
		this.#once(sql, (statement) => statement.run());
	}

	/** The first column of the first row. */
	value(sql: string): number | undefined {
		return this.#once(sql, (statement) => statement.first([], (row) => row.number(0)));
	}

	/** The first column of each row. */
	eachText(sql: string, read: (text: string) => void): void {
		this.#once(sql, (statement) => statement.each([], (row) => read(row.text(0))));
	}

	/** Sets how many bytes SQLite leaves alone at the end of each page; before anything is written. */
	reserveBytes(count: number): void {
		const { exports, poke32 } = this.module.wasm;
		poke32(this.#scratch, count);
		const code = exports.sqlite3_file_control(this.#pointer, 0, sqlite.fileControlReserveBytes, this.#scratch);
		if (code !== sqlite.ok) throw this.error(code);
	}

	/** Memory for `length` bytes of arguments; contents last until the next call. */
	scratch(length: number): Pointer {
		if (length > this.#scratchLength) {
			const { wasm } = this.module;
			wasm.dealloc(this.#scratch);
			this.#scratchLength = length * 2;
			this.#scratch = wasm.alloc(this.#scratchLength);
		}
		return this.#scratch;
	}

	/**
	 * Gives the cache back, and overwrites what it and the arguments of statements have left in memory. `zeros`: statements
	 * that write zeros and are undone again, through the memory that SQLite keeps: the first pages of its cache, and the
	 * place where it puts a row together. Only while no transaction is open.
	 */
	wipeMemory(zeros: readonly string[]): void {
		// Compiled statements have memory of their own, some of it never written; they are compiled anew when they are used.
		for (const statement of this.#statements) statement.finalize();
		this.execute('PRAGMA shrink_memory');
		this.execute('BEGIN');
		try {
			for (const sql of zeros) this.execute(sql);
		} finally {
			this.execute('ROLLBACK');
		}
		this.execute('PRAGMA shrink_memory');
		this.module.wasm.heap8u().fill(0, this.#scratch, this.#scratch + this.#scratchLength);
		wipeFreeMemory(this.module.wasm);
	}

	#once<T>(sql: string, use: (statement: Statement) => T): T {
		const statement = new Statement(this, sql);
		try {
			return use(statement);
		} finally {
			statement.finalize();
		}
	}

	error(code: number): SqliteError {
		const cause = this.#files.lastError;
		this.#files.lastError = undefined;
		const { capi, wasm } = this.module;
		const extended = this.#pointer === 0 ? code : wasm.exports.sqlite3_extended_errcode(this.#pointer);
		const message = this.#pointer === 0 ? 'cannot open' : capi.sqlite3_errmsg(this.#pointer);
		return new SqliteError((extended & 0xff) === (code & 0xff) ? extended : code, message, { cause });
	}

	close(): void {
		const { wasm } = this.module;
		this.#isClosed = true;
		for (const statement of this.#statements.splice(0)) statement.finalize();
		const code = wasm.exports.sqlite3_close_v2(this.#pointer);
		wasm.dealloc(this.#scratch);
		wasm.dealloc(this.#out);
		if (code !== sqlite.ok) throw new SqliteError(code, 'cannot close', { cause: this.#files.lastError });
	}
}

/** The row a statement stands at. Columns count from 0; SQL NULL reads as 0, '' and no bytes. */
export interface Row {
	number(column: number): number;
	text(column: number): string;
	/** A view that lasts until the statement moves on. */
	bytes(column: number): Uint8Array;
	isNull(column: number): boolean;
}

export class Statement implements Row {
	readonly #database: Database;
	readonly #sql: string;
	readonly #module: SqliteModule;
	/** 0 until it is used first: opening a volume compiles only what it needs. */
	#pointer: Pointer = 0;

	constructor(database: Database, sql: string) {
		this.#database = database;
		this.#sql = sql;
		this.#module = database.module;
	}

	run(...values: Value[]): void {
		this.#bind(values);
		try {
			while (this.#step());
		} finally {
			this.#reset();
		}
	}

	first<T>(values: readonly Value[], read: (row: Row) => T): T | undefined {
		this.#bind(values);
		try {
			return this.#step() ? read(this) : undefined;
		} finally {
			this.#reset();
		}
	}

	each(values: readonly Value[], read: (row: Row) => void): void {
		this.#bind(values);
		try {
			while (this.#step()) read(this);
		} finally {
			this.#reset();
		}
	}

	number(column: number): number {
		return this.#module.wasm.exports.sqlite3_column_double(this.#pointer, column);
	}

	text(column: number): string {
		const { exports, heap8u } = this.#module.wasm;
		const start = exports.sqlite3_column_text(this.#pointer, column);
		return decodeName(heap8u(), start, exports.sqlite3_column_bytes(this.#pointer, column));
	}

	bytes(column: number): Uint8Array {
		const { exports, heap8u } = this.#module.wasm;
		const start = exports.sqlite3_column_blob(this.#pointer, column);
		return heap8u().subarray(start, start + exports.sqlite3_column_bytes(this.#pointer, column));
	}

	isNull(column: number): boolean {
		return this.#module.wasm.exports.sqlite3_column_type(this.#pointer, column) === sqlite.nullType;
	}

	finalize(): void {
		this.#module.wasm.exports.sqlite3_finalize(this.#pointer);
		this.#pointer = 0;
	}

	#step(): boolean {
		const code = this.#module.wasm.exports.sqlite3_step(this.#pointer);
		if (code === sqlite.row) return true;
		if (code === sqlite.done) return false;
		throw this.#database.error(code);
	}

	#reset(): void {
		this.#module.wasm.exports.sqlite3_reset(this.#pointer);
	}

	#bind(values: readonly Value[]): void {
		if (this.#pointer === 0) this.#pointer = this.#database.compile(this.#sql);
		let used = 0;
		for (const value of values) if (typeof value !== 'number') used += spaceOf(value);
		// Also for no bytes at all: a text at no address would be NULL.
		let scratch = this.#database.scratch(used);
		for (let index = 0; index < values.length; index++) {
			scratch = this.#bindOne(index + 1, values[index] as Value, scratch);
		}
	}

	/** Binds one value, its bytes at `scratch`; returns the end of the bytes. SQLite does not copy them. */
	#bindOne(index: number, value: Value, scratch: Pointer): Pointer {
		const { exports, heap8u } = this.#module.wasm;
		const statement = this.#pointer;
		if (typeof value === 'number') {
			if (value === (value | 0)) exports.sqlite3_bind_int(statement, index, value);
			else if (Number.isSafeInteger(value)) exports.sqlite3_bind_int64(statement, index, BigInt(value));
			else exports.sqlite3_bind_double(statement, index, value);
			return scratch;
		}
		if (value === null) {
			exports.sqlite3_bind_null(statement, index);
			return scratch;
		}
		if (typeof value === 'string') {
			const end = encodeName(value, heap8u(), scratch);
			exports.sqlite3_bind_text(statement, index, scratch, end - scratch, 0);
			return end;
		}
		heap8u().set(value, scratch);
		exports.sqlite3_bind_blob(statement, index, scratch, value.length, 0);
		return scratch + value.length;
	}
}

function spaceOf(value: string | Uint8Array | null): number {
	if (value === null) return 0;
	return typeof value === 'string' ? value.length * 3 : value.length;
}
