/**
 * How large the guest's picture is shown.
 *
 * Invariants:
 * - `crisp`: every dot of the guest is a whole number of dots of the display across, and also down, unless the shape of
 *   the old monitor is wanted and the dots are large enough (two or more) that uneven rows do not hurt letters.
 * - `smooth`: the largest size that fits, in the monitor's shape when that is wanted.
 * - A picture never exceeds the area but when one dot each would not fit: then it is shrunk.
 */
import type { ScreenSize } from '#legacy/machine.ts';

export interface Area {
	readonly width: number;
	readonly height: number;
}

export interface ScalingChoice {
	readonly scaling: 'crisp' | 'smooth';
	readonly aspectCorrection: boolean;
}

/** Size in dots of the display. */
export function fitScreen(screen: ScreenSize, area: Area, choice: ScalingChoice): Area {
	const natural = screen.width / screen.height;
	if (choice.scaling === 'smooth') return fitRatio(area, choice.aspectCorrection ? screen.aspectRatio : natural);
	const scale = Math.floor(Math.min(area.width / screen.width, area.height / screen.height));
	if (scale < 1) return fitRatio(area, natural);
	const width = screen.width * scale;
	const corrected = Math.round(width / screen.aspectRatio);
	const correct = choice.aspectCorrection && scale >= 2 && corrected <= area.height;
	return { width, height: correct ? corrected : screen.height * scale };
}

function fitRatio(area: Area, ratio: number): Area {
	const width = Math.min(area.width, Math.floor(area.height * ratio));
	return { width, height: Math.round(width / ratio) };
}
