/** The services of the system, and the settings that its parts define. Both hosts give them to the kernel. */
import type { SettingDefinition } from '#abi/structures.generated.ts';
import type { ServiceDefinition } from '#kernel/services/service-definition.ts';
import { machineSettings } from '#programs/machine/machine-settings.ts';
import { maintenanceSettings } from '#programs/maintenance/settings.ts';
import { terminalSettings } from '#programs/terminal/preferences.ts';

export const services: readonly ServiceDefinition[] = [
	{
		...{ name: 'maintenance', title: 'Maintenance', program: 'maintenance' },
		summary: 'Reads the whole volume once a month and says in the log whether it is undamaged.',
		...{ start: 'delayed', restart: 'failure', ready: 'report', account: 'system' },
	},
];

export const settingDefinitions: readonly SettingDefinition[] = [
	...maintenanceSettings,
	...machineSettings,
	...terminalSettings,
];
