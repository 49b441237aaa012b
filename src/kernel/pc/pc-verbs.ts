/**
 * Everything that the kernel asks the PC for: what goes out and what comes back, by verb. Values of JSON.
 *
 * Rules of use: who adds a call adds its verb here, and its work in `hosts/pc`: in `host-verbs.ts` when the host service
 * can do it without rights, in `keeper/verbs.ts` when it takes root.
 */
import type { PcFacts, PcPower } from '#abi/structures.generated.ts';
import type { PcApplianceVerbs } from './appliance-verbs.ts';
import type { PcDiskVerbs } from './disk-verbs.ts';
import type { PcDriveVerbs } from './drive-verbs.ts';
import type { PcSettingVerbs } from './setting-verbs.ts';
import type { PcUpdateVerbs } from './update-verbs.ts';

/** For a verb that needs no arguments. */
type Nothing = Readonly<Record<string, never>>;

export interface PcVerbs extends PcDiskVerbs, PcDriveVerbs, PcUpdateVerbs, PcSettingVerbs, PcApplianceVerbs {
	/** Everything that was written so far reaches the disk, names of new files too; EIO when the disk does not take it. */
	readonly 'data.settle': { readonly arguments: Nothing; readonly result: null };
	readonly 'pc.facts': { readonly arguments: Nothing; readonly result: PcFacts };
	readonly 'pc.power': { readonly arguments: Nothing; readonly result: PcPower };
}
