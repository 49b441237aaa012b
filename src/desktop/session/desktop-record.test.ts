import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { defaultRecord, parseRecord } from './desktop-record.ts';

test('what is written is read back', () => {
	const record = {
		...defaultRecord,
		windows: [
			{
				program: 'notepad',
				arguments: ['/Users/Owner/Documents/a.txt'],
				bounds: { x: 1, y: 2, width: 300, height: 200 },
				placement: 'left' as const,
				minimized: true,
			},
		],
		placements: { notepad: { width: 700, height: 500, maximized: true } },
		pinned: [],
		recent: { notepad: ['/a', '/b'] },
		soundMuted: true,
		measuredGlass: { level: 'full' as const, screen: '1280x720@1', time: 5 },
	};
	assert.deepEqual(parseRecord(JSON.parse(JSON.stringify(record))), record);
});

test('any JSON gives a record, and every window in it can be opened', () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (windows, other) => {
			const record = parseRecord({ windows, placements: other, pinned: other, recent: other, soundLevel: other });
			for (const window of record.windows) {
				assert.equal(typeof window.program, 'string');
				assert.ok(Object.values(window.bounds).every(Number.isFinite));
			}
			assert.ok(record.soundLevel >= 0 && record.soundLevel <= 1);
		}),
	);
});

test('a window whose bounds are spoilt is left out, the others stay', () => {
	const good = { program: 'help', arguments: [], bounds: { x: 0, y: 0, width: 100, height: 100 } };
	const record = parseRecord({ windows: [{ ...good, bounds: { x: 'left' } }, good, 5, null] });
	assert.deepEqual(
		record.windows.map(({ program, placement }) => [program, placement]),
		[['help', 'normal']],
	);
});
