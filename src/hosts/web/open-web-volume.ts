/** The system volume of the web host. */
import type { Clock } from '#base/ports.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';

export async function openWebVolume(clock: Clock): Promise<SystemVolume> {
	return new MemoryFileSystem({ clock });
}
