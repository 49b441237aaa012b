/**
 * Attacks on stored encrypted files by somebody who has the disk and no key: whatever is changed, cut, moved, swapped or put back
 * to an older state, no wrong byte may be read afterwards.
 *
 * How: three files are made and changed once, so that there is an older state of everything. Each case changes what is stored in
 * an open group of the volume below, lets a system that has just started read with the owner's key, and undoes the group.
 * A case is accepted when a read succeeds and tells other bytes than the owner wrote. Putting back all of an older state of
 * a file, or exchanging whole files, is no case: nothing on the same disk could tell.
 */
import { createHash } from 'node:crypto';
import { OsError } from '#abi/errors.ts';
import type { FileCipher } from '#efs/file-cipher.ts';
import type { Inode } from '#fs/file-system.ts';
import type { OpenedVolume } from '#volume/open-volume.ts';
import { SimulatedDisk } from '../crash/simulated-disk.ts';
import { openTestVolume, SeededRandom } from '../crash/test-volume.ts';
import { ann, encryptVolume, makePeople, ownedBy, type People } from '../efs/encrypted-test-volume.ts';

export interface TamperReport {
	cases: number;
	/** Refused with an error. */
	refused: number;
	/** What was changed had no meaning: a spare byte, a hole. */
	harmless: number;
	accepted: number;
	/** What the first few accepted cases were. */
	readonly examples: string[];
}

export interface TamperOptions {
	readonly cases: number;
	readonly seed?: number;
	/** A planted defect: what stands between the vault and the files. */
	readonly weaken?: (cipher: FileCipher) => FileCipher;
	readonly onProgress?: (report: TamperReport) => void;
}

const chunkSize = 65_536;
const header = 'system.efs';

/** What is stored of a file. */
interface Stored {
	readonly content: Uint8Array;
	readonly attributes: ReadonlyMap<string, Uint8Array>;
}

interface Target {
	readonly inode: Inode;
	readonly expected: Uint8Array;
	readonly now: Stored;
	readonly before: Stored;
	/** Chunks of which something is stored. */
	readonly chunks: readonly number[];
}

/** What is read at the beginning and at the end of a file: all that is no hole. */
const readBytes = 200_000;

type Attack = (scene: Scene) => string;

class Scene {
	readonly inner: OpenedVolume;
	readonly random: SeededRandom;
	readonly targets: readonly Target[];
	readonly target: Target;

	constructor(inner: OpenedVolume, random: SeededRandom, targets: readonly Target[]) {
		this.inner = inner;
		this.random = random;
		this.targets = targets;
		this.target = random.pick(targets);
	}

	get other(): Target {
		return this.random.pick(this.targets.filter((candidate) => candidate !== this.target));
	}

	get attribute(): string {
		return this.random.pick([...this.target.now.attributes.keys()]);
	}

	/** A chunk of which something is stored. */
	get chunk(): number {
		return this.random.pick(this.target.chunks);
	}

	chunkOf({ content }: Stored, chunk: number): Uint8Array {
		return content.slice(chunk * chunkSize, (chunk + 1) * chunkSize);
	}

	setAttribute(name: string, value: Uint8Array | undefined): void {
		this.inner.setExtended(this.target.inode, name, value?.length === 0 ? undefined : value);
	}

	write(chunk: number, bytes: Uint8Array): void {
		const length = Math.min(bytes.length, this.target.now.content.length - chunk * chunkSize);
		this.inner.write(this.target.inode, chunk * chunkSize, bytes.subarray(0, length));
	}

	/** Nonce and tag of a chunk in a state of a file. */
	stampOf({ attributes }: Stored, chunk: number): Uint8Array {
		const page = attributes.get(`system.efs.map.${Math.floor(chunk / 256)}`) ?? new Uint8Array();
		const stamp = new Uint8Array(28);
		stamp.set(page.subarray((chunk % 256) * 28, (chunk % 256) * 28 + 28));
		return stamp;
	}

	setStamp(chunk: number, stamp: Uint8Array): void {
		const name = `system.efs.map.${Math.floor(chunk / 256)}`;
		const page = new Uint8Array(256 * 28);
		page.set(this.target.now.attributes.get(name) ?? new Uint8Array());
		page.set(stamp, (chunk % 256) * 28);
		let end = page.length;
		while (end > 0 && page.subarray(end - 28, end).every((byte) => byte === 0)) end -= 28;
		this.setAttribute(name, page.slice(0, end));
	}

	/** Makes the tree and the root agree with the map: anybody can compute them. */
	hashAnew(): void {
		const names = this.inner.listExtended(this.target.inode);
		const page = (name: string): Uint8Array => this.inner.findExtended(this.target.inode, name) ?? new Uint8Array();
		let root = hashPage(0, page('system.efs.map.0'));
		if (names.includes('system.efs.tree.1.0')) {
			const tree = page('system.efs.tree.1.0').slice();
			for (let at = 0; at < tree.length / 32; at++) {
				const hash = hashPage(at, page(`system.efs.map.${at}`));
				tree.set(hash, at * 32);
			}
			this.setAttribute('system.efs.tree.1.0', tree);
			root = hashPage(0, tree, 1);
		}
		const bytes = page(header).slice();
		bytes.set(root, 101);
		this.setAttribute(header, bytes);
	}

	flip(bytes: Uint8Array): Uint8Array {
		const changed = bytes.slice();
		const at = this.random.below(changed.length);
		changed[at] = (changed[at] as number) ^ (1 << this.random.below(8));
		return changed;
	}
}

const attacks: readonly Attack[] = [
	(scene) => {
		const { attribute } = scene;
		scene.setAttribute(attribute, scene.flip(scene.target.now.attributes.get(attribute) ?? new Uint8Array(1)));
		return `a bit of ${attribute}`;
	},
	(scene) => {
		scene.setAttribute(header, scene.flip(scene.target.now.attributes.get(header) ?? new Uint8Array(1)));
		return 'a bit of the header';
	},
	(scene) => {
		const { chunk } = scene;
		scene.write(chunk, scene.flip(scene.chunkOf(scene.target.now, chunk)));
		return `a bit of chunk ${chunk}`;
	},
	(scene) => {
		const { attribute } = scene;
		const value = scene.target.now.attributes.get(attribute) ?? new Uint8Array();
		scene.setAttribute(attribute, value.slice(0, scene.random.below(value.length)));
		return `the end of ${attribute} cut off`;
	},
	(scene) => {
		const { attribute } = scene;
		const value = scene.target.now.attributes.get(attribute) ?? new Uint8Array();
		const longer = new Uint8Array(value.length + 1 + scene.random.below(64));
		longer.set(value);
		scene.setAttribute(attribute, longer);
		return `bytes after ${attribute}`;
	},
	(scene) => {
		const { attribute } = scene;
		scene.setAttribute(attribute, undefined);
		return `no ${attribute}`;
	},
	(scene) => {
		const { attribute } = scene;
		scene.setAttribute(attribute, scene.target.before.attributes.get(attribute));
		return `${attribute} of before`;
	},
	(scene) => {
		const { attribute, other } = scene;
		scene.setAttribute(attribute, other.now.attributes.get(attribute));
		return `${attribute} of another file`;
	},
	(scene) => {
		for (const [name, value] of scene.target.before.attributes) if (name !== header) scene.setAttribute(name, value);
		return 'the map of before';
	},
	(scene) => {
		for (const [name, value] of scene.target.before.attributes) scene.setAttribute(name, value);
		return 'header and map of before, content of now';
	},
	(scene) => {
		const { chunk } = scene;
		scene.write(chunk, scene.chunkOf(scene.target.before, chunk));
		return `chunk ${chunk} of before`;
	},
	(scene) => {
		const { chunk } = scene;
		scene.write(chunk, scene.chunkOf(scene.target.before, chunk));
		scene.setStamp(chunk, scene.stampOf(scene.target.before, chunk));
		return `chunk ${chunk} of before, with its stamp`;
	},
	(scene) => {
		const [one, two] = [scene.chunk, scene.chunk];
		scene.write(one, scene.chunkOf(scene.target.now, two));
		scene.setStamp(one, scene.stampOf(scene.target.now, two));
		return `chunk ${two} in the place of ${one}`;
	},
	(scene) => {
		const { chunk, other } = scene;
		scene.write(chunk, scene.chunkOf(other.now, chunk));
		scene.setStamp(chunk, scene.stampOf(other.now, chunk));
		return `chunk ${chunk} of another file`;
	},
	(scene) => {
		const { chunk } = scene;
		scene.setStamp(chunk, new Uint8Array(28));
		return `a hole instead of chunk ${chunk}`;
	},
	(scene) => {
		scene.inner.truncate(scene.target.inode, scene.random.below(scene.target.now.content.length));
		return 'the end of the file cut off';
	},
	(scene) => {
		scene.inner.truncate(scene.target.inode, scene.target.now.content.length + 1 + scene.random.below(100_000));
		return 'a longer file';
	},
	(scene) => {
		const size = scene.random.below(scene.target.now.content.length);
		scene.inner.truncate(scene.target.inode, size);
		const bytes = (scene.target.now.attributes.get(header) ?? new Uint8Array(60)).slice();
		new DataView(bytes.buffer).setBigUint64(44, BigInt(size));
		scene.setAttribute(header, bytes);
		return 'the end of the file cut off, and the size in the header changed';
	},
	(scene) => {
		const bytes = (scene.target.now.attributes.get(header) ?? new Uint8Array(135)).slice();
		const at = scene.random.pick([7, 40, 44, 52, 60, 67, 68, 101, 133]);
		bytes[at] = scene.random.below(256);
		bytes[at + 1] = scene.random.below(256);
		scene.setAttribute(header, bytes);
		return `other numbers at ${at} of the header`;
	},
	(scene) => {
		const mine = (scene.target.now.attributes.get(header) ?? new Uint8Array()).slice();
		const others = scene.other.now.attributes.get(header) ?? new Uint8Array();
		mine.set(others.subarray(135, others.length - 32), 135);
		scene.setAttribute(header, mine);
		return 'the wraps of another file';
	},
	(scene) => {
		const { chunk } = scene;
		scene.write(chunk, scene.chunkOf(scene.target.before, chunk));
		scene.setStamp(chunk, scene.stampOf(scene.target.before, chunk));
		scene.hashAnew();
		return `chunk ${chunk} of before, with its stamp and a map that agrees`;
	},
];

export async function tamperCampaign(options: TamperOptions): Promise<TamperReport> {
	const random = new SeededRandom(options.seed ?? 1);
	const people = makePeople();
	const inner = await openTestVolume(new SimulatedDisk());
	const cipher = options.weaken?.(people.cipher) ?? people.cipher;
	const targets = makeTargets(inner, { ...people, cipher });
	const report: TamperReport = { cases: 0, refused: 0, harmless: 0, accepted: 0, examples: [] };
	while (report.cases < options.cases) {
		const scene = new Scene(inner, random, targets);
		const what = random.pick(attacks)(scene);
		const outcome = readAfter(scene, { ...people, cipher });
		inner.rollback();
		report.cases++;
		report[outcome]++;
		if (outcome === 'accepted' && report.examples.length < 5) report.examples.push(what);
		if (report.cases % 5000 === 0) options.onProgress?.(report);
	}
	inner.close();
	return report;
}

function readAfter({ inner, target }: Scene, people: People): 'refused' | 'harmless' | 'accepted' {
	const { volume, encryption } = encryptVolume(inner, people);
	try {
		encryption.requireKeys(target.inode, ann);
		const { size } = volume.stat(target.inode);
		if (size !== target.expected.length) return 'accepted';
		const bytes = Buffer.alloc(Math.min(size, readBytes));
		for (const at of [0, size - bytes.length]) {
			volume.read(target.inode, at, bytes);
			if (!bytes.equals(target.expected.subarray(at, at + bytes.length))) return 'accepted';
		}
		return 'harmless';
	} catch (error) {
		if (!(error instanceof OsError)) throw error;
		return 'refused';
	} finally {
		encryption.forgetKeysOf(ann);
	}
}

/** Two dense files and one with holes and two pages of map, each of them changed once. */
function makeTargets(inner: OpenedVolume, people: People): Target[] {
	const { volume, encryption } = encryptVolume(inner, people);
	const random = new SeededRandom(5);
	encryption.setFolderEncryption(volume.root, true);
	const targets = ['a', 'b', 'holes'].map((name) => {
		const inode = volume.create(volume.root, name, 'file', ownedBy(ann));
		volume.write(inode, 0, random.bytes(200_000));
		if (name === 'holes') volume.write(inode, 17 << 20, random.bytes(30_000));
		volume.commit();
		const before = stored(inner, inode);
		volume.write(inode, 0, random.bytes(150_000));
		volume.write(inode, volume.stat(inode).size - 100, random.bytes(100));
		volume.commit();
		const expected = new Uint8Array(volume.stat(inode).size);
		volume.read(inode, 0, expected);
		const now = stored(inner, inode);
		return { inode, expected, before, now, chunks: storedChunks(now) };
	});
	encryption.forgetKeysOf(ann);
	return targets;
}

function storedChunks({ content }: Stored): number[] {
	const all = Array.from({ length: Math.ceil(content.length / chunkSize) }, (_, chunk) => chunk);
	return all.filter((chunk) => content.subarray(chunk * chunkSize, chunk * chunkSize + 64).some((byte) => byte !== 0));
}

function hashPage(number: number, bytes: Uint8Array, level = 0): Uint8Array {
	if (bytes.length === 0) return new Uint8Array(32);
	const place = Buffer.alloc(9);
	place.writeUInt8(level);
	place.writeBigUInt64BE(BigInt(number), 1);
	return createHash('sha256').update('EFS2/map').update(place).update(bytes).digest();
}

function stored(inner: OpenedVolume, inode: Inode): Stored {
	const content = new Uint8Array(inner.stat(inode).size);
	inner.read(inode, 0, content);
	const names = inner.listExtended(inode);
	return { content, attributes: new Map(names.map((name) => [name, inner.findExtended(inode, name) as Uint8Array])) };
}
