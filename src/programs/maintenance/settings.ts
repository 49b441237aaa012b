/** What can be set of the maintenance, for the kernel's host. */
import type { SettingDefinition } from '#abi/structures.generated.ts';

export const checkInterval = 'maintenance/volume-check/interval-days';
export const lastCheck = 'maintenance/volume-check/last-time';

export const maintenanceSettings: readonly SettingDefinition[] = [
	{
		...{ name: checkInterval, title: 'Days between checks of the volume', scope: 'machine' },
		summary: 'How often every stored byte is read and compared with its checksum; 0 for never.',
		...{ default: { type: 'integer', number: 30 }, choices: [], minimum: 0, maximum: 365 },
	},
	{
		...{ name: lastCheck, title: 'Last check of the volume', scope: 'machine' },
		summary: 'When the volume was last found whole or damaged, in milliseconds since 1970; 0 before the first time.',
		...{ default: { type: 'integer', number: 0 }, choices: [], minimum: 0 },
	},
];
