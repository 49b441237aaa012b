/**
 * The kernel and the first program's small file system: `vmlinuz`, `initramfs.img`.
 *
 * In it: busybox with the libraries it needs, the drivers of `distro/kernel-modules` and what they need, and
 * `distro/initramfs`. Nothing in it needs an owner or a device node, so it is made without root.
 */
import { chmod, copyFile, cp, mkdir, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { parseModuleDependencies, selectModules } from './module-closure.ts';
import { readPng } from './read-png.ts';
import { readReasonedList } from './reasoned-list.ts';
import { buildEnvironment, type Release, readRelease } from './release.ts';
import { findProgram } from './requirements.ts';
import type { Stage } from './stage.ts';

/** busybox and what it is linked with. */
const programs = [
	'usr/bin/busybox',
	'usr/lib/x86_64-linux-gnu/libc.so.6',
	'usr/lib/x86_64-linux-gnu/libresolv.so.2',
	'usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2',
];

export const kernelStage: Stage = {
	name: 'kernel',
	title: 'Making the first program',
	files: [
		'distro/initramfs',
		'distro/splash/logo.png',
		'distro/kernel-modules',
		'distro/release.json',
		'tools/iso/kernel-stage.ts',
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
		await copyPrograms(unpacked, tree);
		await copyModules(unpacked, tree, kernel.slice('vmlinuz-'.length));
		await pack(tree, path.join(directory, 'initramfs.img'), release);
		await Promise.all([unpacked, tree].map((made) => rm(made, { recursive: true })));
	},
};

async function unpack(archive: string, directory: string): Promise<void> {
	await mkdir(directory);
	const members = ['./boot', './usr/lib/modules', ...programs.map((file) => `./${file}`)];
	await getOutput('tar', ['--extract', '--no-same-owner', '-f', archive, '-C', directory, ...members]);
}

async function copyPrograms(unpacked: string, tree: string): Promise<void> {
	for (const folder of ['bin', 'lib/x86_64-linux-gnu', 'lib64'])
		await mkdir(path.join(tree, folder), { recursive: true });
	for (const file of programs) {
		const name = path.basename(file);
		const folder = name === 'busybox' ? 'bin' : name.startsWith('ld-linux') ? 'lib64' : 'lib/x86_64-linux-gnu';
		await copyFile(path.join(unpacked, file), path.join(tree, folder, name));
		await chmod(path.join(tree, folder, name), 0o755);
	}
	await cp(fromRoot('distro/initramfs'), tree, { recursive: true });
	await writeFile(path.join(tree, 'logo'), readPng(await readFile(fromRoot('distro/splash/logo.png'))).bgrx);
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

/** Names in order, one date, one owner: two builds are equal. */
async function pack(tree: string, target: string, release: Release): Promise<void> {
	const entries = await readdir(tree, { recursive: true });
	for (const entry of [...entries, '.'])
		await utimes(path.join(tree, entry), release.epochSeconds, release.epochSeconds);
	const list = `${target}.names`;
	await writeFile(list, `${['.', ...entries.sort()].join('\n')}\n`);
	const script = 'cpio --quiet -o -H newc --reproducible --owner=0:0 <"$1" | zstd -q -19 -o "$2"';
	await getOutput('sh', ['-ec', script, 'sh', list, target], {
		directory: tree,
		environment: buildEnvironment(release),
	});
	await rm(list);
}
