/** Runs a system in a Node process of its own. */
import path from 'node:path';
import { runCommand } from '../../tools/setup/run-command.ts';
import type { Extent, Figures } from './figures.ts';
import type { SystemName } from './peers.ts';

const script = path.join(import.meta.dirname, 'node-run.ts');

export async function runInNode(system: SystemName, extent: Extent): Promise<Figures> {
	const options = ['--disable-warning=ExperimentalWarning', script, system, JSON.stringify(extent)];
	const { status, output } = await runCommand(process.execPath, options);
	const figures = output.trim().split('\n').at(-1) ?? '';
	if (status !== 0 || !figures.startsWith('{')) throw new Error(`${system} failed in Node (${status}):\n${output}`);
	return JSON.parse(figures) as Figures;
}
