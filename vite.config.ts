/**
 * How the web host is built: one page, hashed assets, lazy chunks where the code says `import()`.
 *
 * Small assets are not inlined (`data:` fonts and scripts are closed by the content security policy), and target is the
 * one engine Vitrine supports today, so nothing is rewritten for old browsers.
 */
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstChunkGroups } from './tools/first-chunks.ts';
import { fetchDesktopEarly, inlineFirstPaint } from './tools/paint-first.ts';
import { slimSqlitePlugin } from './tools/slim-sqlite.ts';

const sources = path.join(import.meta.dirname, 'src');
const web = path.join(sources, 'hosts/web');

export default defineConfig({
	root: web,
	base: '/',
	publicDir: 'public',
	plugins: [react(), inlineFirstPaint(), fetchDesktopEarly(path.join(web, 'index.html'))],
	worker: {
		format: 'es',
		plugins: () => [slimSqlitePlugin()],
		rolldownOptions: { checks: { pluginTimings: false } },
	},
	build: {
		target: 'chrome130',
		outDir: '../../../dist/web',
		emptyOutDir: true,
		assetsInlineLimit: 0,
		modulePreload: { polyfill: false },
		reportCompressedSize: false,
		chunkSizeWarningLimit: 2_000,
		sourcemap: false,
		rolldownOptions: {
			checks: { pluginTimings: false },
			output: { codeSplitting: { groups: firstChunkGroups(sources) } },
		},
		license: { fileName: 'licences.md' },
	},
});
