/** Where the tools find and keep things, from the root of the repository. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
/** What can be made again: packages fetched, compressed forms, locks. Never committed. */
export const cacheDirectory = path.join(repositoryRoot, '.cache');
export const siteDirectory = path.join(repositoryRoot, 'dist', 'web');

export function fromRoot(...parts: string[]): string {
	return path.join(repositoryRoot, ...parts);
}
