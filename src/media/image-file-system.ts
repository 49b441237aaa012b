/**
 * A read-only look into a disc or disk image: names, sizes, the bytes of a file.
 *
 * Rules of use:
 * - `openImage` finds the file system; `undefined` says that there is none this room reads.
 * - Every call has a budget of its own; a hostile image costs one budget and gives a `ParseError`.
 * - `walk` visits each directory once, whatever the image claims, so an image whose directory holds itself ends.
 */
import { splitPath } from '#base/path.ts';
import { ParseError } from './byte-source.ts';

export interface ImageEntry {
	readonly name: string;
	readonly kind: 'file' | 'directory';
	readonly size: number;
	/** Milliseconds since 1970 as the image tells it, taken as UTC. */
	readonly modifiedTime: number;
	/** Where its content starts: the same for the same content, so a loop is seen. */
	readonly location: number;
}

export const entryLimit = 50_000;
export const depthLimit = 40;

/** What a concrete image offers; the rest follows from it. */
export interface ImageVolume {
	readonly format: string;
	readonly label: string;
	readonly root: ImageEntry;
	list(directory: ImageEntry): Promise<ImageEntry[]>;
	read(file: ImageEntry, maximum: number): Promise<Uint8Array>;
}

export class ImageFileSystem {
	readonly #volume: ImageVolume;

	constructor(volume: ImageVolume) {
		this.#volume = volume;
	}

	get format(): string {
		return this.#volume.format;
	}

	get label(): string {
		return this.#volume.label;
	}

	/** The entry at `path`, names compared without case; `undefined` when there is none. */
	async find(path: string): Promise<ImageEntry | undefined> {
		const names = splitPath(path);
		if (names.length > depthLimit) throw new ParseError('budget', 'The path has too many folders.');
		let entry = this.#volume.root;
		for (const name of names) {
			if (entry.kind !== 'directory') return undefined;
			const entries = await this.#volume.list(entry);
			const found = entries.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
			if (found === undefined) return undefined;
			entry = found;
		}
		return entry;
	}

	async list(path: string): Promise<ImageEntry[]> {
		const entry = await this.find(path);
		if (entry === undefined) throw new ParseError('invalid', `There is no folder ${path} in the image.`);
		return await this.#volume.list(entry);
	}

	/** All bytes of a file; a `ParseError` when it has more than `maximum`. */
	async read(path: string, maximum: number): Promise<Uint8Array> {
		const entry = await this.find(path);
		if (entry?.kind !== 'file') throw new ParseError('invalid', `There is no file ${path} in the image.`);
		if (entry.size > maximum) throw new ParseError('budget', `The file has more than ${maximum} bytes.`);
		return await this.#volume.read(entry, maximum);
	}

	/** Every entry below the root with its path, directories before what they hold. */
	async *walk(): AsyncGenerator<{ path: string; entry: ImageEntry }> {
		const visited = new Set([this.#volume.root.location]);
		const waiting: { path: string; entry: ImageEntry; depth: number }[] = [
			{ path: '', entry: this.#volume.root, depth: 0 },
		];
		let count = 0;
		for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
			for (const entry of await this.#volume.list(next.entry)) {
				const path = `${next.path}/${entry.name}`;
				count += 1;
				if (count > entryLimit) throw new ParseError('budget', 'The image has too many files to list.');
				yield { path, entry };
				if (entry.kind !== 'directory' || visited.has(entry.location) || next.depth >= depthLimit) continue;
				visited.add(entry.location);
				waiting.push({ path, entry, depth: next.depth + 1 });
			}
		}
	}
}
