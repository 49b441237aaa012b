/** Gathers what an image was made from (`inputs.ts`), after it was made. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { shippedEngines } from '../engines.ts';
import { readPackageOrigin } from '../setup/debian-packages.ts';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { hashFile } from './archives.ts';
import { debListFile } from './fetch-stage.ts';
import { type InputArchive, type Inputs, type InputTool, parseInputs } from './inputs.ts';
import { loaderPackages } from './loader-stage.ts';
import { requirements } from './requirements.ts';
import { isoCacheDirectory } from './stage.ts';

/** Debian's packages of which some files are taken. */
const partPackages = [
	...loaderPackages,
	...shippedEngines.filter(({ origin }) => origin.kind === 'debian').map(({ origin }) => origin.packageName),
].sort();

const lockFile = 'package-lock.json';

/** `recipe` is the hash of the last stage. */
export async function collectInputs(recipe: string): Promise<Inputs> {
	const debs = parseInputs(await readFile(path.join(isoCacheDirectory, 'fetch', debListFile), 'utf8'));
	const parts = await Promise.all(partPackages.map(readPackageOrigin));
	return {
		archives: [...debs.archives, ...parts.map((origin): InputArchive => ({ kind: 'part', ...origin }))],
		files: new Map([[lockFile, (await hashFile(fromRoot(lockFile))) ?? '']]),
		recipe,
		tools: await readTools(),
	};
}

async function readTools(): Promise<InputTool[]> {
	const names = [...new Set(requirements.map(({ packageName }) => packageName))].sort();
	// biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant for dpkg-query
	const format = '${Package} ${Version}\\n';
	const rows = await getOutput('dpkg-query', ['--show', '--showformat', format, ...names]);
	return rows
		.trim()
		.split('\n')
		.map((row) => {
			const [name = '', version = ''] = row.split(' ');
			return { name, version };
		});
}
