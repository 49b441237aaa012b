/** Rights of a handle, as bits. A handle's rights can only shrink (`handle_duplicate`). */
export const rights = {
	read: 1 << 0,
	write: 1 << 1,
	list: 1 << 2,
	wait: 1 << 3,
	signal: 1 << 4,
} as const;

export type RightName = keyof typeof rights;
