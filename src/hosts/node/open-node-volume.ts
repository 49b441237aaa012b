/** The volumes of the Node host: files in a directory, or memory that goes with the process. */
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { hostClock } from '../common/host-clock.ts';

export async function openNodeVolume(directory: string | undefined): Promise<SystemVolume> {
	if (directory === undefined) return new MemoryFileSystem({ clock: hostClock });
	throw new Error('not wired yet');
}
