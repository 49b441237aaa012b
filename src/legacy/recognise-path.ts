/** What a file of the volume is, for the desktop's double-click and for the machine program. */
import { baseName } from '#base/path.ts';
import { recognise } from '#media/recognise.ts';
import type { Verdict } from '#media/verdict.ts';
import type { System } from '#runtime/system.ts';
import { VolumeByteSource } from './volume-byte-source.ts';

export async function recognisePath(system: System, path: string): Promise<Verdict> {
	const source = await VolumeByteSource.open(system, path);
	try {
		return await recognise(source, baseName(path));
	} finally {
		await source.close();
	}
}

/** Which program of the desktop opens the file: a machine also says in words why it cannot run one. */
export async function recogniseOpener(
	system: System,
	path: string,
): Promise<'machine' | 'text' | 'picture' | 'unknown'> {
	const { kind } = await recognisePath(system, path);
	if (kind === 'text' || kind === 'picture' || kind === 'unknown') return kind;
	return kind === 'archive' ? 'unknown' : 'machine';
}
