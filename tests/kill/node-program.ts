/**
 * Does the steps of the kill test (`steps.ts`) in a process of its own, on the volume in the directory of its first
 * argument; tells the process that started it what it found and each step that is stored.
 */
import { openNodeVolume } from '#hosts/node/open-node-volume.ts';
import { startHeadless } from '#hosts/node/start-headless.ts';
import { resume, work } from './steps.ts';

export type NodeMessage =
	| { readonly kind: 'found'; readonly steps: number | string; readonly openMs: number }
	| { readonly kind: 'acknowledged'; readonly step: number };

const [directory, acknowledged = '0', ahead = '0'] = process.argv.slice(2);
const tell = (message: NodeMessage): void => void process.send?.(message);

// Whoever started it is gone, and so is the reason to work.
process.on('disconnect', () => process.exit(1));

const began = performance.now();
const { system } = startHeadless(await openNodeVolume(directory));
const openMs = performance.now() - began;
const steps = await resume(system, Number(acknowledged));
tell({ kind: 'found', steps, openMs });
await work(system, {
	from: Number(steps),
	ahead: Number(ahead),
	acknowledge: (step) => tell({ kind: 'acknowledged', step }),
});
