/**
 * GRUB's environment block: a few named values that the loader and the running system both read and write
 * (grub 2.06, `grub-core/lib/envblk.c`; GRUB manual, "Environment block").
 *
 * | Bytes | |
 * |---|---|
 * | `# GRUB Environment Block\\n` | the first 25 |
 * | `NAME=VALUE\\n`, … | a backslash stands before a backslash or a line feed of a value |
 * | `#` … | up to 1024 bytes in all |
 *
 * Invariants: all that is said stands in the first 512 bytes. A sector is written whole or not at all, so a power cut
 * leaves the block as it was or as it was to be.
 */
import { sectorBytes } from './layout.ts';

const header = '# GRUB Environment Block\n';
export const environmentBlockBytes = 1024;

export type Environment = ReadonlyMap<string, string>;

/** The values in a block, given whole or only its first sector; `undefined` when it is no such block. */
export function parseEnvironmentBlock(bytes: Uint8Array): Environment | undefined {
	const text = new TextDecoder('latin1').decode(bytes);
	if (!text.startsWith(header)) return undefined;
	const environment = new Map<string, string>();
	let rest = text.slice(header.length);
	while (rest !== '' && !rest.startsWith('#')) {
		const line = /^([^=\n]+)=((?:\\[\s\S]|[^\\\n])*)\n/.exec(rest);
		if (line === null) return undefined;
		environment.set(line[1] ?? '', (line[2] ?? '').replace(/\\([\s\S])/g, '$1'));
		rest = rest.slice(line[0].length);
	}
	return environment;
}

/** The whole block. Throws when the values need more than its first sector. */
export function makeEnvironmentBlock(environment: Environment): Uint8Array {
	const lines = [...environment].map(([name, value]) => `${name}=${value.replace(/[\\\n]/g, '\\$&')}\n`);
	const text = header + lines.join('');
	// One `#` must stand in the same sector, so that it is read alone too.
	if (text.length >= sectorBytes) throw new RangeError('The environment block is full.');
	return Buffer.from(text.padEnd(environmentBlockBytes, '#'), 'latin1');
}
