/**
 * The start menu of the medium, as GRUB reads it.
 *
 * On a medium it is read from the medium itself. On an installed disk each slot holds the bytes of a medium, with a menu of
 * its own in them: the disk's own file only chooses the slot, then goes to that menu.
 *
 * Invariants:
 * - The same file serves BIOS and UEFI, a medium and a slot. It loads no module: the BIOS loader has what it needs built
 *   in, and the signed one of UEFI loads none under Secure Boot.
 * - No serial port is touched, unless the machine's firmware carries the words of a test (`testWord`), which a virtual
 *   machine alone can say: a machine tool may hang on the port of a real one.
 * - By BIOS nothing is started that is not what was published: the loader, which the menu cannot change, holds the menu
 *   against `menuSums` (`makeFirstMenu`); the menu holds the kernel and the first program against `startSums`; the first
 *   program, which has the sums of everything else, does the rest. By UEFI the firmware answers for the loader and the kernel
 *   (Secure Boot); Debian's signed loader knows no sums.
 *
 * What the disk's own file (distro/loader/grub.cfg) hands over, exported: `root` and `vitrine_slot` (a or b), which the first
 * program then takes alone; `vitrine_other`, `vitrine_other_root`, `vitrine_other_version` for the entry of the other slot;
 * `vitrine_trial`, when this is the one trial of an update.
 */

export interface BootEntry {
	/** By this a test names it. */
	readonly id: string;
	readonly title: string;
	/** Words added to the kernel's command line. */
	readonly words: readonly string[];
}

export const bootEntries: readonly BootEntry[] = [
	{ id: 'start', title: 'Vitrine', words: [] },
	{ id: 'forget', title: 'Vitrine, forget this session at its end', words: ['vitrine.data=forget'] },
	{ id: 'memory', title: 'Vitrine, copied to memory (the medium can be taken out)', words: ['vitrine.ram'] },
	// No driver of a graphics card at all: the screen stays as the firmware made it.
	{ id: 'safe', title: 'Vitrine, safe graphics', words: ['nomodeset'] },
	{ id: 'check', title: 'Check this medium, then start', words: ['vitrine.check'] },
];

/**
 * The string that a test gives to the virtual machine's firmware (SMBIOS type 11): the menu then does not wait, and the
 * first program says on the serial line what happens. `vitrine-test=check` starts the entry `check`.
 */
export const testWord = 'vitrine-test';

/** What the loader's lists of sums are called on the medium; each line is `SHA-256␠␠/PATH`. */
export const menuSums = '/boot/grub/menu.sums';
export const startSums = '/boot/grub/start.sums';

const commonWords = [
	'quiet',
	'loglevel=3',
	'vt.global_cursor_default=0',
	// What the first program says when it cannot start is read from a distance.
	'fbcon=font:TER16x32',
	// Whatever the kernel and process 1 have to say goes to a screen that nobody sees. What is wrong is said by the first
	// program, in words, on the one that is seen.
	'console=tty8',
];

/** `id` tells the medium that belongs to this menu from every other. */
export function makeBootMenu(id: string, entries: readonly BootEntry[] = bootEntries): string {
	const parts = [makeHead(id), makeRefusal('start menu'), makeStart(id), ...entries.map(makeEntry), lastEntries];
	return `${parts.join('\n')}\n`;
}

/**
 * The mode of the screen that the firmware makes, which is all there is where no driver knows the graphics card.
 *
 * - 32 bits a dot, else 16: X draws on no screen of 24, which is what `auto` finds in some virtual machines.
 * - By UEFI the mode that the firmware chose, as it knows the screen. By BIOS one that every screen shows: `auto` would
 *   be the largest that the card can, whether or not the screen can.
 * - Drawn by the firmware alone: the loader's own drivers for two cards of virtual machines know one small mode.
 */
const firmwareScreen = `if [ "$grub_platform" = "efi" ]; then
	set gfxmode=0x0x32,0x0x16,auto
	if [ -z "$vitrine_screen" ]; then
		rmmod all_video
		rmmod video_bochs
		rmmod video_cirrus
		set vitrine_screen=firmware
		export vitrine_screen
	fi
else
	set gfxmode=1024x768x32,1024x768x16,800x600x32,800x600x16,auto
fi`;

function makeHead(id: string): string {
	return `if [ -z "$vitrine_slot" ]; then search --no-floppy --file --set=root /vitrine/${id}.id; fi
${firmwareScreen}
set gfxpayload=keep
if loadfont /boot/grub/menu.pf2; then loadfont /boot/grub/text.pf2; set gfxterm_font="Liberation Mono Regular 20"; fi
terminal_output gfxterm
set theme=/boot/theme/theme.txt
set timeout=3
set default=start
set serial=
smbios --type 11 --get-string 4 --set oem
# A busy machine gives its virtual PC a clock so late that the kernel takes it for broken: no_timer_check.
if regexp --set=1:entry '^${testWord}(=[a-z]+)?$' "$oem"; then
	set serial="vitrine.serial=ttyS0 no_timer_check"
	set timeout=0
	if regexp --set=1:entry '=(.*)' "$entry"; then set default=$entry; fi
fi`;
}

/** Says that something is not what was published, and waits for Esc: in the firmware's own letters, which are always there. */
function makeRefusal(whereTo: string): string {
	return `function refuse {
	terminal_output console
	set color_normal=white/black
	clear
	echo
	echo "  This copy of Vitrine is damaged"
	echo
	echo "  $1 is not what was published,"
	echo "  so nothing was started. Nothing on this computer has been changed."
	echo
	echo "  Write the stick or the disc anew, from a file whose signature you"
	echo "  have checked."
	echo
	echo "  Press Esc to go back to the ${whereTo}."
	if [ -n "$vitrine_trial" ]; then sleep 10; reboot; fi
	sleep --interruptible 86400
}`;
}

/**
 * `start WORDS` starts the kernel. What the check says when all is well stands in black on black. A trial that ends in a
 * panic ends in a restart, which leads back to the slot that is good.
 */
function makeStart(id: string): string {
	const words = [...commonWords, `vitrine.id=${id}`, '$@', '$slot', '$trial', '$serial'].join(' ');
	return `set slot=
if [ -n "$vitrine_slot" ]; then set slot="vitrine.slot=$vitrine_slot"; fi
set trial=
if [ -n "$vitrine_trial" ]; then set trial="vitrine.trial panic=10"; fi
function is_whole {
	if [ "$grub_platform" = efi ]; then true; else sha256sum --check ${startSums}; fi
}
function start {
	set color_normal=black/black
	clear
	if is_whole; then
		linux /boot/vmlinuz ${words}
		initrd /boot/initramfs.img
	else
		refuse "What starts first"
	fi
}`;
}

function makeEntry({ id, title, words }: BootEntry): string {
	return `menuentry "${title}" --id ${id} {\n\t${['start', ...words].join(' ')}\n}`;
}

/** Under Secure Boot the loader starts no memory test: it is not signed. */
const lastEntries = `if [ -n "$vitrine_other" -a -n "$vitrine_other_version" ]; then
	menuentry "Vitrine $vitrine_other_version, the other version on this disk" --id other {
		set vitrine_slot=$vitrine_other
		set root=$vitrine_other_root
		set vitrine_other=
		set vitrine_trial=
		configfile ($root)/boot/grub/grub.cfg
	}
fi
if [ "$lockdown" != y ]; then
	menuentry "Test the memory of this PC" --id test {
		if [ "$grub_platform" = efi ]; then linux /boot/memtest.efi; else linux /boot/memtest.bin; fi
	}
fi
menuentry "Restart" --id restart {
	reboot
}
menuentry "Shut down" --id off {
	halt
}`;

/** What the BIOS loader has in itself: finds the medium, holds its menu against the list, goes there. */
export function makeFirstMenu(markFile: string): string {
	return `search --no-floppy --file --set=root ${markFile}
set prefix=($root)/boot/grub
set color_normal=black/black
if sha256sum --check ${menuSums}; then
	set color_normal=light-gray/black
	configfile /boot/grub/grub.cfg
else
	set color_normal=white/black
	clear
	echo
	echo "  This copy of Vitrine is damaged"
	echo
	echo "  Its start menu is not what was published, so nothing was started."
	echo "  Nothing on this computer has been changed."
	echo
	echo "  Write the stick or the disc anew, from a file whose signature you"
	echo "  have checked."
	echo
	echo "  Press Esc to restart."
	sleep --interruptible 86400
	reboot
fi
`;
}
