/**
 * Power cuts while a disk is updated, judged by the real loader: a disk is updated once by the real updater, every write
 * and flush of which is recorded. Then the disk is put together as a cut at some moment may have left it, and a
 * virtual PC starts from it: SeaBIOS, GRUB, the kernel and the first program, which says from which slot it came.
 *
 * What is true of every start: the slot that it comes from is whole, and it is the one that the model of the loader
 * (`tests/update-cuts/loader-model.ts`) names. After a trial the next start is the good slot's.
 *
 * The images hold a kernel, a first program and a menu, and nothing else, so a start takes seconds.
 */
import { copyFile, cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type BlockDevice, DevicePart, FileBlockDevice } from '#hosts/pc/installed-disk/block-device.ts';
import { environmentBlockBytes } from '#hosts/pc/installed-disk/environment-block.ts';
import {
	leastDiskBytes,
	partitionNames,
	planInstalledDisk,
	type SlotName,
	sectorBytes,
} from '#hosts/pc/installed-disk/layout.ts';
import { findPlan } from '#hosts/pc/installed-disk/write-loader.ts';
import { findFatFile } from '#hosts/pc/update/fat-file.ts';
import { makeComment } from '#hosts/pc/update/signed-release.ts';
import { StateSector } from '#hosts/pc/update/state-sector.ts';
import { Updater } from '#hosts/pc/update/updater.ts';
import { chooseSlot } from '../../tests/update-cuts/loader-model.ts';
import { makeSigningKey, type SigningKey } from '../../tests/update-cuts/signed-images.ts';
import { fromRoot } from '../setup/paths.ts';
import { getOutput } from '../setup/run-command.ts';
import { makeBootMenu } from './boot-menu.ts';
import { makeInstalledDisk } from './make-installed-disk.ts';
import { isoCacheDirectory } from './stage.ts';
import { VirtualPc } from './virtual-pc.ts';

const startTimeoutMs = 300_000;
const stepBytes = 1024 * 1024;

type Operation = { readonly place: number; readonly bytes: Uint8Array } | 'flush';

export interface CutsOptions {
	readonly directory: string;
	readonly cuts: number;
	/** From 0 to 1, not 1 itself. */
	readonly random: () => number;
	/** Plants a defect that must be found: the disk loses what was not written last. */
	readonly isPlanted: boolean;
	onCut(sentence: string): void;
}

/** Sentences about starts that went wrong. */
export async function cutUpdates(options: CutsOptions): Promise<string[]> {
	await rm(options.directory, { recursive: true, force: true });
	await mkdir(options.directory, { recursive: true });
	const bench = await Bench.make(options.directory);
	const operations = await bench.recordUpdate();
	await bench.reset();
	const problems: string[] = [];
	let done = 0;
	const moments = Array.from({ length: options.cuts }, () =>
		Math.floor(options.random() * (operations.length + 1)),
	).sort((one, other) => one - other);
	for (const [number, moment] of moments.entries()) {
		const from = options.isPlanted ? 0 : lastFlush(operations, moment);
		while (done < from) await bench.apply(operations[done++]);
		const problem = await bench.startAfterCut(operations.slice(from, moment), options.random);
		options.onCut(`cut ${number + 1} of ${moments.length}, after operation ${moment}: ${problem ?? 'starts'}`);
		if (problem !== undefined) problems.push(`cut after operation ${moment}: ${problem}`);
	}
	return problems;
}

/** Up to there everything is on the disk. */
function lastFlush(operations: readonly Operation[], moment: number): number {
	return operations.slice(0, moment).lastIndexOf('flush') + 1;
}

class Bench {
	readonly #directory: string;
	readonly #images: readonly Uint8Array[];
	readonly #key: SigningKey;
	readonly #statePlace: number;
	#starts = 0;

	private constructor(directory: string, images: readonly Uint8Array[], key: SigningKey, statePlace: number) {
		this.#directory = directory;
		this.#images = images;
		this.#key = key;
		this.#statePlace = statePlace;
	}

	static async make(directory: string): Promise<Bench> {
		const images: Uint8Array[] = [];
		for (const id of ['1111111111111111', '2222222222222222']) images.push(await makeSmallImage(directory, id));
		await makeInstalledDisk(path.join(directory, 'disk'), path.join(directory, '1111111111111111.iso'));
		await using disk = await FileBlockDevice.open(path.join(directory, 'disk'), 'read');
		const boot = partOf(disk, partitionNames.boot);
		const place = startOf(partitionNames.boot) + (await findFatFile(boot, ['VITRINE', 'GRUBENV']));
		return new Bench(directory, images, makeSigningKey(), place);
	}

	get #disk(): string {
		return path.join(this.#directory, 'disk');
	}

	/** Slot B is empty again, and slot A is the good one. */
	async reset(): Promise<void> {
		await rm(this.#disk);
		await makeInstalledDisk(this.#disk, path.join(this.#directory, '1111111111111111.iso'));
	}

	/** What the updater does to the disk, from the first write to the last flush. */
	async recordUpdate(): Promise<Operation[]> {
		await using file = await FileBlockDevice.open(this.#disk, 'write');
		const disk = new RecordingDevice(file);
		const slots = { a: partOf(disk, partitionNames.a), b: partOf(disk, partitionNames.b) };
		const state = new StateSector(disk, this.#statePlace);
		const facts = { version: '0.1.0', floor: '0.1.0', key: this.#key.publicFile };
		const updater = new Updater({ running: { slot: 'a', isTrial: false, ...facts }, state, slots });
		const image = this.#images[1] as Uint8Array;
		const comment = makeComment({ version: '0.2.0', floor: '0.1.0', sizeBytes: image.length });
		await using source = await FileBlockDevice.open(path.join(this.#directory, '2222222222222222.iso'), 'read');
		await updater.install(source, this.#key.sign(image, comment), { stepBytes });
		return disk.operations;
	}

	async apply(operation: Operation | undefined): Promise<void> {
		if (operation === undefined || operation === 'flush') return;
		await using disk = await FileBlockDevice.open(this.#disk, 'write');
		await disk.write(operation.place, operation.bytes);
	}

	/** Some sectors of what was not flushed are on the disk. Leaves the disk as it was. */
	async startAfterCut(unsafe: readonly Operation[], random: () => number): Promise<string | undefined> {
		const share = [0.1, 0.5, 0.9][Math.floor(random() * 3)] ?? 0.5;
		const saved: { place: number; bytes: Uint8Array }[] = [];
		const put = async (place: number, bytes: Uint8Array): Promise<void> => {
			await using disk = await FileBlockDevice.open(this.#disk, 'write');
			saved.push({ place, bytes: await disk.read(place, bytes.length) });
			await disk.write(place, bytes);
		};
		for (const operation of unsafe)
			if (operation !== 'flush')
				for (let at = 0; at < operation.bytes.length; at += sectorBytes)
					if (random() < share) await put(operation.place + at, operation.bytes.subarray(at, at + sectorBytes));
		try {
			return await this.#judgeStarts(random);
		} finally {
			await using disk = await FileBlockDevice.open(this.#disk, 'write');
			for (const { place, bytes } of saved.toReversed()) await disk.write(place, bytes);
		}
	}

	/** Two starts; sometimes the plug is pulled in the middle of one before them, where the loader writes. */
	async #judgeStarts(random: () => number): Promise<string | undefined> {
		const before = await this.#readState();
		try {
			if (random() < 0.25) await this.#startAndKill(500 + random() * 8_000);
			for (let start = 1; start <= 2; start++) {
				const problem = await this.#judgeStart();
				if (problem !== undefined) return `start ${start}: ${problem}`;
			}
			return undefined;
		} finally {
			await using disk = await FileBlockDevice.open(this.#disk, 'write');
			await disk.write(this.#statePlace, before);
		}
	}

	async #judgeStart(): Promise<string | undefined> {
		const expected = await this.#predict();
		const slot = await this.#start();
		if (slot === undefined) return 'nothing starts';
		if (slot !== expected) return `slot ${slot} starts, and the model says ${expected}`;
		return (await this.#isWhole(slot)) ? undefined : `slot ${slot} starts, and is not whole`;
	}

	/** What the model of the loader chooses, on a copy of the state. */
	async #predict(): Promise<SlotName> {
		const copy = path.join(this.#directory, 'state');
		await writeFile(copy, await this.#readState());
		await using block = await FileBlockDevice.open(copy, 'write');
		await using disk = await FileBlockDevice.open(this.#disk, 'read');
		const { slot } = await chooseSlot(block, async (name) => {
			const head = await partOf(disk, partitionNames[name]).read(16 * 2048, 6);
			return Buffer.from(head).toString('latin1') === '\x01CD001';
		});
		return slot;
	}

	async #start(): Promise<SlotName | undefined> {
		await using pc = await this.#turnOn();
		const line = await pc.waitFor(/medium \/dev\/vda[34]$/, startTimeoutMs).catch(() => undefined);
		return line === undefined ? undefined : line.endsWith('3') ? 'a' : 'b';
	}

	async #startAndKill(afterMs: number): Promise<void> {
		await using _pc = await this.#turnOn();
		await wait(afterMs);
	}

	#turnOn(): Promise<VirtualPc> {
		const directory = path.join(this.#directory, `start-${++this.#starts}`);
		return VirtualPc.start({ image: '', directory, medium: 'none', disk: this.#disk, memoryMegabytes: 512 });
	}

	async #isWhole(slot: SlotName): Promise<boolean> {
		await using disk = await FileBlockDevice.open(this.#disk, 'read');
		const part = partOf(disk, partitionNames[slot]);
		for (const image of this.#images) if (Buffer.compare(await part.read(0, image.length), image) === 0) return true;
		return false;
	}

	async #readState(): Promise<Uint8Array> {
		await using disk = await FileBlockDevice.open(this.#disk, 'read');
		return await disk.read(this.#statePlace, environmentBlockBytes);
	}
}

function startOf(name: string): number {
	return findPlan(planInstalledDisk(leastDiskBytes), name).startSector * sectorBytes;
}

function partOf(disk: BlockDevice, name: string): DevicePart {
	const { sectors } = findPlan(planInstalledDisk(leastDiskBytes), name);
	return new DevicePart(disk, startOf(name), sectors * sectorBytes);
}

class RecordingDevice implements BlockDevice {
	readonly #device: BlockDevice;
	readonly operations: Operation[] = [];

	constructor(device: BlockDevice) {
		this.#device = device;
	}

	get sizeBytes(): number {
		return this.#device.sizeBytes;
	}

	read(place: number, length: number): Promise<Uint8Array> {
		return this.#device.read(place, length);
	}

	async write(place: number, bytes: Uint8Array): Promise<void> {
		this.operations.push({ place, bytes: Uint8Array.from(bytes) });
		await this.#device.write(place, bytes);
	}

	async flush(): Promise<void> {
		this.operations.push('flush');
		await this.#device.flush();
	}

	forgetCached(): Promise<void> {
		return this.#device.forgetCached();
	}
}

/** Kernel, first program and menu of this build. Gives its bytes. */
async function makeSmallImage(directory: string, id: string): Promise<Uint8Array> {
	const tree = path.join(directory, `tree-${id}`);
	for (const folder of ['boot/grub', 'vitrine', '.disk']) await mkdir(path.join(tree, folder), { recursive: true });
	for (const name of ['vmlinuz', 'initramfs.img'])
		await copyFile(path.join(isoCacheDirectory, 'kernel', name), path.join(tree, 'boot', name));
	await copyFile(path.join(isoCacheDirectory, 'loader', 'font.pf2'), path.join(tree, 'boot/grub/font.pf2'));
	await cp(fromRoot('distro/splash'), path.join(tree, 'boot/theme'), { recursive: true });
	await writeFile(path.join(tree, 'boot/grub/grub.cfg'), makeBootMenu(id));
	for (const name of ['vitrine/id', `vitrine/${id}.id`, '.disk/info'])
		await writeFile(path.join(tree, name), `${id}\n`);
	const image = path.join(directory, `${id}.iso`);
	await getOutput('xorriso', ['-report_about', 'WARNING', '-as', 'mkisofs', '-r', '-V', 'VITRINE', '-o', image, tree]);
	await rm(tree, { recursive: true });
	await using file = await FileBlockDevice.open(image, 'read');
	return await file.read(0, file.sizeBytes);
}
