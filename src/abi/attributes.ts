/** Attribute bits of a file or directory, as `Stat` of the contract has them. */
export const attributeBits = {
	readOnly: 1,
	hidden: 2,
	system: 4,
	/** Of a directory: names in it are found, and are taken, whatever their case. New directories in it have it too. */
	ignoresCase: 8,
} as const;

export const allAttributes =
	attributeBits.readOnly | attributeBits.hidden | attributeBits.system | attributeBits.ignoresCase;
