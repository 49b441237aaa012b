/**
 * All accounts of this computer: what is known of each, in memory and on the volume.
 *
 * Rules of use:
 * - The kernel makes one over its files, and gives each change a `RecordWriter` of the group of changes that it belongs to.
 * - A record is replaced as a whole (`put`). What a lost group had changed is taken back here as it is on the volume.
 *
 * Invariants:
 * - Each record stands there twice, in files of their own; where one copy cannot be read, the other holds, and the next
 *   change mends both. A record that is lost in both is reported and costs nobody else anything.
 * - A number of an account is never given twice, not even after the account has been removed: what it owned stays its own.
 */
import { OsError } from '#abi/errors.ts';
import { accountSid, firstAccountNumber, type Sid } from '#security/sid.ts';
import { type AccountRecord, encodeRecord, parseRecord } from './account-record.ts';

/** Where records are kept: files by their names. */
export interface RecordFiles {
	list(): string[];
	/** Throws an `OsError` when it cannot be read. */
	read(name: string): Uint8Array;
}

/** Changes of the files of records in one group of changes: all of it is stored, or nothing. */
export interface RecordWriter {
	write(name: string, bytes: Uint8Array): void;
	remove(name: string): void;
	/** Calls back when the group could not be stored. */
	whenLost(undo: () => void): void;
}

const recordSuffix = '.account';
const copySuffix = '.copy';
const counterName = 'next-number';

export class AccountBook {
	readonly machine: Sid;
	/** What could not be read, in words; told to the log. */
	readonly damage: string[] = [];
	readonly #files: RecordFiles;
	readonly #records = new Map<Sid, AccountRecord>();
	#nextNumber = firstAccountNumber;

	constructor(machine: Sid, files: RecordFiles) {
		this.machine = machine;
		this.#files = files;
		this.#load();
	}

	/** In the order in which they were made. */
	get all(): readonly AccountRecord[] {
		return [...this.#records.values()];
	}

	find(sid: Sid): AccountRecord | undefined {
		return this.#records.get(sid);
	}

	/** ENOENT when there is no such account. */
	get(sid: Sid): AccountRecord {
		const record = this.#records.get(sid);
		if (record === undefined) throw new OsError('ENOENT', 'there is no such account');
		return record;
	}

	findByName(name: string): AccountRecord | undefined {
		const folded = foldName(name);
		return this.all.find((record) => foldName(record.name) === folded);
	}

	/** An identifier that no account has had. */
	claimSid(): Sid {
		return accountSid(this.machine, this.#nextNumber++);
	}

	/** Stores which numbers were given: in the step in which one of them is first used. */
	keepCount(writer: RecordWriter): void {
		writer.write(counterName, new TextEncoder().encode(`${this.#nextNumber}\n`));
	}

	put(record: AccountRecord, writer: RecordWriter): void {
		const before = this.#records.get(record.sid);
		const bytes = encodeRecord(record);
		const name = nameOf(record.sid);
		writer.write(name + recordSuffix, bytes);
		writer.write(name + copySuffix, bytes);
		this.#records.set(record.sid, record);
		writer.whenLost(() => {
			if (before === undefined) this.#records.delete(record.sid);
			else this.#records.set(record.sid, before);
		});
	}

	/** Of this system's life alone: what cannot be stored, because the disk is full, must not keep anybody out. */
	putUnstored(record: AccountRecord): void {
		this.#records.set(record.sid, record);
	}

	remove(sid: Sid, writer: RecordWriter): void {
		const before = this.get(sid);
		for (const suffix of [recordSuffix, copySuffix]) writer.remove(nameOf(sid) + suffix);
		this.#records.delete(sid);
		writer.whenLost(() => this.#records.set(sid, before));
	}

	#load(): void {
		const names = this.#files.list();
		const accounts = new Set(names.map((name) => /^(\d+)\.(?:account|copy)$/.exec(name)?.[1]));
		const numbers = [...accounts].filter((number) => number !== undefined).map(Number);
		for (const number of numbers.sort((one, other) => one - other)) this.#loadRecord(accountSid(this.machine, number));
		const counted = names.includes(counterName) ? Number(this.#readText(counterName)) : 0;
		const least = Math.max(firstAccountNumber - 1, ...numbers) + 1;
		this.#nextNumber = Number.isSafeInteger(counted) ? Math.max(counted, least) : least;
	}

	#loadRecord(sid: Sid): void {
		for (const suffix of [recordSuffix, copySuffix]) {
			const name = nameOf(sid) + suffix;
			const record = this.#readRecord(name);
			if (record?.sid === sid) {
				this.#records.set(sid, record);
				return;
			}
			this.damage.push(`the record ${name} of an account cannot be read`);
		}
	}

	#readRecord(name: string): AccountRecord | undefined {
		const bytes = this.#read(name);
		return bytes === undefined ? undefined : parseRecord(bytes);
	}

	#readText(name: string): string {
		return new TextDecoder().decode(this.#read(name) ?? new Uint8Array());
	}

	#read(name: string): Uint8Array | undefined {
		try {
			return this.#files.read(name);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			return undefined;
		}
	}
}

/** Two names that a person would take for the same are the same. */
export function foldName(name: string): string {
	return name.normalize('NFKC').toLowerCase();
}

function nameOf(sid: Sid): string {
	return sid.slice(sid.lastIndexOf('-') + 1);
}
