/**
 * The disks and sticks of the PC, by lsblk and blkid.
 *
 * Rules of use: `identifier` names a disk while it stays plugged in; `findDisk` finds it again, and refuses one that was
 * exchanged meanwhile.
 *
 * Invariants: discs, memory and what Linux makes up of other devices are no disks. A disk that anything is mounted from, but
 * for the medium itself, or that another device is made of, is in use.
 */
import { readFile } from 'node:fs/promises';
import { OsError } from '#abi/errors.ts';
import type { PcDiskPart } from '#abi/structures.generated.ts';
import { runTool, tryTool } from '../run-tool.ts';

/** Where the first program mounts what it started from. */
export const mediumFolder = '/run/medium';
/** In it the drives are mounted that people open (`drive-verbs.ts`). */
export const driveFolder = '/run/drives';

export interface Disk {
	/** `sdb@12`: its name in Linux and the number of its appearance. */
	readonly identifier: string;
	readonly device: string;
	readonly path: string;
	readonly model: string;
	readonly connection: string;
	readonly sizeBytes: number;
	readonly sectorBytes: number;
	readonly removable: boolean;
	readonly readOnly: boolean;
	readonly startedFrom: boolean;
	readonly inUse: boolean;
	/** In use only as a drive that somebody opened, which can be taken out. */
	readonly isOpenDrive: boolean;
	readonly parts: readonly DiskPart[];
}

export interface DiskPart extends PcDiskPart {
	readonly path: string;
	readonly mounts: readonly string[];
}

export interface DiskOptions {
	/** Kinds of device that count as disks; tests add `loop`. */
	readonly kinds: readonly string[];
}

const columns = 'NAME,KNAME,PATH,TYPE,SIZE,RM,HOTPLUG,RO,MODEL,VENDOR,TRAN,MOUNTPOINTS,LOG-SEC';

interface BlockNode {
	readonly kname: string;
	readonly path: string;
	readonly type: string;
	readonly size: number;
	readonly rm: boolean;
	readonly hotplug: boolean;
	readonly ro: boolean;
	readonly model: string | null;
	readonly vendor: string | null;
	readonly tran: string | null;
	readonly mountpoints: readonly (string | null)[];
	readonly 'log-sec': number;
	readonly children?: readonly BlockNode[];
}

/** Parts of a card that its firmware keeps for itself. */
const hiddenParts = /^mmcblk\d+(boot\d+|rpmb)$/;

export async function listDisks({ kinds }: DiskOptions): Promise<Disk[]> {
	const told = await runTool('lsblk', ['--json', '--bytes', '--output', columns]);
	const { blockdevices } = JSON.parse(told) as { blockdevices: BlockNode[] };
	const nodes = blockdevices.filter(
		({ type, size, kname }) => kinds.includes(type) && size > 0 && !hiddenParts.test(kname),
	);
	const contents = await readContents(nodes.flatMap((node) => [node, ...(node.children ?? [])]));
	return await Promise.all(nodes.map((node) => describeDisk(node, contents)));
}

/** The disk of this identifier. EINVAL when it is not there, or another one is there by that name. */
export async function findDisk(identifier: string, options: DiskOptions): Promise<Disk> {
	const disk = (await listDisks(options)).find((candidate) => candidate.identifier === identifier);
	if (disk === undefined) throw new OsError('EINVAL', 'this disk is not there any more');
	return disk;
}

/** The path of a disk's partition: `/dev/sda1`, `/dev/nvme0n1p1`. */
export function partitionPath(diskPath: string, number: number): string {
	return `${diskPath}${/\d$/.test(diskPath) ? 'p' : ''}${number}`;
}

type Contents = ReadonlyMap<string, ReadonlyMap<string, string>>;

async function describeDisk(node: BlockNode, contents: Contents): Promise<Disk> {
	const sequence = (await readFile(`/sys/block/${node.kname}/diskseq`, 'utf8')).trim();
	const children = node.children ?? [];
	const partitions = children.filter(({ type }) => type === 'part');
	// Files may stand on a disk without partitions.
	const whole = contents.get(node.path)?.has('TYPE') === true ? [node] : [];
	const tree = [node, ...children.flatMap((child) => [child, ...(child.children ?? [])])];
	const mounts = tree.flatMap(mountsOf);
	// Something that was made of the disk: an opened encrypted partition, a part of a RAID.
	const isUnder = tree.some(({ type }) => type !== 'part' && type !== node.type);
	const uses = mounts.filter((place) => place !== mediumFolder);
	return {
		identifier: `${node.kname}@${sequence}`,
		device: node.kname,
		path: node.path,
		model: describeModel(node),
		connection: node.tran ?? (node.kname.startsWith('mmcblk') ? 'card' : ''),
		sizeBytes: node.size,
		sectorBytes: node['log-sec'],
		removable: node.rm || node.hotplug,
		readOnly: node.ro,
		startedFrom: mounts.includes(mediumFolder),
		inUse: isUnder || uses.length > 0,
		isOpenDrive: !isUnder && uses.length > 0 && uses.every((place) => place.startsWith(`${driveFolder}/`)),
		parts: (partitions.length > 0 ? partitions : whole).map((part) => describePart(part, contents)),
	};
}

function describePart(node: BlockNode, contents: Contents): DiskPart {
	const found = contents.get(node.path);
	return {
		device: node.kname,
		path: node.path,
		label: found?.get('LABEL') ?? found?.get('PART_ENTRY_NAME') ?? '',
		format: found?.get('TYPE') ?? '',
		sizeBytes: node.size,
		mounts: mountsOf(node),
	};
}

function mountsOf({ mountpoints }: BlockNode): string[] {
	return mountpoints.filter((place) => place !== null);
}

/** What Linux says in the place of a maker: `ATA` of every disk on SATA, a number of every virtual one. */
const noMaker = /^(|ATA|0x[0-9a-f]+)$/;

function describeModel({ vendor, model }: BlockNode): string {
	const words = [vendor, model].map((word) => word?.trim().replaceAll('_', ' ') ?? '');
	return words.filter((word) => !noMaker.test(word)).join(' ');
}

/** What blkid sees on each device now, past what anybody remembers of it. One by one, since it stops at the first empty one. */
async function readContents(nodes: readonly BlockNode[]): Promise<Contents> {
	const probe = async ({ path }: BlockNode) => {
		const { output } = await tryTool('blkid', ['--probe', '--output', 'export', path]);
		return [path, new Map(output.trim().split('\n').map(splitField))] as const;
	};
	return new Map(await Promise.all(nodes.map(probe)));
}

/** `LABEL=Two\ words`: blkid escapes what a shell would read otherwise. */
function splitField(line: string): [name: string, value: string] {
	const end = line.indexOf('=');
	return [line.slice(0, end), line.slice(end + 1).replace(/\\(.)/g, '$1')];
}
