import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { defaultCallMemoryBytes } from '#abi/call-memory.ts';
import { fileMemoryBytes, prepareFileMemory } from '#abi/file-memory.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { HeadlessSystem } from '#hosts/node/headless-system.ts';
import { MemoryConnection } from '#kernel/memory-connection.ts';

const volume = new MemoryFileSystem({ clock: hostClock });
volume.create(volume.root, 'work', 'directory');
volume.commit();
const module = new WebAssembly.Module(readFileSync(process.argv[2] as string));
const headless = new HeadlessSystem({
	volume,
	launcher: {
		launch(start, crashed) {
			const memory = new SharedArrayBuffer(defaultCallMemoryBytes);
			const fileMemory = process.env.NOCACHE ? undefined : new SharedArrayBuffer(fileMemoryBytes);
			if (fileMemory) prepareFileMemory(fileMemory);
			const worker = new Worker(new URL('../src/hosts/node/guest-worker.ts', import.meta.url), {
				workerData: { start, module, memory, fileMemory, preopens: [['/', '/work']] },
			});
			worker.on('error', (e) => crashed(String((e as Error).stack)));
			return {
				connection: new MemoryConnection(memory, (cb) => void setImmediate(cb)),
				fileMemory,
				terminate: () => void worker.terminate(),
			};
		},
	},
});
const { system } = headless;
const out = await system.pipeCreate();
const t = performance.now();
const pid = await system.processSpawn('bench.wasm', {
	arguments: process.argv.slice(3),
	environment: [],
	workingDirectory: '/',
	standardInput: undefined,
	standardOutput: out.write,
	standardError: out.write,
});
await system.handleClose(out.write);
let text = '';
for (;;) {
	const b = await system.streamRead(out.read, 65536);
	if (!b.length) break;
	text += new TextDecoder().decode(b);
}
console.log(text, await system.processWait(pid), Math.round(performance.now() - t));
process.exit(0);
