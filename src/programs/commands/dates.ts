/** Dates as people write and read them: `date`, `touch -d`. */
import { UsageError } from './command.ts';

const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];
const steps: Readonly<Record<string, number>> = {
	sec: 1000,
	second: 1000,
	min: 60_000,
	minute: 60_000,
	hour: 3_600_000,
	day: 86_400_000,
	week: 604_800_000,
};

/** `2026-11-23 05:40`, `@1700000000`, `now`, `yesterday`, `3 days ago`; milliseconds since 1970. */
export function parseDate(text: string, now = Date.now()): number {
	const trimmed = text.trim();
	if (/^@-?\d+(?:\.\d+)?$/.test(trimmed)) return Number(trimmed.slice(1)) * 1000;
	if (trimmed === '' || trimmed === 'now' || trimmed === 'today') return now;
	if (trimmed === 'yesterday') return now - (steps.day as number);
	if (trimmed === 'tomorrow') return now + (steps.day as number);
	const [, sign, amount, unit = '', ago] = /^([-+]?)(\d+) *([a-z]+?)s?( ago)?$/.exec(trimmed) ?? [];
	const step = steps[unit];
	if (amount !== undefined && step !== undefined)
		return now + Number(amount) * step * (sign === '-' || ago !== undefined ? -1 : 1);
	const isDateOnly = /^\d{4}-\d\d-\d\d$/.test(trimmed);
	const value = Date.parse(isDateOnly ? `${trimmed}T00:00` : trimmed.replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2'));
	if (Number.isNaN(value)) throw new UsageError(`"${text}" is not a date`);
	return value;
}

/** The parts of a time: local, or UTC by taking the difference away. */
function partsOf(milliseconds: number, isUtc: boolean) {
	const local = new Date(milliseconds);
	const minutes = isUtc ? 0 : -local.getTimezoneOffset();
	const at = new Date(milliseconds + minutes * 60_000);
	return { at, minutes };
}

const two = (value: number, fill = '0'): string => String(value).padStart(2, fill);

/** What the letters of `strftime` stand for. */
function dateValues(milliseconds: number, isUtc: boolean): ReadonlyMap<string, () => string> {
	const { at, minutes } = partsOf(milliseconds, isUtc);
	const [year, month, day, weekday] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate(), at.getUTCDay()];
	const [hour, minute, second] = [at.getUTCHours(), at.getUTCMinutes(), at.getUTCSeconds()];
	const dayOfYear = Math.floor((Date.UTC(year, month, day) - Date.UTC(year, 0, 1)) / 86_400_000) + 1;
	const offset = `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}${two(Math.abs(minutes) % 60)}`;
	const name = (list: readonly string[], index: number): string => list[index] ?? '';
	const again = (inner: string): string => formatDate(inner, milliseconds, isUtc);
	return new Map<string, () => string>([
		['Y', () => String(year)],
		['y', () => two(year % 100)],
		['m', () => two(month + 1)],
		['d', () => two(day)],
		['e', () => two(day, ' ')],
		['H', () => two(hour)],
		['I', () => two(hour % 12 || 12)],
		['M', () => two(minute)],
		['S', () => two(second)],
		['p', () => (hour < 12 ? 'AM' : 'PM')],
		['A', () => name(days, weekday)],
		['a', () => name(days, weekday).slice(0, 3)],
		['B', () => name(months, month)],
		['b', () => name(months, month).slice(0, 3)],
		['h', () => name(months, month).slice(0, 3)],
		['j', () => String(dayOfYear).padStart(3, '0')],
		['s', () => String(Math.floor(milliseconds / 1000))],
		['N', () => `${String(milliseconds % 1000).padStart(3, '0')}000000`],
		['u', () => String(weekday || 7)],
		['w', () => String(weekday)],
		['C', () => two(Math.floor(year / 100))],
		['z', () => offset],
		['Z', () => (isUtc ? 'UTC' : zoneName(milliseconds))],
		['n', () => '\n'],
		['t', () => '\t'],
		['%', () => '%'],
		['F', () => again('%Y-%m-%d')],
		['T', () => again('%H:%M:%S')],
		['R', () => again('%H:%M')],
		['D', () => again('%m/%d/%y')],
		['c', () => again('%a %b %e %H:%M:%S %Y')],
		['x', () => again('%m/%d/%y')],
		['X', () => again('%H:%M:%S')],
		['r', () => again('%I:%M:%S %p')],
		['k', () => two(hour, ' ')],
		['l', () => two(hour % 12 || 12, ' ')],
	]);
}

/** By the letters of `strftime`; `%-d` without filling. */
export function formatDate(format: string, milliseconds: number, isUtc: boolean): string {
	const values = dateValues(milliseconds, isUtc);
	return format.replace(/%([-_0]?)([a-zA-Z%])/g, (whole, flag: string, letter: string) => {
		const text = values.get(letter)?.();
		if (text === undefined) return whole;
		return flag === '-'
			? text.replace(/^[0 ]+(?=.)/, '')
			: flag === '_'
				? text.replace(/^0+(?=.)/, (zeros) => ' '.repeat(zeros.length))
				: text;
	});
}

function zoneName(milliseconds: number): string {
	const parts = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(milliseconds);
	return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}
