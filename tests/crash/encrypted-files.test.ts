/**
 * Power cuts, failing disks and lost groups under encrypted files: what was committed is there and whole, and half of a
 * group never is.
 */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FileSystem, Inode } from '#fs/file-system.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { sids } from '#security/sid.ts';
import { ann, type EncryptedTestVolume, encryptVolume, makePeople, type People } from '../efs/encrypted-test-volume.ts';
import type { ReferenceCipher } from '../efs/reference-cipher.ts';
import { powerCuts } from './power-cut.ts';
import { describeTree, OperationSource, perform } from './random-operations.ts';
import { DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

const states = Number(process.env.VITRINE_RUNS ?? 300);
const reserveBytes = 64 * 1024;

type Tree = ReadonlyMap<string, string>;
type Volume = EncryptedTestVolume;

/** What a person who opens everything sees; what cannot be read stands with its error. */
function look({ volume, encryption }: Volume): Tree {
	openAll(volume, encryption, volume.root);
	return describeTree(volume);
}

function openAll(volume: FileSystem, encryption: Volume['encryption'], directory: Inode): void {
	const page = volume.list(directory, '', 1000);
	for (const [index, inode] of page.inodes.entries()) {
		if (page.kinds[index] === 1) openAll(volume, encryption, inode);
		else if (page.kinds[index] === 0) encryption.requireKeys(inode, sids.system);
	}
}

interface Day {
	readonly disk: SimulatedDisk;
	readonly history: Tree[];
	readonly people: People<ReferenceCipher>;
}

/** Random groups of changes of encrypted files, with conversions, undone groups and restarts in between. */
async function workingDay(
	seed: number,
	between: (volume: SystemVolume) => SystemVolume = (volume) => volume,
): Promise<Day> {
	const random = new SeededRandom(seed);
	const disk = new SimulatedDisk(new DiskImage(), true);
	const clock = new ManualClock();
	const people = makePeople();
	const open = async (): Promise<Volume> =>
		encryptVolume(between(await openTestVolume(disk, { clock, reserveBytes })), people, seed);
	const source = new OperationSource(random, 150_000, 4);
	let system = await open();
	const history = [look(system)];
	for (let group = 1; group <= 30; group++) {
		if (group === 2) system.encryption.setFolderEncryption(system.volume.root, true);
		for (let count = 1 + random.below(4); count > 0; count--) {
			clock.advance(1);
			perform(system.volume, source.nextChange());
		}
		openAll(system.volume, system.encryption, system.volume.root);
		convertSomething(system, random);
		if (random.below(12) === 0) system.volume.rollback();
		system.volume.commit();
		history.push(look(system));
		disk.acknowledge(group);
		if (random.below(12) === 0) {
			system.volume.close();
			system = await open();
			openAll(system.volume, system.encryption, system.volume.root);
		}
	}
	system.volume.close();
	return { disk, history, people };
}

function convertSomething({ volume, encryption, keys }: Volume, random: SeededRandom): void {
	const page = volume.list(volume.root, '', 1000);
	const files = [...page.inodes].filter((_, index) => page.kinds[index] === 0);
	if (files.length === 0) return;
	const inode = random.pick(files);
	const state = encryption.encryptionOf(inode);
	const system = keys.recipientOf(sids.system) ?? assert.fail();
	if (state === undefined) encryption.beginEncryption(inode, [system]);
	else if (state.conversion !== undefined) encryption.convert(inode, 60_000);
	else if (random.below(2) === 0) encryption.beginDecryption(inode, sids.system);
	else encryption.beginRenewal(inode, sids.system, [system, keys.recipientOf(ann) ?? system]);
}

async function findProblem(
	image: DiskImage,
	allowed: readonly (Tree | undefined)[],
	{ people }: Day,
): Promise<string | undefined> {
	const inner = await openTestVolume(new SimulatedDisk(image), { reserveBytes });
	try {
		const tree = look(encryptVolume(inner, people));
		if (allowed.some((candidate) => isSame(tree, candidate))) return undefined;
		return `found ${[...tree]
			.map(([path, text]) => `${path} ${text}`)
			.join('; ')
			.slice(0, 300)}`;
	} catch (error) {
		return String(error);
	} finally {
		inner.close();
	}
}

function isSame(tree: Tree, other: Tree | undefined): boolean {
	return other !== undefined && tree.size === other.size && [...tree].every(([path, text]) => other.get(path) === text);
}

async function cutCampaign(most: number, between?: (volume: SystemVolume) => SystemVolume) {
	const report = { states: 0, bad: 0, examples: [] as string[] };
	for (let seed = 1; report.states < most; seed++) {
		const day = await workingDay(seed, between);
		for (const cut of powerCuts(new DiskImage(), day.disk.log, new SeededRandom(seed), {
			statesAPlace: 3,
			stride: 3,
		})) {
			if (report.states >= most || (between !== undefined && report.bad > 0)) return report;
			report.states++;
			const { acknowledged } = cut;
			const problem = await findProblem(cut.image, [day.history[acknowledged], day.history[acknowledged + 1]], day);
			if (problem === undefined) continue;
			report.bad++;
			if (report.examples.length < 5) report.examples.push(`seed ${seed}, ${cut.description}: ${problem}`);
		}
	}
	return report;
}

it(`${states} power cuts leave encrypted files as they were committed`, async (context) => {
	const { bad, examples } = await cutCampaign(states);
	context.diagnostic(`${states} states, ${bad} bad`);
	assert.deepEqual({ bad, examples }, { bad: 0, examples: [] });
});

it('power cuts find a header that is stored after what it vouches for (planted)', async (context) => {
	const careless = (volume: SystemVolume): SystemVolume =>
		new Proxy(volume, {
			get(target, name) {
				if (name === 'setExtended')
					return (...given: Parameters<SystemVolume['setExtended']>) => {
						if (given[1] === 'system.efs') target.commit();
						target.setExtended(...given);
					};
				const value: unknown = Reflect.get(target, name, target);
				return typeof value === 'function' ? value.bind(target) : value;
			},
		});
	const { bad, examples, states: needed } = await cutCampaign(2000, careless);
	context.diagnostic(`found in state ${needed}: ${examples[0]}`);
	assert.ok(bad > 0);
});

it('a disk that fails at any operation loses whole groups or nothing', async (context) => {
	let runs = 0;
	for (const persistent of [false, true]) {
		for (let at = 0; at < Number.POSITIVE_INFINITY; at += 1) {
			const people = makePeople();
			const disk = new SimulatedDisk(new DiskImage());
			const clock = new ManualClock();
			const first = encryptVolume(await openTestVolume(disk, { clock, reserveBytes }), people);
			first.encryption.setFolderEncryption(first.volume.root, true);
			first.volume.commit();
			first.volume.close();
			const inner = await openTestVolume(disk, { clock, reserveBytes });
			const system = encryptVolume(inner, people);
			const allowed = [look(system)];
			const fault = { at, persistent, reads: false, count: 0 };
			disk.fault = fault;
			const source = new OperationSource(new SeededRandom(4), 150_000, 4);
			for (let group = 0; group < 20; group++) {
				for (let count = 0; count < 8; count++) perform(system.volume, source.nextChange());
				disk.fault = undefined;
				const wanted = look(system);
				disk.fault = fault;
				try {
					system.volume.commit();
					allowed.splice(0, allowed.length, wanted);
				} catch {
					// Whether the disk has it is not known; what is seen from now on is the state before.
					allowed.push(wanted);
					disk.fault = undefined;
					const seen = look(system);
					assert.ok(isSame(seen, allowed[0]), `operation ${at}: memory differs from what is stored`);
					disk.fault = fault;
				}
			}
			disk.fault = undefined;
			runs++;
			try {
				inner.close();
			} catch {
				// It could not empty its log; the next to open it does.
			}
			const problem = await findProblem(disk.image, allowed, { disk, history: [], people });
			assert.equal(problem, undefined, `operation ${at}`);
			if (fault.count <= at || (runs % 2 === 0 && runs > states)) break;
		}
	}
	context.diagnostic(`${runs} runs`);
});
