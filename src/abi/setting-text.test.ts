import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatSettings, heading, parseSettings } from './setting-text.ts';
import type { SettingValue } from './structures.generated.ts';

describe('settings as text', () => {
	it('what is written is read again, whatever the value', () => {
		let state = 7;
		const random = (): number => {
			state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
			return state / 2 ** 32;
		};
		const text = (): string =>
			String.fromCharCode(...Array.from({ length: Math.floor(random() * 20) }, () => Math.floor(random() * 65_536)));
		const makers: (() => SettingValue)[] = [
			() => ({ type: 'boolean', boolean: random() < 0.5 }),
			() => ({ type: 'integer', number: Math.round((random() - 0.5) * 2 ** 53) + 0 }),
			() => ({ type: 'real', number: (random() - 0.5) * 10 ** Math.floor((random() - 0.5) * 600) }),
			() => ({ type: 'string', text: text() }),
			() => ({ type: 'strings', list: [text(), text()] }),
			() => ({ type: 'bytes', bytes: Uint8Array.from({ length: 9 }, () => random() * 256) }),
		];
		const settings = Array.from({ length: 3000 }, (_, index) => ({
			key: `/machine/a/b${index}`,
			value: (makers[index % makers.length] as () => SettingValue)(),
		}));
		const written = formatSettings(settings);
		const read = parseSettings(new TextDecoder().decode(new TextEncoder().encode(written)));
		assert.deepEqual(read, { changes: settings, problems: [] });
	});

	it('a bad line is named, and the others are read', () => {
		const lines = [
			heading,
			'/machine/a/b = integer 1',
			'/machine/a/c = integer x',
			'',
			'# note',
			'/machine/a/d = none',
			'x',
		];
		const { changes, problems } = parseSettings(lines.join('\r\n'));
		assert.deepEqual(
			changes.map(({ key }) => key),
			['/machine/a/b', '/machine/a/d'],
		);
		assert.deepEqual(
			problems.map(({ line }) => line),
			[3, 7],
		);
	});

	it('a text of another kind is refused at its first line', () => {
		assert.equal(parseSettings('[desktop]\ntheme=dark\n').problems[0]?.line, 1);
		assert.equal(parseSettings('').problems[0]?.line, 1);
	});
});
