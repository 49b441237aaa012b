/**
 * DOS files without a header: .COM programs and batch files. Only their name says what they are, so their content is
 * asked whether that can be true.
 *
 * A .COM program is loaded whole at offset 0x100 of one 64 KiB segment, so it has at most 65,280 bytes.
 */
import { extensionName } from '#base/path.ts';
import type { BoundedReader } from './byte-source.ts';
import { describeSize, unrecognised, type Verdict, verdict } from './verdict.ts';

const largestCommand = 0xff00;
const sampleBytes = 4096;

export async function recogniseCommandFile(reader: BoundedReader, name: string): Promise<Verdict | undefined> {
	const extension = extensionName(name);
	if (extension === '.com') return await recogniseCommand(reader);
	if (extension === '.bat') return await recogniseBatch(reader);
	return undefined;
}

async function recogniseCommand(reader: BoundedReader): Promise<Verdict> {
	if (reader.size > largestCommand) {
		return unrecognised(`A .COM program has at most 65,280 bytes; this file has ${describeSize(reader.size)}.`);
	}
	const sample = await reader.available(0, sampleBytes);
	if (sample.every((byte) => byte === 0 || byte === 0xff)) {
		return unrecognised('Its name ends in .COM, but it holds no program: its bytes are all empty.');
	}
	return verdict('dos-command', 'This is a DOS program (.COM).', { machine: { engine: 'dos' } });
}

async function recogniseBatch(reader: BoundedReader): Promise<Verdict> {
	const sample = await reader.available(0, sampleBytes);
	if (sample.length === 0) return unrecognised('The batch file is empty.');
	if (!looksLikeText(sample)) return unrecognised('Its name ends in .BAT, but it does not hold text.');
	return verdict('dos-batch', 'This is a DOS batch file.', { machine: { engine: 'dos' } });
}

/** Whether bytes can be text in any code page that DOS knew: no control codes but white space and end of file. */
export function looksLikeText(bytes: Uint8Array): boolean {
	const allowed = new Set([0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b]);
	return bytes.every((byte) => byte >= 0x20 || allowed.has(byte));
}
