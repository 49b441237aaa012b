/**
 * Rights of a handle, as bits. A handle's rights can only shrink (`handle_duplicate`). What is opened by a directory's
 * handle (`at_open`) gets at most the directory's own: without `write` nothing below it can be written.
 */
export const rights = {
	read: 1 << 0,
	write: 1 << 1,
	/** Reading the names of a directory. */
	list: 1 << 2,
	wait: 1 << 3,
	signal: 1 << 4,
	/** Finding what stands at a path below a directory. */
	walk: 1 << 5,
	/** Making names in a directory. */
	create: 1 << 6,
	/** Taking names out of a directory. */
	remove: 1 << 7,
	/** Setting times and attributes. */
	adjust: 1 << 8,
} as const;

/** All that can be done by the handle of a directory. */
export const directoryRights =
	rights.read | rights.write | rights.list | rights.walk | rights.create | rights.remove | rights.adjust;

export type RightName = keyof typeof rights;
