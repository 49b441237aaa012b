/** Format and lint of everything, by Biome (`biome.json`). */
import { fromRoot } from '../setup/paths.ts';
import { runCommand } from '../setup/run-command.ts';

export async function checkLint(paths: readonly string[] = []): Promise<string[]> {
	const biome = fromRoot('node_modules', '.bin', 'biome');
	const { status, output } = await runCommand(biome, ['ci', '--colors=off', '--error-on-warnings', ...paths], {
		directory: fromRoot(),
	});
	return status === 0 ? [] : [`${output.trim()}\nMost of it is mended by \`node_modules/.bin/biome check --write\`.`];
}
