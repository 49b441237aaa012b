/** What a program has written and the kernel has not taken yet: an error is told, whoever is to hear it. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { directoryRights } from '#abi/rights.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import type { System } from '#runtime/system.ts';
import { buildPrograms } from '../../bench/kernel/programs.ts';

const roomBytes = 256 * 1024;

async function run(system: System, programArguments: string[]): Promise<string> {
	const output = await system.pipeCreate();
	await system.pathMakeDirectory('/Given');
	const directory = await system.directoryOpen('/Given', directoryRights);
	const pid = await system.processSpawn('/Programs/files.wasm', {
		arguments: programArguments,
		environment: [],
		workingDirectory: '/',
		namespace: { mounts: [{ path: '/', directory, readOnly: false }] },
		standardOutput: output.write,
		standardError: output.write,
	});
	await system.handleClose(output.write);
	let text = '';
	for (;;) {
		const bytes = await system.streamRead(output.read, 65_536);
		if (bytes.length === 0) break;
		text += new TextDecoder().decode(bytes);
	}
	await system.processWait(pid);
	return text;
}

suite('What a program has written and nobody has taken yet', () => {
	test('is refused by a full disk when the program closes the file, and the program hears it', async () => {
		const { files } = await buildPrograms();
		const volume = new MemoryFileSystem({ clock: hostClock, capacityBytes: files.length + roomBytes });
		const headless = startHeadless(volume);
		try {
			await headless.system.pathWrite('/Programs/files.wasm', files, 'create-new');
			// One file of 64 KiB, then small ones until there is no more room.
			const text = await run(headless.system, ['1', '1', '1', '1000']);
			assert.match(text, /close: No space left on device/);
			assert.equal(headless.kernel.leases.size, 0);
			const { names } = await headless.system.pathList('/Given', '', 10_000);
			assert.ok(names.length > 10, `${names.length} files`);
			const contents = await Promise.all(names.map((name) => headless.system.pathStat(`/Given/${name}`)));
			// Every file but the one whose closing failed is whole.
			assert.ok(contents.filter(({ size }) => size !== 1024 && size !== 65_536).length <= 1);
		} finally {
			headless.close();
		}
	});
});
