/** Whole files and folder trees of the volume, as machines need them: large files too, each written in one step. */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { System } from '#runtime/system.ts';

const pieceBytes = 16 * 1024 * 1024;
const pageEntries = 1000;

export interface TreeEntry {
	/** Path below the root of the tree, `/` between names. */
	readonly path: string;
	readonly kind: 'file' | 'directory';
	readonly size: number;
	readonly modifiedTime: number;
}

/** Everything below `root`, folders before what they hold; ends when `limit` entries have been seen. */
export async function* listTree(system: System, root: string, limit: number): AsyncGenerator<TreeEntry> {
	const waiting = [''];
	let count = 0;
	for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
		for await (const entry of listFolder(system, root, folder)) {
			yield entry;
			if (++count >= limit) return;
			if (entry.kind === 'directory') waiting.push(entry.path);
		}
	}
}

async function* listFolder(system: System, root: string, folder: string): AsyncGenerator<TreeEntry> {
	const prefix = folder === '' ? '' : `${folder}/`;
	let cursor = '';
	do {
		const page = await system.pathList(folder === '' ? root : `${root}/${folder}`, cursor, pageEntries);
		for (const [index, name] of page.names.entries()) {
			yield {
				path: prefix + name,
				kind: page.kinds[index] === 1 ? 'directory' : 'file',
				size: page.sizes[index] ?? 0,
				modifiedTime: page.modifiedTimes[index] ?? 0,
			};
		}
		cursor = page.next;
	} while (cursor !== '');
}

export async function readWholeFile(system: System, path: string, size: number): Promise<Uint8Array<ArrayBuffer>> {
	if (size <= pieceBytes) return await system.pathRead(path, pieceBytes * 4);
	const handle = await system.fileOpen(path, 'open', rights.read);
	try {
		const whole = new Uint8Array(size);
		for (let at = 0; at < size; ) {
			const piece = await system.fileRead(handle, at, Math.min(pieceBytes, size - at));
			if (piece.length === 0) throw new OsError('EIO', `${path} became shorter while it was read`);
			whole.set(piece, at);
			at += piece.length;
		}
		return whole;
	} finally {
		await system.handleClose(handle);
	}
}

/** The file has its old content or all of `bytes`, whatever happens, also when it is too large for one call. */
export async function writeWholeFile(system: System, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
	if (bytes.length <= pieceBytes) {
		await system.pathWrite(path, bytes, 'replace');
		return;
	}
	const temporary = `${path}.saving`;
	try {
		await ensureDone(system.pathUnlink(temporary), 'ENOENT');
		// What goes into an encrypted file never stands on the volume in clear: a copy is encrypted as the original is.
		if (await isEncrypted(system, path)) await system.pathCopy(path, temporary);
		await writePieces(system, temporary, bytes);
		await system.pathRename(temporary, path, true);
	} catch (error) {
		await ensureDone(system.pathUnlink(temporary), 'ENOENT');
		throw error;
	}
}

async function isEncrypted(system: System, path: string): Promise<boolean> {
	try {
		return ((await system.pathStat(path)).attributes & attributeBits.encrypted) !== 0;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return false;
		throw error;
	}
}

async function writePieces(system: System, path: string, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
	const handle = await system.fileOpen(path, 'replace', rights.write);
	try {
		for (let at = 0; at < bytes.length; at += pieceBytes) {
			await system.fileWriteGiving(handle, at, bytes.slice(at, at + pieceBytes));
		}
	} finally {
		await system.handleClose(handle);
	}
}

/** Runs `change`; what is gone already or there already is no error. */
export async function ensureDone(change: Promise<void>, ...harmless: OsError['code'][]): Promise<void> {
	try {
		await change;
	} catch (error) {
		if (!(error instanceof OsError) || !harmless.includes(error.code)) throw error;
	}
}
