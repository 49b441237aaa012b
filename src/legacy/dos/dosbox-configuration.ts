/**
 * The configuration that DOSBox starts with.
 *
 * Invariants:
 * - No network: IPX is off, no serial port is a modem or a null modem.
 * - The first command is `cls`: what stands on the screen before it is DOSBox's own greeting and is never shown.
 */

export interface DosboxOptions {
	/** DOS path of the program from the root of C:, names of 8.3; `undefined` gives a prompt. */
	readonly program: string | undefined;
	readonly keyboardLayout: string;
	readonly closeAtEnd: boolean;
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
		`keyboardlayout=${options.keyboardLayout}`,
		'[ipx]',
		'ipx=false',
		'[autoexec]',
		'@mount c c > nul',
		'@c:',
		firstCommand,
		...commands(options),
		'',
	].join('\r\n');
}

function commands({ program, closeAtEnd }: DosboxOptions): string[] {
	if (program === undefined) return [];
	const lines: string[] = [];
	const slash = program.lastIndexOf('\\');
	if (slash > 0) lines.push(`@cd ${program.slice(0, slash)}`);
	const file = program.slice(slash + 1);
	lines.push(file.toUpperCase().endsWith('.BAT') ? `@call ${file}` : `@${file}`);
	if (closeAtEnd) lines.push('@exit');
	return lines;
}
