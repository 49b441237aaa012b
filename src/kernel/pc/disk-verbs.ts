/** What the kernel asks the PC for about its disks; the work is in `hosts/pc/keeper/disk-verbs.ts`. */
import type { PcData, PcDisk } from '#abi/structures.generated.ts';

type Nothing = Readonly<Record<string, never>>;

interface DiskWish {
	/** `PcDisk.identifier` */
	readonly disk: string;
	/** Empty for no encryption. */
	readonly passphrase: string;
}

export interface PcDiskVerbs {
	readonly 'disk.list': { readonly arguments: Nothing; readonly result: PcDisk[] };
	readonly 'disk.install': { readonly arguments: DiskWish; readonly result: Nothing };
	readonly 'disk.make-data': { readonly arguments: DiskWish; readonly result: Nothing };
	readonly 'data.state': { readonly arguments: Nothing; readonly result: PcData };
	readonly 'data.set-passphrase': {
		readonly arguments: { readonly present: string; readonly next: string };
		readonly result: Nothing;
	};
}
