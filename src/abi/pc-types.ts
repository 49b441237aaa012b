/** The structures of the contract that are about the PC that Vitrine has for itself; part of the tables in `types.ts`. */

export const pcEnums = {
	PcFirmware: { summary: 'What started the PC.', values: ['bios', 'uefi'] },
	PcKeeping: {
		summary:
			'What becomes of files at the end: `kept` on the data partition, `forgotten`, or forgotten because the data partition is `damaged`.',
		values: ['kept', 'forgotten', 'damaged'],
	},
	PcBatteryState: { summary: 'What a battery does now.', values: ['charging', 'discharging', 'full', 'idle'] },
} as const;

export const pcStructs = {
	PcFacts: {
		summary: 'What the PC is, and how it was started; nothing of it changes before the next start.',
		fields: {
			maker: { type: 'string', summary: 'who made it; empty when it does not say' },
			model: { type: 'string', summary: 'its model; empty when it does not say' },
			processor: { type: 'string', summary: 'name of its processor' },
			processors: { type: 'u32', summary: 'how many programs it runs at the same moment' },
			memoryBytes: { type: 'size', summary: 'memory that Vitrine can use' },
			graphics: { type: 'string', summary: 'the driver of its graphics card; empty without one' },
			firmware: { type: 'PcFirmware', summary: 'what started it' },
			firmwareVersion: { type: 'string', summary: 'version and date of that; empty when it does not say' },
			secureBoot: { type: 'boolean', summary: 'it starts only what is signed' },
			kernelVersion: { type: 'string', summary: 'version of the Linux kernel that drives it' },
			startedFrom: { type: 'string', summary: 'the disc, stick or disk that Vitrine was started from' },
			keeping: { type: 'PcKeeping', summary: 'what becomes of files at the end' },
		},
	},
	PcPower: {
		summary: 'Where the PC has its power from.',
		fields: {
			onMains: { type: 'boolean', summary: 'it is plugged in, or has no battery' },
			batteries: { type: 'PcBattery[]', summary: 'its batteries; mice and keyboards not among them' },
		},
	},
	PcBattery: {
		summary: 'A battery of the PC.',
		fields: {
			name: { type: 'string', summary: 'what the PC calls it' },
			percent: { type: 'u32', summary: 'how full it is, 0 to 100' },
			state: { type: 'PcBatteryState', summary: 'what it does' },
			minutesLeft: { type: 'u32?', summary: 'until it is empty or full, where the PC can tell' },
		},
	},
} as const;
