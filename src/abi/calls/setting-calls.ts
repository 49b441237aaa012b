/** The settings store: `setting_*`. */
import { call, type SystemCallDefinition } from '../call-definition.ts';

const keys =
	'A key is a path: `/machine/NAME` holds for all, `/user/SID/NAME` for one user (`self` is the caller), `/policy/machine/NAME` and `/policy/user/NAME` go before them, `/effective/NAME` is what holds for the caller. A name has two to eight parts of letters, digits, `_`, `-` and `.`.';

export const settingCalls: readonly SystemCallDefinition[] = [
	call(160, 'setting_get', 'Tells the value of a setting', {
		description: `${keys} Below \`/effective\` it answers the value that holds and where it comes from; elsewhere the value that is stored there.`,
		arguments: { key: ['string', 'the key'] },
		result: 'Setting',
		errors: ['ENOENT', 'EINVAL', 'EACCES'],
		seeAlso: ['setting_change', 'setting_list', 'setting_watch'],
	}),
	call(161, 'setting_list', 'Lists settings', {
		description: `In the order of their keys (UTF-16 code units). ${keys}`,
		arguments: {
			prefix: ['string', 'a hive, or a part of one: only keys below it'],
			after: ['string', 'only keys after this one; empty for all'],
			limit: ['u32', 'most settings'],
		},
		result: 'Setting[]',
		errors: ['EINVAL', 'EACCES'],
		seeAlso: ['setting_get'],
	}),
	call(162, 'setting_change', 'Changes settings, all of them or none', {
		description:
			'The changes are one transaction, on stable storage when it is answered. With `since`, EAGAIN when one of the keys was changed after that revision. A value must fit the definition of its setting; one that a policy sets is refused with EPERM.',
		arguments: {
			changes: ['SettingChange[]', 'at most 4,096, each of another key'],
			since: ['size?', 'a revision that was answered before'],
		},
		result: 'size',
		errors: ['EINVAL', 'EACCES', 'EPERM', 'EAGAIN', 'EDQUOT', 'ENOSPC'],
		mutates: true,
		seeAlso: ['setting_get', 'setting_status'],
	}),
	call(163, 'setting_watch', 'Watches settings', {
		description:
			'`watch_read` tells the keys that changed. Below `/effective`, a change of any hive that may concern the caller is told.',
		arguments: { prefix: ['string', 'a hive, a part of one, or a key'] },
		result: 'handle',
		errors: ['EINVAL', 'EACCES', 'EMFILE'],
		seeAlso: ['watch_read', 'handle_close'],
	}),
	call(164, 'setting_describe', 'Tells what is known of settings', {
		arguments: { prefix: ['string', 'a name, or the first parts of one; empty for all'] },
		result: 'SettingDefinition[]',
		seeAlso: ['setting_get'],
	}),
	call(165, 'setting_status', 'Tells about the settings store as a whole', {
		result: 'SettingsStatus',
		seeAlso: ['setting_change'],
	}),
];
