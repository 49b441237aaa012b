/**
 * What the Linux kernel tells about the PC in small files of /proc and /sys.
 *
 * Rules of use: `root` is `/`; a test gives a folder with such files of its own.
 */
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';

export class SystemText {
	readonly #root: string;

	constructor(root = '/') {
		this.#root = root;
	}

	/** The text of a file without the space around it; empty when there is none or it has nothing to say. */
	async read(name: string): Promise<string> {
		return (await this.readBytes(name)).toString('utf8').trim();
	}

	async readBytes(name: string): Promise<Buffer> {
		try {
			return await readFile(path.join(this.#root, name));
		} catch (error) {
			if (isMissing(error)) return Buffer.alloc(0);
			throw error;
		}
	}

	/** The names in a folder in their order; none when there is no such folder. */
	async list(name: string): Promise<string[]> {
		try {
			return (await readdir(path.join(this.#root, name))).sort();
		} catch (error) {
			if (isMissing(error)) return [];
			throw error;
		}
	}

	/** Where a link leads, from the root on; empty when there is none. */
	async follow(name: string): Promise<string> {
		try {
			return `/${path.relative(this.#root, await realpath(path.join(this.#root, name)))}`;
		} catch (error) {
			if (isMissing(error)) return '';
			throw error;
		}
	}
}

/** A device may vanish while it is asked, and one without a value says so by an error (ENODEV, EINVAL, ENXIO). */
function isMissing(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException;
	return ['ENOENT', 'ENOTDIR', 'ENODEV', 'ENXIO', 'EINVAL', 'ENODATA', 'EACCES'].includes(code ?? '');
}
