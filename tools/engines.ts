/**
 * The engines that ship beside the desktop as programs of their own, and the files of each.
 *
 * Rules of use:
 * - They are copied as their authors built them, with their licence texts, to `engines/NAME/` of the site, and are
 *   loaded only when a machine starts. No code of ours is linked with them.
 * - `tools/generators/licences.ts` lists them from here, so a file added here is a file whose licence is told.
 */

export interface ShippedFile {
	/** Path from the root of the package. */
	readonly source: string;
	readonly name: string;
}

export interface ShippedEngine {
	readonly directory: string;
	readonly title: string;
	readonly origin: { readonly kind: 'npm' | 'debian'; readonly packageName: string };
	/** SPDX expression. */
	readonly licence: string;
	readonly sourceNote: string;
	readonly files: readonly ShippedFile[];
}

export const shippedEngines: readonly ShippedEngine[] = [
	{
		directory: 'dosbox',
		title: 'DOSBox, compiled to WebAssembly',
		origin: { kind: 'npm', packageName: 'emulators' },
		licence: 'GPL-2.0-only',
		sourceNote:
			'Complete source: the `emulators` project of js-dos, at the version named here. `bridge.js`, beside it, is ours, under GPL-2.0-or-later, and its own source.',
		files: [
			{ source: 'dist/wdosbox.js', name: 'wdosbox.js' },
			{ source: 'dist/wdosbox.wasm', name: 'wdosbox.wasm' },
			{ source: 'LICENSE', name: 'LICENSE.txt' },
		],
	},
	{
		directory: 'v86',
		title: 'v86, a PC in WebAssembly',
		origin: { kind: 'npm', packageName: 'v86' },
		licence: 'BSD-2-Clause',
		sourceNote: 'Source: the v86 project, at the version named here.',
		files: [
			{ source: 'build/libv86.mjs', name: 'libv86.mjs' },
			{ source: 'build/v86.wasm', name: 'v86.wasm' },
			{ source: 'build/v86-fallback.wasm', name: 'v86-fallback.wasm' },
			{ source: 'LICENSE', name: 'LICENSE.txt' },
		],
	},
	{
		directory: 'v86',
		title: 'SeaBIOS and its VGA BIOS',
		origin: { kind: 'debian', packageName: 'seabios' },
		licence: 'LGPL-3.0-only',
		sourceNote: 'Source: the source package `seabios` of the distribution it was taken from.',
		files: [
			{ source: 'usr/share/seabios/bios.bin', name: 'seabios.bin' },
			{ source: 'usr/share/seabios/vgabios-stdvga.bin', name: 'vgabios.bin' },
			{ source: 'usr/share/doc/seabios/copyright', name: 'SEABIOS-COPYRIGHT.txt' },
		],
	},
];
