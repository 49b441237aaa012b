/** Rights to a file or folder, as bits of an access mask ([MS-DTYP] 2.4.3, [MS-SMB2] 2.2.13.1). */
export const accessRights = {
	/** Of a folder: list it. */
	readData: 0x1,
	/** Of a folder: make files in it. */
	writeData: 0x2,
	/** Of a folder: make folders in it. */
	appendData: 0x4,
	readExtendedAttributes: 0x8,
	writeExtendedAttributes: 0x10,
	/** Of a folder: go through it. */
	execute: 0x20,
	deleteChild: 0x40,
	readAttributes: 0x80,
	writeAttributes: 0x100,
	delete: 0x1_0000,
	/** Read the descriptor. */
	readControl: 0x2_0000,
	/** Change who may do what. */
	writeDacl: 0x4_0000,
	writeOwner: 0x8_0000,
	/** Read and change what is audited. */
	accessSystemSecurity: 0x100_0000,
} as const;

const all = (...names: readonly (keyof typeof accessRights)[]): number =>
	names.reduce((mask, name) => mask | accessRights[name], 0);

export const readAccess = all('readData', 'readExtendedAttributes', 'readAttributes', 'readControl');
export const writeAccess = all('writeData', 'appendData', 'writeExtendedAttributes', 'writeAttributes', 'readControl');
export const executeAccess = all('execute', 'readAttributes', 'readControl');
export const modifyAccess = readAccess | writeAccess | executeAccess | accessRights.delete;
export const fullAccess = modifyAccess | all('deleteChild', 'writeDacl', 'writeOwner');

/** Names of the rights in a mask, for a reason that a person reads. */
export function describeRights(mask: number): string {
	const names = Object.entries(accessRights).filter(([, bit]) => (mask & bit) !== 0);
	return names.map(([name]) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(', ');
}
