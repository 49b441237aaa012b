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
		// On an installed disk the first menu (distro/loader/grub.cfg) has chosen the slot and says which.
		`if [ -z "$vitrine_slot" ]; then search --no-floppy --file --set=root /vitrine/${id}.id; fi`,
		'loadfont /boot/grub/font.pf2',
		'set gfxmode=auto',
		'set gfxpayload=keep',
		'terminal_output gfxterm',
		'set theme=/boot/theme/theme.txt',
		'set timeout=3',
		'set default=0',
		'set slot=',
		'if [ -n "$vitrine_slot" ]; then set slot=vitrine.slot=$vitrine_slot; fi',
		'if [ -n "$vitrine_trial" ]; then set vitrine_trial="vitrine.trial panic=10"; fi',
		'set serial=',
		'smbios --type 11 --get-string 4 --set oem',
		`if [ "$oem" = "${testWord}" ]; then set serial="vitrine.serial=ttyS0"; set timeout=0; fi`,
	];
	const made = entries.map((entry) => makeEntry(entry, id));
	return `${[...head, ...made, previousEntry, powerEntries].join('\n')}\n`;
}

function makeEntry({ title, words }: BootEntry, id: string): string {
	const line = [...commonWords, `vitrine.id=${id}`, ...words, ...slotWords].join(' ');
	return `menuentry "${title}" {\n\tlinux /boot/vmlinuz ${line}\n\tinitrd /boot/initramfs.img\n}`;
}

/**
 * Which slot it is, and whether this is its trial. A trial that ends in a panic ends in a restart, which leads back to
 * the slot that is good.
 */
const slotWords = ['$slot', '$vitrine_trial', '$serial'];

/** The version in the other slot, for this start. Its own menu knows how it wants to be started. */
const previousEntry = `if [ -n "$vitrine_other" -a -n "$vitrine_other_version" ]; then
menuentry "Vitrine $vitrine_other_version, the other version on this disk" {
	set vitrine_slot=$vitrine_other
	set root=$vitrine_other_root
	set vitrine_other=
	set vitrine_trial=
	configfile ($root)/boot/grub/grub.cfg
}
fi`;

const powerEntries = 'menuentry "Restart" {\n\treboot\n}\nmenuentry "Shut down" {\n\thalt\n}';
