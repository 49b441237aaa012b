/** Files, exports and dependencies that nothing uses, by knip (`knip.json`). */
import { fromRoot } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';

export async function checkDeadCode(directory: string = fromRoot()): Promise<string[]> {
	const knip = fromRoot('node_modules', '.bin', 'knip');
	const { status, output } = await runCommand(knip, ['--no-progress', '--reporter', 'compact'], { directory });
	return status === 0 ? [] : [`${output.trim()}\nDelete it, or use it.`];
}
