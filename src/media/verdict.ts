/**
 * What a file is, in words for a person, and which machine can run it.
 *
 * Invariants:
 * - `sentence` is complete and plain; it is shown as it stands.
 * - `machine` is present exactly when Vitrine can run the file today.
 * - An unrecognised file says why in `reasons`, one sentence each.
 */

export type MediaKind =
	| 'dos-program'
	| 'dos-command'
	| 'dos-batch'
	| 'windows-16-bit'
	| 'windows-32-bit'
	| 'windows-64-bit'
	| 'windows-driver'
	| 'os2-program'
	| 'efi-program'
	| 'linux-kernel'
	| 'boot-sector'
	| 'floppy'
	| 'hard-disk'
	| 'disc'
	| 'disk-container'
	| 'archive'
	| 'picture'
	| 'text'
	| 'unknown';

export type DriveKind = 'floppy' | 'hard-disk' | 'disc';

export type MachineChoice =
	| { readonly engine: 'dos' }
	| { readonly engine: 'pc'; readonly drive: DriveKind; readonly memoryMegabytes: number };

export interface Fact {
	readonly label: string;
	readonly value: string;
}

export interface Verdict {
	readonly kind: MediaKind;
	readonly sentence: string;
	/** What can be done instead, when it cannot run. */
	readonly advice?: string;
	readonly machine?: MachineChoice;
	/** Details worth showing: volume label, file system, partitions. */
	readonly facts: readonly Fact[];
	readonly reasons: readonly string[];
}

export function verdict(kind: MediaKind, sentence: string, parts: Partial<Verdict> = {}): Verdict {
	return { facts: [], reasons: [], ...parts, kind, sentence };
}

export function unrecognised(...reasons: string[]): Verdict {
	return verdict('unknown', 'Vitrine does not know what kind of file this is.', { reasons });
}

/** "1.44 MB", "512 bytes": as old media are named. */
export function describeSize(sizeBytes: number): string {
	if (sizeBytes < 1024) return `${sizeBytes} bytes`;
	if (sizeBytes < 1_000_000) return `${Math.round(sizeBytes / 1024)} KB`;
	const megabytes = sizeBytes / 1024 / 1024;
	if (sizeBytes === 1_474_560) return '1.44 MB';
	if (sizeBytes === 2_949_120) return '2.88 MB';
	return megabytes < 1024 ? `${megabytes.toFixed(1)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}
