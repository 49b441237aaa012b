/** The page of the vault's tests, built as the product is. */
import { build } from 'vite';
import { StaticSite } from '#hosts/node/static-site.ts';
import { fromRoot } from '../../tools/setup/paths.ts';

export async function buildVaultPage(directory: string): Promise<StaticSite> {
	await build({
		configFile: fromRoot('vite.config.ts'),
		logLevel: 'warn',
		root: fromRoot('tests', 'vault', 'page'),
		publicDir: false,
		build: { outDir: directory, emptyOutDir: true },
	});
	return StaticSite.read(directory);
}
