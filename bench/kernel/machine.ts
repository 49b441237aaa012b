/** The machine of a run, as a sentence. */
import { cpus, loadavg, totalmem } from 'node:os';
import { ensureChromium } from '../../tools/setup/chromium.ts';
import { getOutput } from '../../tools/setup/run-command.ts';

export async function describeMachine(): Promise<string> {
	const chromium = /Chromium ([\d.]+)/.exec(await getOutput(await ensureChromium(), ['--version']))?.[1] ?? 'unknown';
	const [processor] = cpus();
	return (
		`Measured on ${cpus().length} cores (${processor?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
		`Node ${process.versions.node}, Chromium ${chromium} without a window; load before the end ${loadavg()[0]?.toFixed(1)}.`
	);
}
