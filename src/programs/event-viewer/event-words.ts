/** Events in the words of the page. */
import type { LogChannel, LogLevel } from '#abi/structures.generated.ts';
import type { IconName } from '#ui/icon.tsx';

export const levelWords: Readonly<Record<LogLevel, string>> = {
	debug: 'Detail',
	information: 'Information',
	warning: 'Warning',
	error: 'Error',
};

export const levelIcons: Readonly<Record<LogLevel, IconName>> = {
	debug: 'bug',
	information: 'info',
	warning: 'warning',
	error: 'warning-octagon',
};

export const channelWords: Readonly<Record<LogChannel, string>> = {
	system: 'System',
	security: 'Security',
	application: 'Applications',
};

export function formatTime(milliseconds: number): string {
	const time = new Date(milliseconds);
	const date = `${time.getFullYear()}-${twoDigits(time.getMonth() + 1)}-${twoDigits(time.getDate())}`;
	return `${date} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}:${twoDigits(time.getSeconds())}`;
}

function twoDigits(number: number): string {
	return String(number).padStart(2, '0');
}

/** The first line of a message, for a row. */
export function firstLine(message: string): string {
	return message.split('\n', 1)[0] ?? '';
}
