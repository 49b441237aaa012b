/** Where the PC has its power from: `/sys/class/power_supply` (sysfs-class-power of the Linux kernel). */
import type { PcBattery, PcPower } from '#abi/structures.generated.ts';
import type { SystemText } from './system-text.ts';

const folder = 'sys/class/power_supply';

const states: Readonly<Record<string, PcBattery['state']>> = {
	Charging: 'charging',
	Discharging: 'discharging',
	Full: 'full',
};

export async function readPcPower(system: SystemText): Promise<PcPower> {
	const batteries: PcBattery[] = [];
	let mains: boolean | undefined;
	for (const name of await system.list(folder)) {
		const read = (field: string) => system.read(`${folder}/${name}/${field}`);
		// The battery of a mouse or a keyboard says so.
		if ((await read('scope')) === 'Device') continue;
		const type = await read('type');
		if (type === 'Battery') {
			if ((await read('present')) !== '0') batteries.push(await readBattery(name, read));
		} else if (type !== '') mains = mains === true || (await read('online')) === '1';
	}
	// Some PCs have no word for the plug.
	const onMains = mains ?? !batteries.some(({ state }) => state === 'discharging');
	return { onMains, batteries };
}

async function readBattery(name: string, read: (field: string) => Promise<string>): Promise<PcBattery> {
	const number = async (field: string) => Number((await read(field)) || Number.NaN);
	const state = states[await read('status')] ?? 'idle';
	// In watt-hours or in ampere-hours: the same in both is how full it is and how long it lasts.
	const kind = Number.isNaN(await number('energy_now')) ? 'charge' : 'energy';
	const [now, full] = [await number(`${kind}_now`), await number(`${kind}_full`)];
	const rate = Math.abs(await number(kind === 'energy' ? 'power_now' : 'current_now'));
	const capacity = await number('capacity');
	const percent = Number.isNaN(capacity) ? (now / full) * 100 : capacity;
	const hours = state === 'charging' ? (full - now) / rate : now / rate;
	const isMoving = state === 'charging' || state === 'discharging';
	const minutesLeft = isMoving && Number.isFinite(hours) && hours >= 0 ? Math.round(hours * 60) : undefined;
	return {
		name,
		percent: Math.min(100, Math.max(0, Math.round(percent || 0))),
		state,
		...(minutesLeft !== undefined && { minutesLeft }),
	};
}
