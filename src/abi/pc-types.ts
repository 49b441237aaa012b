/** The structures of the contract that are about the PC that Vitrine has for itself; part of the tables in `types.ts`. */

export const pcEnums = {
	PcFirmware: { summary: 'What started the PC.', values: ['bios', 'uefi'] },
	PcKeeping: {
		summary:
			'What becomes of files at the end: `kept` on the data partition, `forgotten`, or forgotten because the data partition is `damaged`.',
		values: ['kept', 'forgotten', 'damaged'],
	},
	PcNetworkDoor: {
		summary: 'Whether packets may leave the PC: never, until it goes off, or at every start.',
		values: ['closed', 'open', 'always-open'],
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
	PcSettings: {
		summary: 'What an administrator chose for the PC; it holds for all people, and is kept where files are kept.',
		fields: {
			keyboardLayouts: {
				type: 'strings',
				summary: 'one to four layouts as `PcKeyboardLayout` names them; Win+Space goes on to the next',
			},
			timeZone: { type: 'string', summary: 'a name of the IANA database, such as `Europe/Berlin`' },
			clockIsLocal: {
				type: 'boolean',
				summary: 'the clock in the PC shows the time of the zone, as Windows sets it, and not UTC',
			},
			network: { type: 'PcNetworkDoor', summary: 'whether packets may leave' },
		},
	},
	PcSettingsChange: {
		summary: 'What of the settings of the PC is to change; what is absent stays.',
		fields: {
			keyboardLayouts: { type: 'strings?', summary: 'the new layouts' },
			timeZone: { type: 'string?', summary: 'the new zone' },
			clockIsLocal: { type: 'boolean?', summary: 'how the clock in the PC is read and set from now on' },
			network: { type: 'PcNetworkDoor?', summary: 'whether packets may leave from now on' },
			time: { type: 'time?', summary: 'what time it is now; the clock in the PC is set to it' },
		},
	},
	PcChoices: {
		summary: 'What the settings of the PC may be.',
		fields: {
			keyboardLayouts: { type: 'PcKeyboardLayout[]', summary: 'the layouts that it knows, by their titles' },
			timeZones: { type: 'strings', summary: 'the time zones that it knows, by their names' },
		},
	},
	PcKeyboardLayout: {
		summary: 'A keyboard layout that the PC knows.',
		fields: {
			id: { type: 'string', summary: 'its name in the X Keyboard Extension, such as `de(nodeadkeys)`' },
			title: { type: 'string', summary: 'what a person calls it' },
		},
	},
	PcSound: {
		summary: 'Where sound goes, and how loud.',
		fields: {
			outputs: { type: 'PcSoundOutput[]', summary: 'the sound cards that can play; none: the PC is silent' },
			output: { type: 'string', summary: 'the card that plays; empty without one' },
			percent: { type: 'u32', summary: 'its volume, 0 to 100' },
			muted: { type: 'boolean', summary: 'it is silent whatever the volume' },
		},
	},
	PcSoundOutput: {
		summary: 'A sound card.',
		fields: {
			id: { type: 'string', summary: 'its name for `pc_set_sound`' },
			title: { type: 'string', summary: 'what its driver calls it' },
		},
	},
	PcNetwork: {
		summary: 'The network as the PC sees it.',
		fields: {
			door: { type: 'PcNetworkDoor', summary: 'whether packets may leave' },
			cards: { type: 'PcNetworkCard[]', summary: 'its network cards' },
		},
	},
	PcNetworkCard: {
		summary: 'A network card.',
		fields: {
			name: { type: 'string', summary: 'what the kernel calls it' },
			driver: { type: 'string', summary: 'its driver' },
			hardwareAddress: { type: 'string', summary: 'its address on the cable' },
			connected: { type: 'boolean?', summary: 'a cable leads somewhere; absent while the card is off' },
			address: {
				type: 'string',
				summary: 'its address in the network, with the length of the prefix; empty without one',
			},
			gateway: { type: 'string', summary: 'where packets to other networks go; empty when nowhere' },
		},
	},
	PcScreen: {
		summary: 'A screen of the PC.',
		fields: {
			name: { type: 'string', summary: 'the socket of the graphics card, such as `HDMI-A-1`' },
			title: { type: 'string', summary: 'maker and model; empty when it does not say' },
			modes: { type: 'PcScreenMode[]', summary: 'what it can show' },
			current: { type: 'PcScreenMode?', summary: 'what it shows; absent when it is off' },
			scale: { type: 'real', summary: 'dots of the screen for one of the desktop' },
		},
	},
	PcScreenMode: {
		summary: 'How many dots a screen shows, and how often.',
		fields: {
			width: { type: 'u32', summary: 'dots in a line' },
			height: { type: 'u32', summary: 'lines' },
			millihertz: { type: 'u32', summary: 'pictures in a thousand seconds' },
		},
	},
} as const;
