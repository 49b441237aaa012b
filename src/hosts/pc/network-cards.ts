/** The network cards of the PC: `/sys/class/net`, `/proc/net/route` (route(8)), and the addresses that the kernel gave them. */
import type { NetworkInterfaceInfo } from 'node:os';
import type { PcNetworkCard } from '#abi/structures.generated.ts';
import type { SystemText } from './system-text.ts';

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/** Cards alone: what is no device, such as loopback, is left out. */
export async function readNetworkCards(system: SystemText, interfaces: Interfaces): Promise<PcNetworkCard[]> {
	const gateways = readGateways(await system.read('proc/net/route'));
	const cards: PcNetworkCard[] = [];
	for (const name of await system.list('sys/class/net')) {
		const folder = `sys/class/net/${name}`;
		const driver = await system.follow(`${folder}/device/driver`);
		if (driver === '') continue;
		// A card that is off does not know.
		const carrier = await system.read(`${folder}/carrier`);
		cards.push({
			name,
			driver: driver.slice(driver.lastIndexOf('/') + 1),
			hardwareAddress: await system.read(`${folder}/address`),
			...(carrier !== '' && { connected: carrier === '1' }),
			address: interfaces[name]?.find(({ family }) => family === 'IPv4')?.cidr ?? '',
			gateway: gateways.get(name) ?? '',
		});
	}
	return cards;
}

/** By card. The table has addresses as eight hexadecimal digits, last byte first. */
function readGateways(table: string): Map<string, string> {
	const gateways = new Map<string, string>();
	for (const line of table.split('\n').slice(1)) {
		const [name = '', target, gateway = ''] = line.split('\t');
		if (target === '00000000' && gateway !== '00000000')
			gateways.set(name, Buffer.from(gateway.trim(), 'hex').reverse().join('.'));
	}
	return gateways;
}
