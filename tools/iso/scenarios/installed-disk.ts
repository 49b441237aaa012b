/** A disk with two slots, as the installation leaves it: it starts by every firmware, from the slot that is good. */
import { rm } from 'node:fs/promises';
import { makeInstalledDisk } from '../make-installed-disk.ts';
import { VirtualPc, type VirtualPcOptions } from '../virtual-pc.ts';
import { type Scenario, type ScenarioInput, shortTimeoutMs } from './scenario.ts';

/** As far as the first program, which says from where the rest comes. */
function findsSlot(name: string, title: string, firmware: VirtualPcOptions['firmware'] & string): Scenario {
	return {
		name,
		title,
		run: async (input: ScenarioInput) => {
			const disk = `${input.directory}.disk`;
			await makeInstalledDisk(disk, input.image);
			await using pc = await VirtualPc.start({ ...input, medium: 'none', disk, firmware });
			await pc.waitFor(/medium \/dev\/vda3$/, shortTimeoutMs);
			await rm(disk);
		},
	};
}

export const installedDiskScenarios: readonly Scenario[] = [
	findsSlot('slot-bios', 'finds its slot by BIOS', 'bios'),
	findsSlot('slot-uefi', 'finds its slot by UEFI', 'uefi'),
	findsSlot('slot-secure-boot', 'finds its slot by UEFI with Secure Boot', 'secure-boot'),
];
