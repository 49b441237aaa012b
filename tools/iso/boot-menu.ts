/**
 * The start menu of the medium, as GRUB reads it.
 *
 * Invariants:
 * - The same file serves BIOS and UEFI. It loads no module: the BIOS loader has what it needs built in, and the signed
 *   one of UEFI loads none under Secure Boot.
 * - No serial port is touched, unless the machine's firmware carries the words of a test (`testWord`), which a virtual
 *   machine alone can say: a machine tool may hang on the port of a real one.
 */

export interface BootEntry {
	readonly title: string;
	/** Words added to the kernel's command line. */
	readonly words: readonly string[];
}

export const bootEntries: readonly BootEntry[] = [
	{ title: 'Vitrine', words: [] },
	{ title: 'Vitrine, forget this session at its end', words: ['vitrine.data=forget'] },
	{ title: 'Vitrine, copied to memory (the medium can be taken out)', words: ['vitrine.ram'] },
	{ title: 'Vitrine, safe graphics', words: ['vitrine.graphics=safe'] },
];

/** The string that a test gives to the virtual machine's firmware (SMBIOS type 11). */
export const testWord = 'vitrine-test';

const commonWords = [
	'quiet',
	'loglevel=3',
	'vt.global_cursor_default=0',
	// Whatever the kernel and process 1 have to say goes to a screen that nobody sees. What is wrong is said by the first
	// program, in words, on the one that is seen.
	'console=tty8',
];

/** `id` tells the medium that belongs to this menu from every other. */
export function makeBootMenu(id: string, entries: readonly BootEntry[] = bootEntries): string {
	const head = [
		`search --no-floppy --file --set=root /vitrine/${id}.id`,
		'loadfont /boot/grub/font.pf2',
		'set gfxmode=auto',
		'set gfxpayload=keep',
		'terminal_output gfxterm',
		'set theme=/boot/theme/theme.txt',
		'set timeout=3',
		'set default=0',
		'set serial=',
		'smbios --type 11 --get-string 4 --set oem',
		`if [ "$oem" = "${testWord}" ]; then set serial="vitrine.serial=ttyS0"; set timeout=0; fi`,
	];
	return `${[...head, ...entries.map((entry) => makeEntry(entry, id)), powerEntries].join('\n')}\n`;
}

function makeEntry({ title, words }: BootEntry, id: string): string {
	const line = [...commonWords, `vitrine.id=${id}`, ...words, '$serial'].join(' ');
	return `menuentry "${title}" {\n\tlinux /boot/vmlinuz ${line}\n\tinitrd /boot/initramfs.img\n}`;
}

const powerEntries = 'menuentry "Restart" {\n\treboot\n}\nmenuentry "Shut down" {\n\thalt\n}';
