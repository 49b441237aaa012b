import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { PcUpdate } from '#abi/structures.generated.ts';
import { describeOffer, describeOther, describeRunning, parseProgress, quoteWord } from './update-words.ts';

const update: PcUpdate = {
	...{ installed: true, verifiable: true, version: '0.1.0', isDefault: true, otherVersion: '', pending: 'none' },
};

suite('What the Updates page says', () => {
	test('Of the other version: nothing, kept, ready, come to nothing', () => {
		const other = (change: Partial<PcUpdate>) => describeOther({ ...update, otherVersion: '0.2.0', ...change });
		assert.equal(describeOther(update), undefined);
		assert.match(other({})?.hint ?? '', /still on the disk/);
		assert.match(other({ pending: 'next-start' })?.hint ?? '', /goes back to Vitrine 0\.1\.0 by itself/);
		assert.match(other({ pending: 'failed' })?.title ?? '', /0\.2\.0 did not come up/);
		assert.equal(other({ pending: 'trial', isDefault: false }), undefined);
	});

	test('Of the running one: its trial, or a choice in the start menu', () => {
		const trial = describeRunning({ ...update, pending: 'trial', isDefault: false, otherVersion: '0.0.9' });
		assert.match(trial.hint, /a restart goes back to Vitrine 0\.0\.9/);
		assert.match(describeRunning({ ...update, isDefault: false, otherVersion: '0.2.0' }).hint, /You chose it/);
	});

	test('What is refused has no button, and its unsigned version is not shown', () => {
		const offer = { identifier: 'sdb1:x.iso', place: 'KINGSTON', file: 'x.iso', version: '', sizeBytes: 1 };
		for (const verdict of ['unreadable', 'foreign', 'forged', 'below-floor', 'too-large'] as const) {
			const words = describeOffer({ ...offer, verdict });
			assert.equal(words.isTaken, false);
			assert.equal(words.title, 'x.iso on KINGSTON');
		}
		assert.equal(describeOffer({ ...offer, version: '0.2.0', verdict: 'newer' }).isTaken, true);
	});

	test('Progress goes from 0 to 1 over the three steps; other lines are none', () => {
		assert.equal(parseProgress('checking 0 480')?.fraction, 0);
		assert.equal(parseProgress('writing 240 480')?.fraction, 0.5);
		assert.equal(parseProgress('comparing 480 480')?.fraction, 1);
		for (const line of ['', 'it is tried at the next start', 'erasing 1 2', 'writing 1 0', 'writing x 2'])
			assert.equal(parseProgress(line), undefined, line);
	});

	test('The name of a file on a stick is one word of the shell, whatever it is', () => {
		assert.equal(quoteWord("sdb1:a'; rm -rf $HOME.iso"), `'sdb1:a'\\''; rm -rf $HOME.iso'`);
	});
});
