/**
 * Where files stand while they are being written, out of sight, until one rename puts them in their place.
 *
 * Invariant: a file or folder appears at its target whole or not at all. What a power cut or a closed tab leaves
 * here is unfinished by definition and is removed at the next start (`clear`). What goes into an encrypted folder is
 * encrypted here already.
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import { directoryName, joinPath } from '#base/path.ts';
import type { System } from '#runtime/system.ts';

export class Staging {
	readonly #system: System;
	readonly #directory: string;
	#ready: Promise<string> | undefined;
	#encrypted: Promise<string> | undefined;

	constructor(system: System, directory: string) {
		this.#system = system;
		this.#directory = directory;
	}

	/** A path for one unfinished file or folder that is to stand at `target`; nothing stands there yet. */
	async newPath(target: string): Promise<string> {
		this.#ready ??= this.#makeDirectory();
		await this.#ready;
		const { attributes } = await this.#system.pathStat(directoryName(target));
		const isEncrypted = (attributes & attributeBits.encrypted) !== 0;
		if (isEncrypted) this.#encrypted ??= this.#makeEncryptedDirectory().catch((error: unknown) => this.#forget(error));
		const directory = isEncrypted ? this.#encrypted : this.#ready;
		return joinPath((await directory) ?? this.#directory, crypto.randomUUID());
	}

	/** Puts the finished thing in its place. Fails with EEXIST when the name has been taken meanwhile. */
	async publish(unfinished: string, target: string): Promise<void> {
		await this.#system.pathRename(unfinished, target, false);
		// It was made here, for nobody else; who may use it there is for the folder to say.
		await this.#system.securityInherit(target);
	}

	/** Removes an unfinished thing; it may never have been made. */
	async discard(unfinished: string): Promise<void> {
		await this.#system.pathRemoveTree(unfinished).catch(ignoreMissing);
	}

	/** Removes all that was left from before. Only at start, when nothing is under way. */
	async clear(): Promise<void> {
		await this.discard(this.#directory);
	}

	async #makeDirectory(): Promise<string> {
		await ensureDirectory(this.#system, this.#directory);
		return this.#directory;
	}

	/** The next one tries again. */
	#forget(error: unknown): never {
		this.#encrypted = undefined;
		throw error;
	}

	async #makeEncryptedDirectory(): Promise<string> {
		const path = joinPath(this.#directory, 'Encrypted');
		await ensureDirectory(this.#system, path);
		await this.#system.encryptionBegin(path, 'encrypt');
		return path;
	}
}

function ignoreMissing(error: unknown): void {
	if (!(error instanceof OsError) || error.code !== 'ENOENT') throw error;
}

/** Makes `path` and the parents it lacks; returns those that it made, outermost first. */
export async function ensureDirectory(system: System, path: string): Promise<string[]> {
	const first = await makeDirectory(system, path);
	if (first !== 'no-parent') return first === 'made' ? [path] : [];
	const made = await ensureDirectory(system, directoryName(path));
	return (await makeDirectory(system, path)) === 'made' ? [...made, path] : made;
}

async function makeDirectory(system: System, path: string): Promise<'made' | 'present' | 'no-parent'> {
	try {
		await system.pathMakeDirectory(path);
		return 'made';
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		if (error.code === 'EEXIST' && (await system.pathStat(path)).kind === 'directory') return 'present';
		if (error.code !== 'ENOENT' || path === '/') throw error;
		return 'no-parent';
	}
}
