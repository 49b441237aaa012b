/**
 * What an arrow does to a window when it snaps by keyboard.
 *
 * Left and right walk the ring left half, normal, right half; up and down go through maximised, the quarters and
 * minimised.
 */
import type { Placement } from './geometry.ts';

export type SnapKey = 'left' | 'right' | 'up' | 'down';

const transitions: Record<SnapKey, Partial<Record<Placement, Placement | 'minimized'>>> = {
	left: {
		normal: 'left',
		maximized: 'left',
		right: 'normal',
		left: 'right',
		'top-right': 'top-left',
		'bottom-right': 'bottom-left',
	},
	right: {
		normal: 'right',
		maximized: 'right',
		left: 'normal',
		right: 'left',
		'top-left': 'top-right',
		'bottom-left': 'bottom-right',
	},
	up: {
		normal: 'maximized',
		left: 'top-left',
		right: 'top-right',
		'bottom-left': 'left',
		'bottom-right': 'right',
		'top-left': 'maximized',
		'top-right': 'maximized',
	},
	down: {
		normal: 'minimized',
		maximized: 'normal',
		left: 'bottom-left',
		right: 'bottom-right',
		'top-left': 'left',
		'top-right': 'right',
		'bottom-left': 'minimized',
		'bottom-right': 'minimized',
	},
};

export function placementAfterKey(placement: Placement, key: SnapKey): Placement | 'minimized' {
	return transitions[key][placement] ?? placement;
}
