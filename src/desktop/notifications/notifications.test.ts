import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ManualClock } from '../testing/manual-clock.ts';
import { Notifications } from './notifications.ts';

const card = (title: string) => ({ title, text: 'words', kind: 'information' as const });
const titles = (notifications: Notifications) => notifications.shown.map(({ title }) => title);

test('a card goes by itself, unless somebody is looking at it', () => {
	const clock = new ManualClock();
	const notifications = new Notifications(clock);
	notifications.notify(card('A'));
	clock.advance(5_000);
	const [shown] = notifications.shown;
	assert.ok(shown !== undefined);
	notifications.pause(shown.id);
	clock.advance(60_000);
	assert.deepEqual(titles(notifications), ['A']);
	notifications.resume(shown.id);
	clock.advance(7_000);
	assert.deepEqual(titles(notifications), []);
});

test('the same words take the place of the card that has them', () => {
	const notifications = new Notifications(new ManualClock());
	notifications.notify(card('A'));
	notifications.notify(card('B'));
	notifications.notify(card('A'));
	assert.deepEqual(titles(notifications), ['B', 'A']);
});

test('at most four stand at a time, the newest ones', () => {
	const notifications = new Notifications(new ManualClock());
	for (const title of ['A', 'B', 'C', 'D', 'E']) notifications.notify(card(title));
	assert.deepEqual(titles(notifications), ['B', 'C', 'D', 'E']);
});
