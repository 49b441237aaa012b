/** Whether every generated file is what its generator makes today. */
import { fromRoot } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';

export async function checkGenerated(): Promise<string[]> {
	const { status, output } = await runCommand(process.execPath, [fromRoot('tools', 'generate.ts'), '--check'], {
		directory: fromRoot(),
	});
	return status === 0 ? [] : [output.trim()];
}
