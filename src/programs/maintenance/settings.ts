/** What can be set of the maintenance, for the kernel's host. */
import type { SettingDefinition } from '#abi/structures.generated.ts';

export const checkInterval = 'maintenance/volume-check/interval-days';
/** When the volume was last checked, in milliseconds since 1970; nobody sets it. */
export const lastCheck = 'maintenance/volume-check/last-time';

export const maintenanceSettings: readonly SettingDefinition[] = [
	{
		...{ name: checkInterval, title: 'Days between checks of the volume', scope: 'machine' },
		summary: 'How often every stored byte is read and compared with its checksum; 0 for never.',
		...{ default: { type: 'integer', number: 30 }, choices: [], minimum: 0, maximum: 365 },
	},
];
