/**
 * Puts everything on the disk that was written to the file system of a person's files, names of new files too.
 *
 * The browser flushes a file of the volume when it is asked to, but not the table in which it finds that file by its name
 * (ADR 0031): a power cut soon after the volume was made could leave its files without names.
 */
import { runTool } from './keeper/run-tool.ts';

/** Where the person's files are: on the data partition, or in memory, where this does nothing. */
const dataFolder = process.env.VITRINE_DATA ?? '/data';

export async function settleData(folder = dataFolder): Promise<null> {
	// syncfs(2), which waits and tells of failed writes.
	await runTool('sync', ['--file-system', folder]);
	return null;
}
