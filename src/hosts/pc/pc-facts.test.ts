import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, suite, test } from 'node:test';
import { readPcFacts } from './pc-facts.ts';
import { readPcPower } from './pc-power.ts';
import { SystemText } from './system-text.ts';

let root = '';
let system: SystemText;

async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
	for (const [name, content] of Object.entries(files)) {
		const file = path.join(root, name);
		await mkdir(path.dirname(file), { recursive: true });
		await writeFile(file, content);
	}
}

suite('What the PC tells', () => {
	beforeEach(async () => {
		root = await mkdtemp(path.join(tmpdir(), 'vitrine-pc-'));
		system = new SystemText(root);
	});
	afterEach(() => rm(root, { recursive: true }));

	test('A PC that tells everything', async () => {
		const parameters = new Uint8Array(4096);
		parameters[0x1ec] = 3;
		await write({
			'sys/class/dmi/id/sys_vendor': 'LENOVO\n',
			'sys/class/dmi/id/product_name': '20BE00AJGE\n',
			'sys/class/dmi/id/bios_version': 'GMET81WW (2.29 )\n',
			'sys/class/dmi/id/bios_date': '03/18/2016\n',
			'proc/cpuinfo': 'processor\t: 0\nmodel name\t: Intel(R) Core(TM)  i7\n\nprocessor\t: 1\nmodel name\t: Intel(R)\n',
			'proc/meminfo': 'MemTotal:        2006032 kB\nMemFree: 1 kB\n',
			'proc/sys/kernel/osrelease': '6.12.117+deb13-amd64\n',
			'proc/mounts': 'tmpfs /run tmpfs rw 0 0\n/dev/sdb1 /run/medium iso9660 ro 0 0\n',
			'sys/kernel/boot_params/data': parameters,
			'sys/firmware/efi/fw_platform_size': '64\n',
			'sys/devices/usb/sdb/device/vendor': 'Kingston\n',
			'sys/devices/usb/sdb/device/model': 'DataTraveler 3.0 \n',
			'sys/devices/usb/sdb/sdb1/partition': '1\n',
			'sys/devices/gpu/name': 'gpu',
			'sys/bus/drivers/i915/module': '',
			'run/vitrine-data-mounted': '',
		});
		await mkdir(path.join(root, 'sys/class/block'), { recursive: true });
		await symlink('../../devices/usb/sdb/sdb1', path.join(root, 'sys/class/block/sdb1'));
		await mkdir(path.join(root, 'sys/class/drm/card0'), { recursive: true });
		await symlink('../../../devices/gpu', path.join(root, 'sys/class/drm/card0/device'));
		await symlink('../../bus/drivers/i915', path.join(root, 'sys/devices/gpu/driver'));
		assert.deepEqual(await readPcFacts(system), {
			...{ maker: 'LENOVO', model: '20BE00AJGE', processor: 'Intel(R) Core(TM) i7', processors: 2 },
			...{ memoryBytes: 2_006_032 * 1024, graphics: 'i915', firmware: 'uefi' },
			...{ firmwareVersion: 'GMET81WW (2.29 ), 03/18/2016', secureBoot: true },
			...{ kernelVersion: '6.12.117+deb13-amd64', startedFrom: 'Kingston DataTraveler 3.0 (sdb1)', keeping: 'kept' },
		});
	});

	test('A PC that tells nothing, or only what its maker forgot to fill in', async () => {
		await write({
			'sys/class/dmi/id/sys_vendor': 'To Be Filled By O.E.M.\n',
			'sys/class/dmi/id/product_name': 'Default string\n',
			'run/vitrine-data-damaged': '/dev/sda3\n',
		});
		const { maker, model, firmware, secureBoot, startedFrom, keeping, graphics } = await readPcFacts(system);
		assert.deepEqual(
			{ maker, model, firmware, secureBoot, startedFrom, keeping, graphics },
			{
				...{ maker: '', model: '', firmware: 'bios', secureBoot: false, startedFrom: 'memory', keeping: 'damaged' },
				graphics: '',
			},
		);
	});

	const battery = 'sys/class/power_supply/BAT0';

	test('A laptop away from its plug: how full, and how long it lasts', async () => {
		await write({
			...{ 'sys/class/power_supply/AC/type': 'Mains\n', 'sys/class/power_supply/AC/online': '0\n' },
			...{ [`${battery}/type`]: 'Battery\n', [`${battery}/present`]: '1\n', [`${battery}/status`]: 'Discharging\n' },
			...{ [`${battery}/energy_now`]: '30000000\n', [`${battery}/energy_full`]: '40000000\n' },
			...{ [`${battery}/power_now`]: '12000000\n', [`${battery}/capacity`]: '75\n' },
		});
		assert.deepEqual(await readPcPower(system), {
			onMains: false,
			batteries: [{ name: 'BAT0', percent: 75, state: 'discharging', minutesLeft: 150 }],
		});
	});

	test('A battery that counts in ampere-hours, while it is charged', async () => {
		await write({
			...{ [`${battery}/type`]: 'Battery\n', [`${battery}/status`]: 'Charging\n' },
			...{ [`${battery}/charge_now`]: '1000000\n', [`${battery}/charge_full`]: '4000000\n' },
			[`${battery}/current_now`]: '2000000\n',
		});
		const { onMains, batteries } = await readPcPower(system);
		assert.deepEqual([onMains, batteries], [true, [{ name: 'BAT0', percent: 25, state: 'charging', minutesLeft: 90 }]]);
	});

	test('A desktop PC with the battery of a mouse has none', async () => {
		const mouse = 'sys/class/power_supply/hidpp_battery_0';
		await write({
			...{ [`${mouse}/type`]: 'Battery\n', [`${mouse}/scope`]: 'Device\n' },
			[`${mouse}/status`]: 'Discharging\n',
		});
		assert.deepEqual(await readPcPower(system), { onMains: true, batteries: [] });
	});
});
