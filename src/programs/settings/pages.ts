/**
 * The pages of Settings and what stands on them, for the search here and in the Start menu.
 *
 * Rules of use: loads nothing. A page opens by `settings` with its `id` as argument 0. What the PC alone has is shown and found
 * only where Vitrine has one for itself.
 */

export interface SettingsPage {
	readonly id: string;
	readonly title: string;
	readonly summary: string;
	readonly icon:
		| 'palette'
		| 'desktop'
		| 'monitor'
		| 'clock'
		| 'network'
		| 'hard-drives'
		| 'keyboard'
		| 'faders-horizontal'
		| 'info'
		| 'users'
		| 'lock'
		| 'user-circle'
		| 'arrows-clockwise';
	/** What a person may call it. */
	readonly keywords: readonly string[];
	/** It is about the PC that Vitrine has for itself. */
	readonly needsPc?: true;
	/** Each setting of the page with the words that find it. */
	readonly entries: readonly SettingsEntry[];
}

export interface SettingsEntry {
	readonly title: string;
	readonly keywords: readonly string[];
}

const allPages: readonly SettingsPage[] = [
	{
		id: 'appearance',
		title: 'Appearance',
		summary: 'Theme, accent colour, wallpaper, glass',
		icon: 'palette',
		keywords: ['personalise', 'display', 'look', 'desktop', 'screen'],
		entries: [
			{ title: 'Theme', keywords: ['light', 'dark', 'night', 'mode', 'bright', 'colour scheme'] },
			{ title: 'Accent colour', keywords: ['color', 'hue', 'highlight', 'tint'] },
			{ title: 'Wallpaper', keywords: ['background', 'picture', 'desktop'] },
			{ title: 'Glass', keywords: ['transparency', 'blur', 'effects', 'basic', 'performance', 'graphics'] },
			{ title: 'Motion', keywords: ['reduce', 'animation', 'movement', 'accessibility'] },
		],
	},
	{
		id: 'storage',
		title: 'Storage',
		summary: 'The system volume, its health, backups',
		icon: 'hard-drives',
		keywords: ['disk', 'drive', 'volume', 'space'],
		entries: [
			{ title: 'Space', keywords: ['used', 'free', 'full', 'size', 'quota', 'reserve'] },
			{ title: 'Keep the volume', keywords: ['persistent', 'persistence', 'delete', 'evict', 'browser'] },
			{ title: 'Check the volume', keywords: ['health', 'scrub', 'repair', 'error', 'checksum', 'chkdsk', 'damaged'] },
			{ title: 'Backup', keywords: ['export', 'save', 'zip', 'copy', 'restore'] },
		],
	},
	{
		id: 'keyboard',
		title: 'Keyboard',
		summary: 'Which keys do what, and where',
		icon: 'keyboard',
		keywords: ['keys', 'shortcuts', 'hotkeys', 'accelerators'],
		entries: [{ title: 'Shortcuts', keywords: ['alt tab', 'switch windows', 'snap', 'windows key', 'meta'] }],
	},
	{
		id: 'accounts',
		title: 'Your account',
		summary: 'Picture, password, recovery code, passkeys',
		icon: 'user-circle',
		keywords: ['profile', 'me', 'sign-in'],
		entries: [
			{ title: 'Picture', keywords: ['photo', 'avatar', 'face'] },
			{ title: 'Password', keywords: ['change', 'hint', 'logon', 'expires'] },
			{ title: 'Recovery code', keywords: ['forgot', 'lost', 'reset', 'way back'] },
			{ title: 'Passkeys', keywords: ['fingerprint', 'security key', 'biometric', 'webauthn'] },
		],
	},
	{
		id: 'people',
		title: 'People',
		summary: 'Who uses this computer, and what they may do',
		icon: 'users',
		keywords: ['accounts', 'users', 'family'],
		entries: [
			{ title: 'People', keywords: ['add', 'remove', 'administrator', 'standard', 'reset'] },
			{ title: 'Guest', keywords: ['visitor', 'temporary'] },
			{ title: 'Rules for passwords', keywords: ['policy', 'length', 'lockout', 'age'] },
		],
	},
	{
		id: 'encryption',
		title: 'Encryption',
		summary: 'Your keys, ways back, recovery agents',
		icon: 'lock',
		keywords: ['encrypt', 'efs', 'secret', 'cipher', 'privacy'],
		entries: [
			{ title: 'Your keys', keywords: ['backup', 'restore', 'way back', 'certificate', 'age', 'p12'] },
			{ title: 'Recovery agents', keywords: ['policy', 'administrator', 'company', 'escrow'] },
		],
	},
	{
		id: 'management',
		title: 'Management',
		summary: 'Events, services, maintenance, terminals, old programs',
		icon: 'faders-horizontal',
		keywords: ['policy', 'administrator', 'advanced', 'registry', 'all settings'],
		entries: [
			{ title: 'Accounts', keywords: ['policy', 'lockout', 'attempts', 'minimum'] },
			{ title: 'Encryption', keywords: ['agents', 'efs'] },
			{ title: 'Events', keywords: ['log', 'keep', 'retention', 'audit'] },
			{ title: 'Old programs', keywords: ['dos', 'machine', 'sound', 'scaling', 'aspect'] },
			{ title: 'Maintenance', keywords: ['check', 'volume', 'month', 'scrub'] },
			{ title: 'Services', keywords: ['start', 'automatic', 'background', 'disabled'] },
			{ title: 'Terminal', keywords: ['font', 'size', 'screen reader'] },
		],
	},
	{
		id: 'this-pc',
		title: 'This PC',
		summary: 'What it is, how it was started, its power',
		icon: 'desktop',
		keywords: ['computer', 'hardware', 'machine', 'device'],
		needsPc: true,
		entries: [
			{
				title: 'About this PC',
				keywords: ['model', 'maker', 'processor', 'memory', 'ram', 'firmware', 'bios', 'uefi'],
			},
			{
				title: 'Data partition',
				keywords: ['keep', 'persistent', 'encrypt', 'passphrase', 'luks', 'stick', 'install'],
			},
			{ title: 'One program alone', keywords: ['appliance', 'kiosk', 'autostart', 'lock', 'single', 'full screen'] },
			{ title: 'Started from', keywords: ['stick', 'disc', 'medium', 'kept', 'forgotten', 'amnesic'] },
			{ title: 'Power', keywords: ['battery', 'charge', 'mains', 'plug', 'laptop'] },
		],
	},
	{
		id: 'screen-sound',
		title: 'Screen and sound',
		summary: 'Size and scale of the picture, loudness',
		icon: 'monitor',
		keywords: ['display', 'monitor', 'audio'],
		needsPc: true,
		entries: [
			{ title: 'Screen', keywords: ['resolution', 'size', 'scale', 'dpi', 'refresh'] },
			{ title: 'Sound', keywords: ['volume', 'loudness', 'mute', 'speakers', 'card'] },
		],
	},
	{
		id: 'region',
		title: 'Keyboard and time',
		summary: 'Keyboard layout, time zone, clock',
		icon: 'clock',
		keywords: ['region', 'language', 'country'],
		needsPc: true,
		entries: [
			{
				title: 'Keyboard layout',
				keywords: ['german', 'french', 'qwerty', 'qwertz', 'azerty', 'dvorak', 'characters'],
			},
			{ title: 'Time zone', keywords: ['summer', 'daylight', 'utc', 'place'] },
			{ title: 'Date and time', keywords: ['clock', 'calendar', 'wrong', 'rtc', 'set'] },
		],
	},
	{
		id: 'network',
		title: 'Network',
		summary: 'Whether packets may leave this PC',
		icon: 'network',
		keywords: ['internet', 'ethernet', 'lan', 'cable'],
		needsPc: true,
		entries: [
			{ title: 'Network', keywords: ['open', 'closed', 'door', 'firewall', 'offline', 'online'] },
			{ title: 'Network cards', keywords: ['address', 'dhcp', 'ip', 'mac', 'gateway'] },
		],
	},
	{
		id: 'updates',
		title: 'Updates',
		summary: 'Versions of Vitrine on this PC, and on sticks',
		icon: 'arrows-clockwise',
		keywords: ['upgrade', 'version', 'this pc'],
		needsPc: true,
		entries: [
			{ title: 'Versions on this PC', keywords: ['roll back', 'previous', 'go back', 'restore', 'trial'] },
			{ title: 'Updates on a stick or disc', keywords: ['install', 'image', 'iso', 'signature', 'newer'] },
		],
	},
	{
		id: 'about',
		title: 'About Vitrine',
		summary: 'Version, licences, privacy',
		icon: 'info',
		keywords: ['system', 'information', 'help'],
		entries: [
			{ title: 'Version', keywords: ['build', 'number', 'release'] },
			{ title: 'Privacy', keywords: ['telemetry', 'network', 'internet', 'tracking', 'offline'] },
			{ title: 'Licences', keywords: ['license', 'open source', 'copyright', 'credits'] },
		],
	},
];

/** The pages that are there. */
export function pagesFor(hasWholePc: boolean): readonly SettingsPage[] {
	return allPages.filter(({ needsPc }) => needsPc !== true || hasWholePc);
}

export interface SettingsHit {
	readonly page: SettingsPage;
	/** Absent when the page itself was found. */
	readonly entry: SettingsEntry | undefined;
}

/** Pages and settings in which every word of `query` begins a word of title or keywords; titles first. */
export function searchSettings(query: string, hasWholePc: boolean): SettingsHit[] {
	const words = query
		.toLowerCase()
		.split(/\s+/)
		.filter((word) => word !== '');
	if (words.length === 0) return [];
	const hits: { hit: SettingsHit; rank: number }[] = [];
	for (const page of pagesFor(hasWholePc)) {
		const add = (entry: SettingsEntry | undefined, title: string, keywords: readonly string[]) => {
			const rank = rankOf(words, title, keywords);
			if (rank !== undefined) hits.push({ hit: { page, entry }, rank });
		};
		add(undefined, page.title, page.keywords);
		for (const entry of page.entries) add(entry, entry.title, entry.keywords);
	}
	return hits.sort((one, other) => one.rank - other.rank).map(({ hit }) => hit);
}

function rankOf(words: readonly string[], title: string, keywords: readonly string[]): number | undefined {
	const beginsIn = (text: string, word: string) =>
		text
			.toLowerCase()
			.split(/\s+/)
			.some((part) => part.startsWith(word));
	if (words.every((word) => beginsIn(title, word))) return 0;
	const all = [title, ...keywords].join(' ');
	return words.every((word) => beginsIn(all, word)) ? 1 : undefined;
}
