/** The modes of a screen as a person chooses among them. */
import type { PcScreenMode } from '#abi/structures.generated.ts';

export interface ScreenLook {
	readonly mode: PcScreenMode;
	readonly scale: number;
}

export const scales: readonly number[] = [1, 1.25, 1.5, 1.75, 2, 2.5, 3];

export function keyOf({ width, height, millihertz }: PcScreenMode): string {
	return `${width}x${height}@${millihertz}`;
}

export function titleOf({ width, height, millihertz }: PcScreenMode): string {
	// The screen of a virtual PC does not say how often it shows a picture.
	if (millihertz === 0) return `${width} × ${height}`;
	return `${width} × ${height}, ${Math.round(millihertz / 1000)} Hz`;
}

/** The largest first; of two that read alike the one in use, or the faster. What is too small for the desktop is left out. */
export function sizesOf(modes: readonly PcScreenMode[], current: PcScreenMode): PcScreenMode[] {
	const byTitle = new Map<string, PcScreenMode>();
	const sorted = modes
		.filter(({ width, height }) => width >= 800 && height >= 600)
		.toSorted((one, other) => other.millihertz - one.millihertz);
	for (const mode of [current, ...sorted]) if (!byTitle.has(titleOf(mode))) byTitle.set(titleOf(mode), mode);
	return [...byTitle.values()].sort(
		(one, other) =>
			other.width * other.height - one.width * one.height ||
			other.width - one.width ||
			other.millihertz - one.millihertz,
	);
}
