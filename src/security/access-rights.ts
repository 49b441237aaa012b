/** Names of rights, as a person reads them in a reason. */
import { type AccessRight, accessRights } from '#abi/access.ts';

export type Subject = 'file' | 'directory';

const words: Readonly<Record<AccessRight, readonly [ofFile: string, ofFolder: string]>> = {
	readData: ['reading', 'listing'],
	writeData: ['writing', 'making files'],
	appendData: ['adding to it', 'making folders'],
	readExtendedAttributes: ['reading extended attributes', 'reading extended attributes'],
	writeExtendedAttributes: ['writing extended attributes', 'writing extended attributes'],
	execute: ['running', 'passing through'],
	deleteChild: ['deleting what is in it', 'deleting what is in it'],
	readAttributes: ['reading attributes', 'reading attributes'],
	writeAttributes: ['changing attributes and times', 'changing attributes and times'],
	delete: ['deleting', 'deleting'],
	readControl: ['reading its permissions', 'reading its permissions'],
	writeDacl: ['changing its permissions', 'changing its permissions'],
	writeOwner: ['changing its owner', 'changing its owner'],
	accessSystemSecurity: ['seeing or changing what is audited', 'seeing or changing what is audited'],
};

/** `reading, deleting`: the rights in a mask. */
export function describeRights(mask: number, subject: Subject = 'file'): string {
	const names = Object.entries(accessRights).filter(([, bit]) => (mask & bit) !== 0);
	return names.map(([name]) => words[name as AccessRight][subject === 'file' ? 0 : 1]).join(', ');
}
