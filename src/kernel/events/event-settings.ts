/** How long events are kept: settings of the machine. */
import type { LogChannel, SettingDefinition } from '#abi/structures.generated.ts';
import type { SettingsStore } from '../settings/settings-store.ts';
import type { Retention } from './event-channel.ts';

export const logChannels: readonly LogChannel[] = ['system', 'security', 'application'];

const titles: Readonly<Record<LogChannel, string>> = {
	system: 'the system',
	security: 'security',
	application: 'the applications',
};
const millisecondsADay = 86_400_000;

const daysName = (channel: LogChannel): string => `events/${channel}/keep-days`;
const sizeName = (channel: LogChannel): string => `events/${channel}/keep-mebibytes`;

export const eventSettings: readonly SettingDefinition[] = logChannels.flatMap((channel) => [
	{
		...{ name: daysName(channel), title: `Days that events of ${titles[channel]} are kept`, scope: 'machine' },
		summary: 'Events that are older are removed.',
		...{ default: { type: 'integer', number: 90 }, choices: [], minimum: 1, maximum: 3650 },
	},
	{
		...{ name: sizeName(channel), title: `Room for events of ${titles[channel]}`, scope: 'machine' },
		summary: 'Mebibytes; when they are used up, the oldest events are removed.',
		...{ default: { type: 'integer', number: 16 }, choices: [], minimum: 1, maximum: 1024 },
	},
]);

export function retentionOf(settings: Pick<SettingsStore, 'valueFor'>, channel: LogChannel, now: number): Retention {
	const days = settings.valueFor(daysName(channel))?.number ?? 90;
	const mebibytes = settings.valueFor(sizeName(channel))?.number ?? 16;
	return { keptBytes: mebibytes * 1024 * 1024, oldestTime: now - days * millisecondsADay };
}
