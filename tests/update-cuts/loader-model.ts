/**
 * What `distro/loader/grub.cfg` does, in TypeScript: chooses the slot that starts. That the two agree is shown by
 * `npm run iso:update-cuts`, which starts virtual PCs by the real one.
 */
import type { BlockDevice } from '#hosts/pc/installed-disk/block-device.ts';
import { makeEnvironmentBlock, parseEnvironmentBlock } from '#hosts/pc/installed-disk/environment-block.ts';
import { otherSlot, type SlotName, sectorBytes } from '#hosts/pc/installed-disk/layout.ts';

export interface Choice {
	readonly slot: SlotName;
	readonly isTrial: boolean;
}

/** `block` is the file `vitrine/grubenv`; `isImage` is whether GRUB could read a menu in a slot. */
export async function chooseSlot(block: BlockDevice, isImage: (slot: SlotName) => Promise<boolean>): Promise<Choice> {
	const environment = new Map(parseEnvironmentBlock(await block.read(0, 2 * sectorBytes)) ?? []);
	const good = environment.get('good') === 'b' ? 'b' : 'a';
	const other = otherSlot(good);
	if (environment.get('try') === other && environment.get('tries') === '1') {
		environment.set('tries', '0');
		const made = makeEnvironmentBlock(environment);
		// GRUB writes the whole block, sector by sector.
		for (let place = 0; place < made.length; place += sectorBytes)
			await block.write(place, made.subarray(place, place + sectorBytes));
		await block.flush();
		if (await isImage(other)) return { slot: other, isTrial: true };
	}
	return { slot: (await isImage(good)) ? good : other, isTrial: false };
}
