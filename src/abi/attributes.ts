/** Attribute bits of a file or directory, as `Stat` of the contract has them. */
export const attributeBits = {
	readOnly: 1,
	hidden: 2,
	system: 4,
	/** Of a directory: names in it are found, and are taken, whatever their case. New directories in it have it too. */
	ignoresCase: 8,
	/** A file is encrypted; what is made in a directory will be. It is told, never set like the others. */
	encrypted: 16,
} as const;

export const allAttributes =
	attributeBits.readOnly | attributeBits.hidden | attributeBits.system | attributeBits.ignoresCase;
