/**
 * Makes a file of the host computer out of files of the system: one file as it is, a folder or several as a ZIP.
 *
 * The bytes are handed to the browser piece by piece as `Blob`s, which it keeps outside the page's memory; so the
 * size of what is saved is not limited by the page. A ZIP of this kind (without ZIP64) holds up to 4 GiB and 65,535
 * entries.
 *
 * Invariant: no two entries of a ZIP have one name, and no name holds a `\`, which some unpackers take for a way out of
 * the folder they unpack into.
 */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { baseName, joinPath } from '#base/path.ts';
import { listPages } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { freeName } from './name-order.ts';
import type { Transfer } from './transfer.ts';

const pieceBytes = 1 << 20;
const blobBytes = 16 << 20;
const zipLimitBytes = 0xffff_ffff;
const zipLimitEntries = 0xffff;

export interface ExportedFile {
	readonly name: string;
	readonly content: Blob;
}

/** Gathers bytes into a `Blob` without holding them all. */
class BlobBuilder {
	readonly #blobs: Blob[] = [];
	#pieces: Uint8Array<ArrayBuffer>[] = [];
	#pending = 0;

	add(piece: Uint8Array<ArrayBuffer>): void {
		this.#pieces.push(piece);
		this.#pending += piece.length;
		if (this.#pending >= blobBytes) this.#flush();
	}

	finish(type: string): Blob {
		this.#flush();
		return new Blob(this.#blobs, { type });
	}

	#flush(): void {
		this.#blobs.push(new Blob(this.#pieces));
		this.#pieces = [];
		this.#pending = 0;
	}
}

export class HostExport {
	readonly #system: System;
	readonly #transfer: Transfer;

	constructor(system: System, transfer: Transfer) {
		this.#system = system;
		this.#transfer = transfer;
	}

	/** The file, or a ZIP of the folder or of all of `paths`. */
	async export(paths: readonly string[]): Promise<ExportedFile> {
		let bytes = 0;
		let entries = 0;
		for (const path of paths) {
			const usage = await this.#system.pathUsage(path);
			this.#transfer.expect(usage.files, usage.bytes);
			bytes += usage.bytes;
			entries += usage.files + usage.directories;
		}
		this.#transfer.counted = true;
		const [first = '/'] = paths;
		const single = paths.length === 1;
		if (single && (await this.#system.pathStat(first)).kind === 'file') return this.#exportFile(first);
		if (bytes > zipLimitBytes) throw new Error('A ZIP can hold 4 GB. Save fewer files at a time.');
		if (entries > zipLimitEntries) throw new Error('A ZIP can hold 65,535 files. Save fewer files at a time.');
		return { name: `${single ? baseName(first) || 'Computer' : 'Files'}.zip`, content: await this.#zip(paths) };
	}

	async #exportFile(path: string): Promise<ExportedFile> {
		const builder = new BlobBuilder();
		await this.#read(path, (piece) => builder.add(piece));
		return { name: baseName(path), content: builder.finish('application/octet-stream') };
	}

	async #zip(paths: readonly string[]): Promise<Blob> {
		const { Zip } = await import('fflate');
		const builder = new BlobBuilder();
		const failed: Error[] = [];
		const zip = new Zip((error, piece) => {
			if (error !== null) failed.push(error);
			else builder.add(new Uint8Array(piece));
		});
		const taken = new Set<string>();
		for (const path of paths) await this.#addToZip(zip, path, takeZipName(baseName(path) || 'Computer', taken));
		zip.end();
		if (failed[0] !== undefined) throw failed[0];
		return builder.finish('application/zip');
	}

	async #addToZip(zip: import('fflate').Zip, path: string, name: string): Promise<void> {
		const { ZipDeflate, ZipPassThrough } = await import('fflate');
		await this.#transfer.checkpoint();
		const isLink = (await this.#system.pathStatLink(path)).kind === 'link';
		const stat = await this.#system.pathStat(path);
		// A link to a folder may lead back to where this began.
		if (isLink && stat.kind === 'directory') throw new OsError('ENOTSUP', path);
		const mtime = zipTime(stat.modifiedTime);
		if (stat.kind === 'file') {
			const file = isCompressed(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
			file.mtime = mtime;
			zip.add(file);
			await this.#read(path, (piece, last) => file.push(piece, last));
			return;
		}
		const folder = new ZipPassThrough(`${name}/`);
		folder.mtime = mtime;
		zip.add(folder);
		folder.push(new Uint8Array(), true);
		const taken = new Set<string>();
		for await (const page of listPages(this.#system, path)) {
			for (const child of page.names)
				await this.#addChild(zip, joinPath(path, child), `${name}/${takeZipName(child, taken)}`);
		}
	}

	/** A link that leads nowhere, or to a folder, is left out and reported. */
	async #addChild(zip: import('fflate').Zip, path: string, name: string): Promise<void> {
		try {
			await this.#addToZip(zip, path, name);
		} catch (error) {
			if ((await this.#system.pathStatLink(path)).kind !== 'link') throw error;
			this.#transfer.settleFailure(path, error);
		}
	}

	/** Reads the file in order; an empty file gives one empty last piece. */
	async #read(path: string, take: (piece: Uint8Array<ArrayBuffer>, last: boolean) => void): Promise<void> {
		this.#transfer.startItem(path);
		const handle = await this.#system.fileOpen(path, 'open', rights.read);
		try {
			let offset = 0;
			let last = false;
			while (!last) {
				await this.#transfer.checkpoint();
				const piece = await this.#system.fileRead(handle, offset, pieceBytes);
				offset += piece.length;
				last = piece.length < pieceBytes;
				take(piece, last);
				this.#transfer.advance(0, piece.length);
			}
			this.#transfer.advance(1, 0);
		} finally {
			await this.#system.handleClose(handle);
		}
	}
}

/** The name of an entry beside those in `taken`; adds it there. */
function takeZipName(name: string, taken: Set<string>): string {
	const free = freeName(name.replaceAll('\\', '_'), (candidate) => taken.has(candidate), true);
	taken.add(free);
	return free;
}

/** ZIP holds the years 1980 to 2099. */
function zipTime(time: number): Date {
	return new Date(Math.min(Math.max(time, Date.UTC(1980, 0, 2)), Date.UTC(2099, 11, 30)));
}

function isCompressed(name: string): boolean {
	return /\.(zip|gz|7z|rar|png|jpe?g|webp|gif|mp[34]|webm|ogg|flac)$/i.test(name);
}
