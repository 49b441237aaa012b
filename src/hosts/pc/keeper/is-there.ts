import { access } from 'node:fs/promises';

/** Whether a file of this name is there; whatever else keeps one from knowing is an error. */
export async function isThere(name: string): Promise<boolean> {
	try {
		await access(name);
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
		throw error;
	}
}
