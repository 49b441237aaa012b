/** What a person calls a folder: the root is the computer, and their own recycle bin is not called after them. */
import { recycleBins } from '#base/known-folders.ts';
import { baseName, directoryName } from '#base/path.ts';

export function placeName(directory: string): string {
	if (directory === '/') return 'Computer';
	return directoryName(directory) === recycleBins ? baseName(recycleBins) : baseName(directory);
}
