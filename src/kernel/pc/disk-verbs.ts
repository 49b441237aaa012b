/** What the kernel, and the page that unlocks the data partition, ask the PC for about its disks; the work is in `hosts/pc/keeper/disk-verbs.ts`. */
import type { PcData, PcDataState, PcDisk, PcImage } from '#abi/structures.generated.ts';

type Nothing = Readonly<Record<string, never>>;

interface DiskWish {
	/** `PcDisk.identifier` */
	readonly disk: string;
	/** Empty for no encryption. */
	readonly passphrase: string;
}

interface ImageWish {
	/** Content of `IMAGE.minisig`; empty without one. */
	readonly signature: string;
	readonly sizeBytes: number;
}

export interface PcDiskVerbs {
	readonly 'disk.list': { readonly arguments: Nothing; readonly result: PcDisk[] };
	readonly 'disk.install': { readonly arguments: DiskWish; readonly result: Nothing };
	readonly 'disk.make-data': { readonly arguments: DiskWish; readonly result: Nothing };
	readonly 'data.state': { readonly arguments: Nothing; readonly result: PcData };
	/** Replies with what became of it: `kept`, or `damaged`. EACCES when the passphrase is wrong. */
	readonly 'data.unlock': {
		readonly arguments: { readonly passphrase: string };
		readonly result: { readonly state: PcDataState };
	};
	/** The session goes on without it. */
	readonly 'data.leave-alone': { readonly arguments: Nothing; readonly result: Nothing };
	/** The browser ends and comes back, on the profile that is right by then. */
	readonly 'desktop.start-anew': { readonly arguments: Nothing; readonly result: Nothing };
	readonly 'data.set-passphrase': {
		readonly arguments: { readonly present: string; readonly next: string };
		readonly result: Nothing;
	};
	readonly 'image.judge': { readonly arguments: ImageWish; readonly result: PcImage };
	/** Takes the image's bytes. Replies when they are what was signed; at once when there is nothing to hold them against. */
	readonly 'image.check': { readonly arguments: ImageWish; readonly result: Nothing };
	/** Takes the image's bytes. */
	readonly 'image.write': { readonly arguments: ImageWish & { readonly disk: string }; readonly result: Nothing };
}
