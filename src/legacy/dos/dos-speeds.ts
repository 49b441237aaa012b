/** Speeds of a DOS machine in instructions a millisecond, named after the processors they come near. */
import type { SpeedChoice } from '../machine.ts';

interface DosSpeed extends SpeedChoice {
	/** 0: the engine chooses (3,000 in real mode, as fast as it can for programs in protected mode). */
	readonly cycles: number;
}

export const dosSpeeds: readonly DosSpeed[] = [
	{ id: 'automatic', label: 'Automatic', cycles: 0 },
	{ id: 'xt', label: 'PC XT, 4.77 MHz', cycles: 310 },
	{ id: 'at', label: 'PC AT (286), 12 MHz', cycles: 1_500 },
	{ id: '386', label: '386, 33 MHz', cycles: 6_000 },
	{ id: '486', label: '486, 66 MHz', cycles: 25_000 },
	{ id: 'pentium', label: 'Pentium, 90 MHz', cycles: 60_000 },
];

export function findDosSpeed(id: string): DosSpeed | undefined {
	return dosSpeeds.find((speed) => speed.id === id);
}
