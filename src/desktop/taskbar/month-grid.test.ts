import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, addMonths, dayAt, firstWeekday, monthWeeks } from './month-grid.ts';

test('a month starts on its weekday and takes six weeks', () => {
	const weeks = monthWeeks(dayAt(2026, 1, 14), 1);
	assert.equal(weeks.length, 6);
	assert.equal(weeks[0]?.[6]?.date.getDate(), 1);
	assert.equal(weeks[0]?.[0]?.outside, true);
	assert.equal(weeks[0]?.[0]?.date.getDate(), 26);
});

test('with weeks from Sunday the first of February 2026 opens the page', () => {
	assert.equal(monthWeeks(dayAt(2026, 1, 14), 0)[0]?.[0]?.date.getDate(), 1);
});

test('a month further keeps the day where there is one', () => {
	assert.equal(addMonths(dayAt(2026, 0, 31), 1).getDate(), 28);
	assert.equal(addMonths(dayAt(2026, 11, 15), 1).getFullYear(), 2027);
	assert.equal(addMonths(dayAt(2026, 0, 15), -1).getMonth(), 11);
});

test('days go on over the ends of months and through clock changes', () => {
	assert.equal(addDays(dayAt(2026, 2, 28), 2).getDate(), 30);
	assert.equal(addDays(dayAt(2024, 1, 28), 1).getDate(), 29);
});

test('the first weekday is a day of the week', () => {
	assert.ok([0, 1, 6].includes(firstWeekday('en-GB')));
});
