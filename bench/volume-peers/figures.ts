/** The work that is the same for all: files of 600 bytes, and one of 256 MB. Milliseconds, by what was done. */
export interface PeerFigures {
	/** Making the files, each asked for when the one before is stored. */
	readonly creates: number;
	/** Making them, all asked for at once. */
	readonly together: number;
	/** Opening each by its name and reading it. */
	readonly opens: number;
	/** Writing the large file, in pieces of 4 MB. */
	readonly write: number;
	/** Making a second one of it. */
	readonly copy: number;
}

export const fileCount = 10_000;
const filesUnderWay = 64;
export const largeMegabytes = 256;
export const smallText: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 600 }, (_, at) => at * 7);
export const piece: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 4 << 20 }, (_, at) => at * 7 + (at >>> 8));

export async function timeOf(action: () => unknown): Promise<number> {
	const start = performance.now();
	await action();
	return performance.now() - start;
}

export const numbers: readonly number[] = Array.from({ length: fileCount }, (_, number) => number);

/** Does it for every file, some of them under way at a time: a process may not have ten thousand files open. */
export async function forEachFile(action: (number: number) => Promise<void>): Promise<void> {
	let next = 0;
	const work = async (): Promise<void> => {
		while (next < fileCount) await action(next++);
	};
	await Promise.all(Array.from({ length: filesUnderWay }, work));
}

/** A tenth a folder, as people keep them; and no peer has to look for a name among ten thousand. */
export function pathOf(folder: string, number: number): string {
	return `/${folder}/${number % 10}/file-${number}.txt`;
}

export const folders = (folder: string): string[] => [
	`/${folder}`,
	...Array.from({ length: 10 }, (_, number) => `/${folder}/${number}`),
];
