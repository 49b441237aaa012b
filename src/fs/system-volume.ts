/** The file system at the root of the system: a `FileSystem` that can tell of itself and verify itself. */
import type { VolumeStatus } from '#abi/structures.generated.ts';
import type { FileSystem } from './file-system.ts';

export type { VolumeStatus };

export interface SystemVolume extends FileSystem {
	status(): VolumeStatus;
	/** Reads everything and verifies every checksum; returns the paths whose bytes are damaged. */
	check(): string[] | Promise<string[]>;
	/**
	 * Erases what was deleted or overwritten, wherever the host's files still have it; other calls may come meanwhile. What
	 * was freed after it was called may stay for a while.
	 */
	eraseFreed(): void | Promise<void>;
	/** Releases the files of the host. Nothing may be called afterwards. */
	close(): void;
}
