/**
 * A small JSON file of the person's settings, written as a whole and some moments after the last change.
 *
 * Rules of use:
 * - `value` is what holds now: the defaults until `load` has found something else.
 * - A file that cannot be read or is of another form gives the defaults and is kept until the next change.
 * - Writes follow each other, so the last change is the one that stays; `flush` waits for it.
 *
 * Invariant: a change is either wholly on the volume or not at all (`path_write`).
 */
import { OsError } from '#abi/errors.ts';
import type { Clock } from '#base/ports.ts';
import type { System } from '#runtime/system.ts';
import { findText, writeText } from '#runtime/text-files.ts';

export interface SettingsFileOptions<T> {
	readonly defaults: T;
	/** The settings that `json` says, or `undefined` when it is of another form. */
	parse(json: unknown): T | undefined;
	readonly clock: Clock;
	readonly delayMs?: number;
	/** Called when writing fails; the value stays in memory. */
	onFailed(error: unknown): void;
}

export class SettingsFile<T> {
	readonly #options: SettingsFileOptions<T>;
	#system: System | undefined;
	#path = '';
	#value: T;
	#dirty = false;
	#cancelTimer: (() => void) | undefined;
	#writing: Promise<void> = Promise.resolve();

	constructor(options: SettingsFileOptions<T>) {
		this.#options = options;
		this.#value = options.defaults;
	}

	get value(): T {
		return this.#value;
	}

	/** Reads the file, which is the one from now on. What was set before this holds on and is written. */
	async load(system: System, path: string): Promise<T> {
		this.#path = path;
		const text = await this.#read(system);
		this.#system = system;
		if (this.#dirty) this.#schedule();
		else if (text !== undefined) this.#value = this.#parse(text) ?? this.#options.defaults;
		return this.#value;
	}

	/** A damaged file must not keep the person from the desktop, and so from all others. */
	async #read(system: System): Promise<string | undefined> {
		try {
			return await findText(system, this.#path);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			await system.logWrite('warning', `${this.#path} could not be read: ${error.message}`);
			return undefined;
		}
	}

	set(value: T): void {
		this.#value = value;
		this.#dirty = true;
		if (this.#system !== undefined) this.#schedule();
	}

	/** Resolves when everything set so far is on the volume (or could not be written, which was told). */
	async flush(): Promise<void> {
		this.#cancelTimer?.();
		this.#cancelTimer = undefined;
		if (this.#dirty && this.#system !== undefined) this.#write(this.#system);
		await this.#writing;
	}

	#schedule(): void {
		this.#cancelTimer?.();
		this.#cancelTimer = this.#options.clock.after(this.#options.delayMs ?? 400, () => void this.flush());
	}

	#write(system: System): void {
		this.#dirty = false;
		const text = `${JSON.stringify(this.#value, undefined, '\t')}\n`;
		this.#writing = this.#writing.then(() => writeText(system, this.#path, text)).catch(this.#options.onFailed);
	}

	#parse(text: string): T | undefined {
		try {
			return this.#options.parse(JSON.parse(text));
		} catch (error) {
			if (error instanceof SyntaxError) return undefined;
			throw error;
		}
	}
}

/** The fields of a JSON object; of nothing when it is none. */
export function fieldsOf(json: unknown): Readonly<Record<string, unknown>> {
	return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
}

export function stringsOf(json: unknown): string[] {
	return Array.isArray(json) ? json.filter((item) => typeof item === 'string') : [];
}
