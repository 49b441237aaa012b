/**
 * The kernel and the first program's small file system: `vmlinuz`, `initramfs.img`; and the memory test, `memtest.bin` (BIOS),
 * `memtest.efi`.
 *
 * In it: busybox, dmsetup with the libraries it needs, the drivers of `distro/kernel-modules` and what they need, and
 * `distro/initramfs`. Nothing in it needs an owner or a device node, so it is made without root.
 */
import { chmod, copyFile, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { packTree } from './cpio.ts';
import { parseModuleDependencies, selectModules } from './module-closure.ts';
import { readPng, screenDepths, toDepth } from './read-png.ts';
import { readReasonedList } from './reasoned-list.ts';
import { readRelease } from './release.ts';
import { findProgram } from './requirements.ts';
import type { Stage } from './stage.ts';

/** busybox, which needs nothing else, and dmsetup with the libraries that it is linked with. */
const programs = ['usr/bin/busybox', 'usr/sbin/dmsetup'];
const libraries = [
	'libdevmapper.so.1.02.1',
	'libselinux.so.1',
	'libudev.so.1',
	'libcap.so.2',
	'libm.so.6',
	'libpcre2-8.so.0',
	'libc.so.6',
];
const loader = 'ld-linux-x86-64.so.2';
const libraryFolder = 'usr/lib/x86_64-linux-gnu';

/** The memory test, for BIOS and for UEFI. */
const memoryTests = [
	['memtest86+x64.bin', 'memtest.bin'],
	['memtest86+x64.efi', 'memtest.efi'],
] as const;

export const kernelStage: Stage = {
	name: 'kernel',
	title: 'Making the first program',
	files: [
		'distro/initramfs',
		'distro/splash/logo.png',
		'distro/kernel-modules',
		'distro/release.json',
		'tools/iso/kernel-stage.ts',
		'tools/iso/cpio.ts',
	],
	uses: ['base'],
	async run({ directory, from }) {
		const release = await readRelease();
		const unpacked = path.join(directory, 'unpacked');
		const tree = path.join(directory, 'tree');
		await unpack(from('base', 'base.tar'), unpacked);
		const [kernel] = (await readdir(path.join(unpacked, 'boot'))).filter((name) => name.startsWith('vmlinuz-'));
		if (kernel === undefined) throw new Error('The packages hold no kernel.');
		await rename(path.join(unpacked, 'boot', kernel), path.join(directory, 'vmlinuz'));
		for (const [name, place] of memoryTests)
			await rename(path.join(unpacked, 'boot', name), path.join(directory, place));
		await copyPrograms(unpacked, tree);
		await copyModules(unpacked, tree, kernel.slice('vmlinuz-'.length));
		await packTree(tree, path.join(directory, 'initramfs.img'), release, 'zstd');
		await Promise.all([unpacked, tree].map((made) => rm(made, { recursive: true })));
	},
};

async function unpack(archive: string, directory: string): Promise<void> {
	await mkdir(directory);
	const files = [...programs, ...[...libraries, loader].map((name) => `${libraryFolder}/${name}`)];
	// With what follows in the name: a library's own is often a link to the file that holds it.
	const members = ['./boot', './usr/lib/modules', ...files.map((file) => `./${file}*`)];
	const words = ['--extract', '--no-same-owner', '--wildcards', '-f', archive, '-C', directory];
	await getOutput('tar', [...words, ...members]);
}

async function copyPrograms(unpacked: string, tree: string): Promise<void> {
	const copies = [
		...programs.map((file) => [file, `bin/${path.basename(file)}`] as const),
		...libraries.map((name) => [`${libraryFolder}/${name}`, `lib/x86_64-linux-gnu/${name}`] as const),
		[`${libraryFolder}/${loader}`, `lib64/${loader}`] as const,
	];
	for (const [source, place] of copies) {
		await mkdir(path.dirname(path.join(tree, place)), { recursive: true });
		await copyFile(path.join(unpacked, source), path.join(tree, place));
		await chmod(path.join(tree, place), 0o755);
	}
	await cp(fromRoot('distro/initramfs'), tree, { recursive: true });
	const logo = readPng(await readFile(fromRoot('distro/splash/logo.png')));
	for (const bits of screenDepths) await writeFile(path.join(tree, `guard/logo${bits}`), toDepth(logo, bits));
}

/** Drivers are unpacked here: packed again as a whole they are smaller, and are loaded sooner. */
async function copyModules(unpacked: string, tree: string, version: string): Promise<void> {
	const source = path.join(unpacked, 'usr/lib/modules', version);
	const target = path.join(tree, 'lib/modules', version);
	const read = (name: string) => readFile(path.join(source, name), 'utf8');
	const builtIn = (await read('modules.builtin')).split('\n');
	const wanted = await readReasonedList('distro/kernel-modules');
	const modules = selectModules(parseModuleDependencies(await read('modules.dep')), wanted, builtIn);
	for (const module of modules) {
		await mkdir(path.dirname(path.join(target, module)), { recursive: true });
		await copyFile(path.join(source, module), path.join(target, module));
	}
	const compressed = modules.filter((module) => module.endsWith('.xz'));
	await getOutput('xz', ['--decompress', '--', ...compressed.map((module) => path.join(target, module))]);
	for (const name of ['modules.order', 'modules.builtin', 'modules.builtin.modinfo'])
		await copyFile(path.join(source, name), path.join(target, name));
	await getOutput(findProgram('depmod') ?? 'depmod', ['--basedir', tree, version]);
	// busybox reads the tables that are text.
	for (const name of await readdir(target))
		if (/^modules\..*\.bin$|^modules\.order$/.test(name)) await rm(path.join(target, name));
}
