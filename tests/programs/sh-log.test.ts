/** The command `log` through real system calls. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sh from '#programs/sh/program.ts';
import { TestMachine } from './test-machine.ts';

describe('the command log', () => {
	let machine: TestMachine;
	before(async () => {
		machine = new TestMachine({ sh });
		await machine.system.pathMakeDirectory('/home');
	});
	after(() => machine[Symbol.asyncDispose]());

	const run = (command: string) => machine.run('sh', ['-c', command]);

	it('shows what was written, and only what is asked for', async () => {
		await run('log write warning the cable is loose; log write information all is well');
		const { output } = await run('log -l warning -g cable');
		assert.match(output, /^\S+ {2}warning {6}application {2}sh \(\d+\): the cable is loose\n$/);
		assert.equal((await run('log -n 0')).output, '');
	});

	it('gives every event as JSON', async () => {
		const { output } = await run('log -a -j');
		const events = output
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		assert.ok(events.some(({ message }) => message === 'all is well'));
		assert.deepEqual(
			events.toSorted((one, other) => one.sequence - other.sequence),
			events,
		);
	});

	it('clears a log, which is told in the log of security', async () => {
		const { output } = await run('log clear application; log -c application; log -c security');
		assert.match(output, /security {5}log: sh \(\d+\) cleared the log “application”\./);
		assert.doesNotMatch(output, /all is well/);
	});

	it('follows the log until it is stopped', async () => {
		const stdout = await machine.pipe();
		const pid = await machine.spawn('sh', ['-c', 'log -n 0 -f -g follow-case'], [undefined, stdout.write] as never);
		await machine.system.handleClose(stdout.write);
		const found = (async () => {
			for (;;) {
				const text = new TextDecoder().decode(await machine.system.streamRead(stdout.read, 65_536));
				if (text.includes('follow-case')) return text;
			}
		})();
		const { newest } = await machine.system.logStatus();
		// It follows from the moment at which it has looked: write until it has told.
		let told = false;
		void found.then(() => {
			told = true;
		});
		for (let after = newest; !told; after++) {
			await machine.system.logWrite('information', 'follow-case');
			await machine.system.logWait(after, 1000);
		}
		assert.match(await found, /test \(1\): follow-case/);
		await machine.system.processKill(pid, 'kill');
	});
});
