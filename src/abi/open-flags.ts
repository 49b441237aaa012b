/** Flags of `at_open`, as bits. */
export const openFlags = {
	/** Make a file when there is none. */
	create: 1,
	/** With `create`: refuse what exists. */
	exclusive: 2,
	/** Empty the file. */
	truncate: 4,
	/** Refuse what is no directory. */
	directory: 8,
	/** Follow a link at the end. */
	follow: 16,
	/** Streams write at the end. */
	append: 32,
	/** The program backs up or restores: the privileges for that count beside the access list. */
	backup: 64,
} as const;
