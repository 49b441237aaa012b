/** How the types of the contract are named and written in TypeScript. */
import { enums, scalarTypes, structs } from '../../src/abi/types.ts';

export const banner = '// Generated from src/abi by `npm run generate`. Do not edit.\n';
const typescriptTypes: Record<string, string> = {
	void: 'void',
	boolean: 'boolean',
	u32: 'number',
	size: 'number',
	time: 'number',
	real: 'number',
	ns: 'bigint',
	offset: 'number',
	string: 'string',
	path: 'string',
	bytes: 'Uint8Array<ArrayBuffer>',
	handle: 'number',
	pid: 'number',
	u8column: 'Uint8Array',
	f64column: 'Float64Array',
	strings: 'string[]',
};

export function splitType(type: string): { base: string; suffix: '' | '[]' | '?' } {
	const suffix = type.endsWith('[]') ? '[]' : type.endsWith('?') ? '?' : '';
	return { base: suffix === '' ? type : type.slice(0, -suffix.length), suffix };
}

/** The TypeScript type for a type of the contract; throws when the contract does not know it. */
export function typescriptType(type: string): string {
	const { base, suffix } = splitType(type);
	if (base !== 'void' && !(base in scalarTypes) && !(base in enums) && !(base in structs))
		throw new Error(`The contract names an unknown type: ${type}`);
	return (typescriptTypes[base] ?? base) + (suffix === '[]' ? '[]' : suffix === '?' ? ' | undefined' : '');
}

export const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
