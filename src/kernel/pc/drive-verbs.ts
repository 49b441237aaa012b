/** What the kernel asks the PC for about what is plugged in; the work is in `hosts/pc/drives` and `keeper/drive-verbs.ts`. */
import type { PcDrive } from '#abi/structures.generated.ts';

export interface PcDriveVerbs {
	/** `path` is the kernel's to say. */
	readonly 'drive.list': {
		readonly arguments: Readonly<Record<string, never>>;
		readonly result: readonly Omit<PcDrive, 'path'>[];
	};
	/** From then on its files can be reached (`PcHost.openDrive`). */
	readonly 'drive.mount': {
		readonly arguments: { readonly drive: string };
		readonly result: { readonly readOnly: boolean };
	};
	/** When it is answered, everything is on the drive. EBUSY while a file of it is open. */
	readonly 'drive.unmount': {
		readonly arguments: { readonly drive: string };
		readonly result: Readonly<Record<string, never>>;
	};
}
