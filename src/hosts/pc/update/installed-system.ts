/**
 * The disk that the running system was started from, when Vitrine is installed to it: which slot runs, and its parts as
 * devices.
 *
 * Sources: the words `vitrine.slot` and `vitrine.trial` on the kernel's command line (distro/loader/grub.cfg), what the
 * first program found to be the medium, and the partitions' names in `/sys/class/block`.
 */
import { readdir, readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { OsError } from '#abi/errors.ts';
import { FileBlockDevice } from '../installed-disk/block-device.ts';
import { partitionNames, slotNames } from '../installed-disk/layout.ts';
import { StateSector } from './state-sector.ts';
import { type RunningSystem, Updater } from './updater.ts';
import { isVersion } from './version.ts';

/** The folder that stands for `/`: another one in tests. */
export interface SystemRoot {
	readonly root: string;
}

export interface ImageFacts {
	readonly version: string;
	readonly floor: string;
	readonly key: string | undefined;
}

/** What is built into the running image. */
export async function readImageFacts({ root }: SystemRoot): Promise<ImageFacts> {
	const folder = path.join(root, 'usr/share/vitrine');
	const { version, floor } = JSON.parse(await readFile(path.join(folder, 'release.json'), 'utf8')) as ImageFacts;
	if (!isVersion(version) || !isVersion(floor)) throw new OsError('EIO', 'the image does not say its version');
	const key = await readFile(path.join(folder, 'update.pub'), 'utf8').catch(() => undefined);
	return { version, floor, key };
}

/** The slot that runs; `undefined` when it was started from a medium. */
export async function readRunningSlot({
	root,
}: SystemRoot): Promise<Pick<RunningSystem, 'slot' | 'isTrial'> | undefined> {
	const words = (await readFile(path.join(root, 'proc/cmdline'), 'utf8')).trim().split(' ');
	const slot = slotNames.find((name) => words.includes(`vitrine.slot=${name}`));
	return slot === undefined ? undefined : { slot, isTrial: words.includes('vitrine.trial') };
}

/** Device files of the partitions of the disk that the medium is on, by the names in its table. */
export async function findOwnPartitions({ root }: SystemRoot): Promise<ReadonlyMap<string, string>> {
	const medium = (await readFile(path.join(root, 'run/vitrine-medium'), 'utf8')).trim();
	const blocks = path.join(root, 'sys/class/block');
	const diskOf = async (name: string) => path.dirname(await realpath(path.join(blocks, name)));
	const disk = await diskOf(path.basename(medium));
	const found = new Map<string, string>();
	for (const name of await readdir(blocks)) {
		const text = await readFile(path.join(blocks, name, 'uevent'), 'utf8').catch(() => '');
		const [, partition] = /^PARTNAME=(.*)$/m.exec(text) ?? [];
		if (partition !== undefined && (await diskOf(name)) === disk) found.set(partition, path.join(root, 'dev', name));
	}
	return found;
}

/** An updater of the running system, for as long as `use` runs. ENOTSUP when Vitrine is not installed here. */
export async function withUpdater<Result>(
	system: SystemRoot,
	use: (updater: Updater) => Promise<Result>,
): Promise<Result> {
	const slot = await readRunningSlot(system);
	if (slot === undefined) throw new OsError('ENOTSUP', 'Vitrine was not started from a disk that it is installed to');
	const partitions = await findOwnPartitions(system);
	const opened: FileBlockDevice[] = [];
	const open = async (name: string) => {
		const device = partitions.get(name);
		if (device === undefined) throw new OsError('ENXIO', name);
		const made = await FileBlockDevice.open(device, 'write');
		opened.push(made);
		return made;
	};
	try {
		const slots = { a: await open(partitionNames.a), b: await open(partitionNames.b) };
		const state = await StateSector.find(await open(partitionNames.boot));
		return await use(new Updater({ running: { ...slot, ...(await readImageFacts(system)) }, state, slots }));
	} finally {
		await Promise.all(opened.map((device) => device[Symbol.asyncDispose]()));
	}
}
