/** The days that a month's page of a calendar shows. Dates are local, at noon, so that no clock change moves one. */

export interface CalendarDay {
	readonly date: Date;
	/** Belongs to the month before or after. */
	readonly outside: boolean;
}

export function dayAt(year: number, month: number, day: number): Date {
	return new Date(year, month, day, 12);
}

export function sameDay(one: Date, other: Date): boolean {
	return one.toDateString() === other.toDateString();
}

export function addDays(date: Date, days: number): Date {
	return dayAt(date.getFullYear(), date.getMonth(), date.getDate() + days);
}

/** The same day of another month, or its last day where the month is shorter. */
export function addMonths(date: Date, months: number): Date {
	const last = dayAt(date.getFullYear(), date.getMonth() + months + 1, 0);
	return dayAt(last.getFullYear(), last.getMonth(), Math.min(date.getDate(), last.getDate()));
}

/** Six weeks that hold the month of `date`; weeks begin on `firstWeekday` (0 Sunday, 1 Monday). */
export function monthWeeks(date: Date, firstWeekday: number): CalendarDay[][] {
	const first = dayAt(date.getFullYear(), date.getMonth(), 1);
	const before = (first.getDay() - firstWeekday + 7) % 7;
	return Array.from({ length: 6 }, (_, week) =>
		Array.from({ length: 7 }, (_, day) => {
			const current = addDays(first, week * 7 + day - before);
			return { date: current, outside: current.getMonth() !== date.getMonth() };
		}),
	);
}

/** The weekday on which a week begins in the person's language; Monday where the engine does not say. */
export function firstWeekday(locale: string): number {
	const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?(): { firstDay: number } };
	return (info.getWeekInfo?.().firstDay ?? 1) % 7;
}
