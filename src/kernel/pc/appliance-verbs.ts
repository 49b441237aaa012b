/** What the kernel asks the PC for about being an appliance; the work is in `hosts/pc/keeper/appliance-verbs.ts`. */
import type { PcAppliance } from '#abi/structures.generated.ts';

type Nothing = Readonly<Record<string, never>>;

export interface PcApplianceVerbs {
	readonly 'appliance.read': { readonly arguments: Nothing; readonly result: PcAppliance };
	readonly 'appliance.set': { readonly arguments: Omit<PcAppliance, 'left'>; readonly result: Nothing };
	/** Until the PC is started again. */
	readonly 'appliance.leave': { readonly arguments: Nothing; readonly result: Nothing };
}
