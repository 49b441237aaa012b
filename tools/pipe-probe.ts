import { readFileSync } from 'node:fs';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { hostClock } from '#hosts/common/host-clock.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';

const h = startHeadless(new MemoryFileSystem({ clock: hostClock }));
const { system } = h;
await system.pathWrite('/p.wasm', new Uint8Array(readFileSync('/tmp/pipe.wasm')), 'create-new');
for (let i = 0; i < 3; i++) {
	const p = await system.pipeCreate(),
		o = await system.pipeCreate();
	const opts = { environment: [], workingDirectory: '/' };
	const t0 = performance.now();
	const a = await system.processSpawn('/p.wasm', { ...opts, arguments: ['write', '256'], standardOutput: p.write });
	const b = await system.processSpawn('/p.wasm', {
		...opts,
		arguments: ['read'],
		standardInput: p.read,
		standardOutput: o.write,
	});
	for (const x of [p.read, p.write, o.write]) await system.handleClose(x);
	console.log(
		new TextDecoder().decode(await system.streamRead(o.read, 1000)).trim(),
		await system.processWait(a),
		await system.processWait(b),
		Math.round(performance.now() - t0),
	);
}
process.exit(0);
