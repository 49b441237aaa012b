/**
 * Vitrine's part of the image, laid over Debian's: `20-vitrine.squashfs`. The built site, the host service and the
 * keeper as one file each, what an installed disk starts from, and `distro/root` as it stands. Everything in it belongs
 * to root.
 */
import { cp, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'vite';
import { ensureSite } from '../build.ts';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { hashSiteInputs } from '../setup/site-inputs.ts';
import { buildEnvironment, type Release, readRelease, readUpdateKey } from './release.ts';
import type { Stage } from './stage.ts';
import { buildUnlockPage } from './unlock-page.ts';
import { sealPart } from './verity.ts';

export const vitrineStage: Stage = {
	name: 'vitrine',
	title: 'Adding Vitrine',
	files: [
		...['distro/root', 'distro/release.json', 'tools/iso/unlock-page.ts'],
		...['tools/iso/vitrine-stage.ts', 'tools/iso/verity.ts'],
	],
	uses: ['loader'],
	values: async () => {
		const { version, floor } = await readRelease();
		return [await hashSiteInputs(), version, floor, await readUpdateKey()].join(' ');
	},
	async run({ directory, from }) {
		const release = await readRelease();
		const tree = path.join(directory, 'tree');
		await cp(fromRoot('distro/root'), tree, { recursive: true });
		await copySite(await ensureSite(), path.join(tree, 'usr/share/vitrine/site'));
		await buildUnlockPage(path.join(tree, 'usr/share/vitrine/site/unlock'));
		const services = path.join(tree, 'usr/lib/vitrine');
		await buildService('src/hosts/pc/main.ts', path.join(services, 'host.mjs'));
		await buildService('src/hosts/pc/keeper/main.ts', path.join(services, 'keeper.mjs'));
		await cp(from('loader', 'installed'), path.join(tree, 'usr/share/vitrine/loader'), { recursive: true });
		await writeUpdateFacts(release, path.join(tree, 'usr/share/vitrine'));
		// What the first program mounts over.
		for (const folder of ['data', 'dev']) await mkdir(path.join(tree, folder));
		const target = path.join(directory, '20-vitrine.squashfs');
		const date = String(release.epochSeconds);
		const times = ['-all-time', date, '-mkfs-time', date];
		const options = ['-comp', 'zstd', '-no-progress', '-quiet', '-all-root', '-no-xattrs', '-noappend', ...times];
		await getOutput('mksquashfs', [tree, target, ...options], { environment: timesFromOptions(release) });
		await sealPart(target);
		await rm(tree, { recursive: true });
	},
};

/** What the running image is, and by which key it believes an update (`src/hosts/pc/update`). */
async function writeUpdateFacts({ version, floor }: Release, folder: string): Promise<void> {
	await writeFile(path.join(folder, 'release.json'), `${JSON.stringify({ version, floor })}\n`);
	const key = await readUpdateKey();
	if (key !== undefined) await writeFile(path.join(folder, 'update.pub'), key);
}

/** mksquashfs takes its date from the options or from the environment, and refuses to be told twice. */
function timesFromOptions(release: Parameters<typeof buildEnvironment>[0]): Record<string, string> {
	const { SOURCE_DATE_EPOCH: _, ...environment } = buildEnvironment(release);
	return environment;
}

/** On the same machine nothing is won by sending the site compressed: the compressed forms stay behind. */
async function copySite(site: string, target: string): Promise<void> {
	const names = new Set(await readdir(site, { recursive: true }));
	const isSecondForm = (name: string) => /\.(br|gz)$/.test(name) && names.has(name.slice(0, -3));
	await cp(site, target, {
		recursive: true,
		filter: (source) => !isSecondForm(path.relative(site, source)),
	});
	if (!(await stat(path.join(target, 'index.html'))).isFile()) throw new Error('The built site has no page.');
}

/** A service and all it imports as one file, for the Node that Debian ships. */
async function buildService(source: string, target: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'warn',
		root: fromRoot(),
		build: {
			ssr: source,
			outDir: path.dirname(target),
			emptyOutDir: false,
			target: 'node20',
			rolldownOptions: { output: { entryFileNames: path.basename(target) } },
		},
		ssr: { noExternal: true },
	});
}
