import { rmSync } from 'node:fs';
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';

rmSync('/tmp/a-prof-vol', { recursive: true, force: true });
const v = await openNodeVolume('/tmp/a-prof-vol');
const f = v.create(v.root, 'big', 'file');
const src = new Uint8Array(4 << 20).map((_, i) => i * 31);
let t = performance.now();
for (let at = 0; at < 256 << 20; at += 4 << 20) {
	v.write(f, at, src);
	v.commit();
}
const ms = performance.now() - t;
console.log(`write+commit each 4 MB: ${((268.4 / ms) * 1000).toFixed(0)} MB/s`);
t = performance.now();
for (let i = 0; i < 3000; i++) {
	const g = v.create(v.root, `f${i}`, 'file');
	v.write(g, 0, src.subarray(0, 500));
	v.commit();
}
console.log(`create+commit ${(((performance.now() - t) / 3000) * 1000).toFixed(0)} us`);
v.close();
