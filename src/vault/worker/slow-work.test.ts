import assert from 'node:assert/strict';
import { test } from 'node:test';
import { passwordCost } from './password-cost.ts';
import { SlowWorker } from './slow-work.ts';

test('a person who logs on does not wait for files of keys that a program opens without end', async () => {
	const begun: string[] = [];
	const slow = new SlowWorker(({ work }, told) => {
		begun.push(work);
		if (work === 'stretch') told({ value: new Uint8Array(32) });
		return () => undefined;
	});
	for (let count = 0; count < 10; count++) void slow.readKeyFile(new Uint8Array(), 'phrase');
	assert.equal((await slow.stretch('blue horses', new Uint8Array(16), passwordCost)).length, 32);
	assert.deepEqual(begun, ['readKeyFile', 'stretch'], 'files of keys are opened one at a time');
});
