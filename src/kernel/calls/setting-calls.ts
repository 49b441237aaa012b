/** The calls about settings: `setting_*`. */
import { rights } from '#abi/rights.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';

export type SettingCalls = Pick<
	CallHandlers,
	'setting_get' | 'setting_list' | 'setting_change' | 'setting_watch' | 'setting_describe' | 'setting_status'
>;

const maximumListed = 10_000;

export function createSettingCalls(kernel: Kernel): SettingCalls {
	const { settings } = kernel;
	return {
		setting_get: ({ process }, key) => settings.get(process.token, key),
		setting_list: ({ process }, prefix, after, limit) =>
			settings.list(process.token, prefix, { after, limit: Math.min(limit, maximumListed) }),
		setting_change: ({ process, changes }, list, since) => settings.change(process.token, changes, { list, since }),
		setting_watch({ process }, prefix) {
			const watched = settings.watchedPrefix(process.token, prefix);
			process.handles.requireRoom();
			return process.handles.add(settings.watches.open(process.token.user, watched), rights.wait);
		},
		setting_describe: (_, prefix) => settings.describe(prefix),
		setting_status: () => settings.status(),
	};
}
