import { setTimeout as wait } from 'node:timers/promises';
import { VirtualPc } from './iso/virtual-pc.ts';
import { fromRoot } from './setup/paths.ts';
await using pc = await VirtualPc.start({ image: fromRoot('dist/iso/vitrine-0.1.0-amd64.iso'), directory: fromRoot('.cache/iso/runs/explore'), packets: '/tmp/iso-lab/explore.pcap' });
for (let i = 0; i < 20; i++) { await wait(2000); await pc.screenshot(`early${String(i).padStart(2, '0')}`); }
await pc.waitFor(/desktop ready/, 900_000);
await wait(60_000);
await pc.screenshot('desktop60');
await pc.press('meta_l');
await wait(20_000);
await pc.screenshot('start');
console.log('waiting for shut-down clicks via file');
const { readFile, rm } = await import('node:fs/promises');
for (;;) {
	const text = await readFile('/tmp/iso-lab/do', 'utf8').catch(() => '');
	if (text !== '') {
		await rm('/tmp/iso-lab/do');
		for (const line of text.trim().split('\n')) {
			const [verb, ...rest] = line.split(' ');
			if (verb === 'click') await pc.click(Number(rest[0]) / 1280, Number(rest[1]) / 720);
			else if (verb === 'press') await pc.press(...rest);
			else if (verb === 'type') for (const c of rest.join(' ')) await pc.press(c === ' ' ? 'spc' : c);
			else if (verb === 'wait') await wait(Number(rest[0]) * 1000);
			else if (verb === 'shot') await pc.screenshot(rest[0]!);
			else if (verb === 'quit') process.exit(0);
		}
		console.log('done');
	}
	if (!pc.isOn) { console.log('off'); break; }
	await wait(500);
}
