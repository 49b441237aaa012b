/** An instance of SQLite with our VFS in it, shared by all volumes that are open in this Worker. */
import { loadSqlite, type SqliteModule } from './sqlite-module.ts';
import { Vfs, type VolumeFiles } from './vfs.ts';

export class SqliteEngine {
	readonly module: SqliteModule;
	readonly #vfs: Vfs;
	#volumes = 0;

	private constructor(module: SqliteModule) {
		this.module = module;
		this.#vfs = new Vfs(module);
	}

	/** Starts SQLite from the bytes of `sqlite3.wasm`. */
	static async start(wasm: ArrayBuffer | Uint8Array | Promise<ArrayBuffer | Uint8Array>): Promise<SqliteEngine> {
		return new SqliteEngine(await loadSqlite(wasm));
	}

	/** Makes the files openable and returns the name of their database. */
	attach(files: VolumeFiles): string {
		const name = `volume${++this.#volumes}`;
		this.#vfs.attach(name, files);
		return name;
	}

	detach(name: string): void {
		this.#vfs.detach(name);
	}
}
