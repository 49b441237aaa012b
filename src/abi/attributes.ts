/** Attribute bits of a file or directory, as `Stat` of the contract has them. */
export const attributeBits = { readOnly: 1, hidden: 2, system: 4 } as const;

export const allAttributes = attributeBits.readOnly | attributeBits.hidden | attributeBits.system;
