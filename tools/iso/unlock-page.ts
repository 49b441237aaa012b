/** Builds the page that opens the data partition: apart from the desktop, which it stands before. */
import { build } from 'vite';
import { fromRoot } from '../setup/paths.ts';

/** Into `directory`, which is served at `/unlock/`. */
export async function buildUnlockPage(directory: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'warn',
		root: fromRoot('src/hosts/web/unlock'),
		base: '/unlock/',
		build: {
			...{ outDir: directory, emptyOutDir: false, target: 'chrome130', assetsInlineLimit: 0 },
			modulePreload: { polyfill: false },
		},
	});
}
