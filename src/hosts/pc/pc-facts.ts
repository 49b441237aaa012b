/**
 * What the PC is and how it was started, as the kernel and the firmware tell it.
 *
 * Sources: `/sys/class/dmi/id` (SMBIOS), `/proc/cpuinfo`, `/proc/meminfo`, `/sys/kernel/boot_params/data` (zero-page.rst
 * of the Linux kernel), and what the first program and `mount-data` leave in `/run`.
 */
import type { PcFacts } from '#abi/structures.generated.ts';
import type { SystemText } from './system-text.ts';

/** The byte of the boot parameters that says whether the firmware checks signatures, and its value for yes. */
const secureBootOffset = 0x1ec;
const secureBootEnabled = 3;

/** What makers write into fields that they do not fill in. */
const noName =
	/^(to be filled by o\.?e\.?m\.?|system (manufacturer|product name|version)|default string|none|o\.?e\.?m\.?|n\/?a|not specified)$/i;

export async function readPcFacts(system: SystemText): Promise<PcFacts> {
	const dmi = (name: string) => system.read(`sys/class/dmi/id/${name}`).then((text) => (noName.test(text) ? '' : text));
	const processorText = await system.read('proc/cpuinfo');
	return {
		maker: await dmi('sys_vendor'),
		model: await dmi('product_name'),
		processor: (/^model name\s*:\s*(.*)$/m.exec(processorText)?.[1] ?? '').replaceAll(/\s+/g, ' '),
		processors: processorText.match(/^processor\s*:/gm)?.length ?? 1,
		memoryBytes: Number(/^MemTotal:\s*(\d+) kB/m.exec(await system.read('proc/meminfo'))?.[1] ?? 0) * 1024,
		graphics: await findGraphics(system),
		firmware: (await system.list('sys/firmware/efi')).length > 0 ? 'uefi' : 'bios',
		firmwareVersion: [await dmi('bios_version'), await dmi('bios_date')].filter((text) => text !== '').join(', '),
		secureBoot: (await system.readBytes('sys/kernel/boot_params/data'))[secureBootOffset] === secureBootEnabled,
		kernelVersion: await system.read('proc/sys/kernel/osrelease'),
		startedFrom: await findMedium(system),
		keeping: await findKeeping(system),
	};
}

async function findGraphics(system: SystemText): Promise<string> {
	for (const card of await system.list('sys/class/drm')) {
		const driver = await system.follow(`sys/class/drm/${card}/device/driver`);
		if (/^card\d+$/.test(card) && driver !== '') return driver.slice(driver.lastIndexOf('/') + 1);
	}
	return '';
}

/** The device that is mounted as the medium; what was copied into memory has none any more. */
async function findMedium(system: SystemText): Promise<string> {
	const mounted = /^\/dev\/(\S+) \/run\/medium /m.exec(await system.read('proc/mounts'))?.[1];
	if (mounted === undefined) return 'memory';
	const block = await system.follow(`sys/class/block/${mounted}`);
	// A partition stands in the folder of its disk.
	for (const folder of [block, block.replace(/\/[^/]*$/, '')]) {
		const words = [await system.read(`${folder}/device/vendor`), await system.read(`${folder}/device/model`)];
		const model = words.filter((word) => word !== '' && !/^(ATA|0x\w+)$/.test(word)).join(' ');
		if (model !== '') return `${model.replaceAll(/\s+/g, ' ')} (${mounted})`;
	}
	return mounted;
}

async function findKeeping(system: SystemText): Promise<PcFacts['keeping']> {
	const names = await system.list('run');
	if (names.includes('vitrine-data-mounted')) return 'kept';
	return names.includes('vitrine-data-damaged') ? 'damaged' : 'forgotten';
}
