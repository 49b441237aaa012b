/** The command `settings` through real system calls. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sh from '#programs/sh/program.ts';
import { TestMachine } from './test-machine.ts';

describe('the command settings', () => {
	let machine: TestMachine;
	before(async () => {
		machine = new TestMachine({ sh });
		await machine.system.pathMakeDirectory('/home');
	});
	after(() => machine[Symbol.asyncDispose]());

	const run = (command: string) => machine.run('sh', ['-c', command]);

	it('sets, shows and resets a value of the user', async () => {
		const script =
			'settings set demo/look/size 14 && settings get demo/look/size && settings list demo/look && settings reset demo/look';
		const { output, error } = await run(script);
		assert.equal(output + error, '14\ndemo/look/size = integer 14  (user)\n');
		assert.equal((await run('settings get demo/look/size')).status.code, 1);
	});

	it('takes over what it has exported', async () => {
		await run('settings set demo/a/text "two words"; settings set demo/a/list strings \'["x"]\'');
		const { output } = await run(
			'settings export demo kept.txt; settings reset demo; settings import kept.txt; settings get demo/a/text',
		);
		assert.equal(output, '2 settings taken over\ntwo words\n');
	});

	it('names the line of a text that cannot be taken over', async () => {
		const { error, status } = await run(
			'echo "# Vitrine settings 1" > bad.txt; echo nonsense >> bad.txt; settings import bad.txt',
		);
		assert.match(error, /line 2/);
		assert.notEqual(status.code, 0);
	});

	it('says that a policy holds, and changes nothing under it', async () => {
		const { output, error, status } = await run(
			'settings set /policy/user/demo/p 1; settings set demo/p 2 || settings list demo/p; settings reset /policy/user/demo',
		);
		assert.equal(output, 'demo/p = integer 1  (user-policy)\n');
		assert.match(error, /set by a policy/);
		assert.equal(status.code, 0);
	});
});
