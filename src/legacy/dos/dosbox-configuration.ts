/**
 * The configuration that DOSBox starts with.
 *
 * Invariants:
 * - The engine's own `keyboardlayout` stays off, since it changes the code page of the screen: KEYB is told both.
 * - No network: IPX is off, no serial port is a modem or a null modem.
 * - The first command is `cls`: what stands on the screen before it is DOSBox's own greeting and is never shown.
 */

import type { DosKeyboard } from '../keyboard-layout.ts';

export interface DosboxOptions {
	/** DOS path of the program from the root of C:, names of 8.3; `undefined` gives a prompt. */
	readonly program: string | undefined;
	readonly keyboard: DosKeyboard;
	readonly closeAtEnd: boolean;
	/** The engine knows the time by itself, but takes every day for one of 1998. */
	readonly today: Date;
}

export const firstCommand = '@cls';
export const soundRate = 44_100;

export function dosboxConfiguration(options: DosboxOptions): string {
	return [
		'[sdl]',
		'usescancodes=true',
		'[dosbox]',
		'machine=svga_s3',
		'memsize=16',
		'[cpu]',
		'core=auto',
		'cputype=auto',
		'cycles=auto',
		'[mixer]',
		`rate=${soundRate}`,
		'blocksize=1024',
		'prebuffer=20',
		'[render]',
		'frameskip=0',
		'aspect=false',
		'scaler=none',
		'[sblaster]',
		'sbtype=sb16',
		'[serial]',
		'serial1=dummy',
		'serial2=dummy',
		'serial3=disabled',
		'serial4=disabled',
		'[dos]',
		'xms=true',
		'ems=true',
		'umb=true',
		'keyboardlayout=none',
		'[ipx]',
		'ipx=false',
		'[autoexec]',
		// With echo on, each of these commands leaves an empty line above the program's own output.
		'@echo off',
		'@mount c c > nul',
		'@c:',
		...keyboardCommands(options.keyboard),
		`@date ${dosDate(options.today)} > nul`,
		firstCommand,
		...commands(options),
		'',
	].join('\r\n');
}

/** The American layout and the ROM's code page are what DOS starts with. */
function keyboardCommands({ layout, codePage }: DosKeyboard): string[] {
	return layout === 'us' ? [] : [`@keyb ${layout} ${codePage} > nul`];
}

function dosDate(date: Date): string {
	const twoDigits = (number: number) => String(number).padStart(2, '0');
	return `${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}-${date.getFullYear()}`;
}

function commands({ program, closeAtEnd }: DosboxOptions): string[] {
	if (program === undefined) return [];
	const lines: string[] = [];
	const slash = program.lastIndexOf('\\');
	if (slash > 0) lines.push(`@cd ${program.slice(0, slash)}`);
	const file = program.slice(slash + 1);
	if (file.toUpperCase().endsWith('.BAT')) lines.push('@echo on', `@call ${file}`);
	else lines.push(`@${file}`);
	if (closeAtEnd) lines.push('@exit');
	return lines;
}
