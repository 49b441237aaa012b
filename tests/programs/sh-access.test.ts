/** The command `access` through real system calls. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sh from '#programs/sh/program.ts';
import { TestMachine } from './test-machine.ts';

describe('the command access', () => {
	let machine: TestMachine;
	before(async () => {
		machine = new TestMachine({ sh });
		await machine.system.pathMakeDirectory('/home');
	});
	after(() => machine[Symbol.asyncDispose]());

	const run = (command: string) => machine.run('sh', ['-c', command]);

	it('sets a list in words and shows it again', async () => {
		await run('mkdir box && access set box inherit=no allow=administrators:full deny=guests:write:inside');
		const { output, error } = await run('access box');
		assert.equal(error, '');
		assert.match(output, /takes nothing from the folder above/);
		assert.match(output, /allow +administrators +everything/);
		assert.match(output, /deny +guests +write \(for what is made in it\)/);
	});

	it('refuses what it does not understand, and changes nothing', async () => {
		await run('mkdir kept');
		const before = (await run('access kept')).output;
		const { error, status } = await run('access set kept allow=nobody-of-this-name:full');
		assert.match(error, /there is nobody called “nobody-of-this-name”/);
		assert.notEqual(status.code, 0);
		assert.equal((await run('access kept')).output, before);
	});
});
