/** What the kernel asks the PC for about updates; the work is in `hosts/pc/keeper/update-verbs.ts`. */
import type { PcUpdate, PcUpdateChoice, PcUpdateOffer } from '#abi/structures.generated.ts';

type Nothing = Readonly<Record<string, never>>;

export interface PcUpdateVerbs {
	readonly 'update.state': { readonly arguments: Nothing; readonly result: PcUpdate };
	readonly 'update.find': { readonly arguments: Nothing; readonly result: PcUpdateOffer[] };
	readonly 'update.install': { readonly arguments: { readonly offer: string }; readonly result: Nothing };
	readonly 'update.choose': { readonly arguments: { readonly choice: PcUpdateChoice }; readonly result: Nothing };
}
