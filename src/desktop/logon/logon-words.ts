/** What the logon screen says beside the system's answers. */

/** `0:27`, `2:05`. */
export function formatWait(milliseconds: number): string {
	const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `Anna`, `Anna and Bert`, `Anna, Bert and Carla`. */
export function listNames(names: readonly string[]): string {
	return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(names);
}
