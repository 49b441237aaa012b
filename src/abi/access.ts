/**
 * The bits of access lists: rights to a file or folder ([MS-DTYP] 2.4.3, [MS-SMB2] 2.2.13.1), and flags of an entry
 * ([MS-DTYP] 2.4.4.1).
 *
 * Not to be taken for the rights of a handle (`rights.ts`): these say what somebody may do, those what a handle can.
 */
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

export type AccessRight = keyof typeof accessRights;

export const aceFlags = {
	/** Files in the folder get the entry. */
	objectInherit: 0x1,
	/** Folders in the folder get it. */
	containerInherit: 0x2,
	/** They do not hand it on. */
	noPropagate: 0x4,
	/** It means nothing for the folder itself. */
	inheritOnly: 0x8,
	/** It came from the folder above. */
	inherited: 0x10,
	/** Of an audit entry: note what was allowed, what was refused. */
	successfulAccess: 0x40,
	failedAccess: 0x80,
} as const;

const all = (...names: readonly AccessRight[]): number => names.reduce((mask, name) => mask | accessRights[name], 0);

export const readAccess = all('readData', 'readExtendedAttributes', 'readAttributes', 'readControl');
export const writeAccess = all('writeData', 'appendData', 'writeExtendedAttributes', 'writeAttributes', 'readControl');
export const executeAccess = all('execute', 'readAttributes', 'readControl');
export const modifyAccess = readAccess | writeAccess | executeAccess | accessRights.delete;
export const fullAccess = modifyAccess | all('deleteChild', 'writeDacl', 'writeOwner');
/** Means nothing here, and stands in most lists that Windows writes. */
const synchronize = 0x10_0000;
/** Every bit that may stand in a list. */
export const knownAccess = fullAccess | accessRights.accessSystemSecurity | synchronize;
/** Every bit that means something among the flags of an entry. */
export const knownAceFlags = Object.values(aceFlags).reduce((mask, flag) => mask | flag, 0);
