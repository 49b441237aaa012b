/** Whole files as text or JSON, UTF-8. */
import { OsError } from '#abi/errors.ts';
import type { System } from './system.ts';

/** Larger text belongs to a program that reads in pieces. */
const maximumText = 64 * 1024 * 1024;

/** The text of a file; bytes that are no UTF-8 become U+FFFD. */
export async function readText(system: System, path: string): Promise<string> {
	return new TextDecoder().decode(await system.pathRead(path, maximumText));
}

/** As `readText`, or `undefined` when there is no file. */
export async function findText(system: System, path: string): Promise<string | undefined> {
	try {
		return await readText(system, path);
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Makes or replaces a file in one step. */
export async function writeText(system: System, path: string, text: string): Promise<void> {
	await system.pathWrite(path, new TextEncoder().encode(text), 'open-or-create');
}
