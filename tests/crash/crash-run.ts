/**
 * A working day of a volume on a simulated disk, and its check after each possible power cut: the volume opens, its
 * tables agree, and it holds what was acknowledged, or that and the group that was on its way.
 */
import type { Durability, OpenedVolume } from '#volume/open-volume.ts';
import { type CutOptions, type PowerCut, powerCuts } from './power-cut.ts';
import { describeTree, OperationSource, perform } from './random-operations.ts';
import { DiskImage, SimulatedDisk } from './simulated-disk.ts';
import { everyVersion, ManualClock, openTestVolume, SeededRandom } from './test-volume.ts';

export interface CrashRunOptions {
	readonly seed: number;
	readonly groups: number;
	readonly cuts: CutOptions;
	readonly durability?: Durability;
	/** Stops after so many states. */
	readonly mostStates?: number;
	/** Stops at the first state that is not as it should be. */
	readonly stopWhenBad?: boolean;
	/** The power is cut again in the recovery from every n-th state. */
	readonly recoveryStride?: number;
	/** How the recovery makes its changes durable, where that is another way. */
	readonly recoveryDurability?: Durability;
}

export interface CrashReport {
	states: number;
	/** How many of them were cuts in the recovery from another cut. */
	nested: number;
	lost: number;
	corrupt: number;
	/** What the first few bad states were. */
	readonly examples: string[];
}

export function emptyCrashReport(): CrashReport {
	return { states: 0, nested: 0, lost: 0, corrupt: 0, examples: [] };
}

/** What the tree looked like after each acknowledged commit. */
export type History = ReadonlyMap<string, string>[];

const reserveBytes = 64 * 1024;

export async function crashRun(options: CrashRunOptions): Promise<CrashReport> {
	const random = new SeededRandom(options.seed);
	const { disk, history } = await workingDay(random, options);
	const report = emptyCrashReport();
	const isEnough = (): boolean =>
		report.states >= (options.mostStates ?? Number.POSITIVE_INFINITY) ||
		(options.stopWhenBad === true && report.lost + report.corrupt > 0);
	const { durability, recoveryStride = 0, recoveryDurability } = options;
	for (const cut of powerCuts(new DiskImage(), disk.log, random, options.cuts)) {
		if (isEnough()) break;
		await judgeCut(cut, history, { reserveBytes, durability, tell: `seed ${options.seed}` }, report);
		if (recoveryStride === 0 || report.states % recoveryStride !== 0 || isEnough()) continue;
		await recoveryCuts(cut, { reserveBytes, durability: recoveryDurability, random }, report);
	}
	return report;
}

/** Random groups of changes, with housekeeping, undone groups and restarts in between. */
async function workingDay(
	random: SeededRandom,
	options: CrashRunOptions,
): Promise<{ disk: SimulatedDisk; history: History }> {
	const disk = new SimulatedDisk(new DiskImage(), true);
	const clock = new ManualClock();
	const source = new OperationSource(random, 40_000, 4);
	const open = async (): Promise<OpenedVolume> => {
		const opened = await openTestVolume(disk, { clock, reserveBytes, durability: options.durability });
		// On every other day what is deleted goes at once, so that there is more to erase.
		if (options.seed % 2 === 1) opened.versions.configure({ ...everyVersion, quotaBytes: 0 });
		return opened;
	};
	let volume = await open();
	const history = [describeTree(volume, 'all')];
	for (let group = 1; group <= options.groups; group++) {
		for (let count = 1 + random.below(4); count > 0; count--) {
			clock.advance(1);
			perform(volume, source.nextChange());
		}
		if (random.below(12) === 0) volume.rollback();
		volume.commit();
		history.push(describeTree(volume, 'all'));
		disk.acknowledge(group);
		if (random.below(6) === 0) volume.settle();
		if (random.below(15) === 0) {
			volume.close();
			volume = await open();
		}
	}
	volume.close();
	return { disk, history };
}

interface Problem {
	kind: 'lost' | 'corrupt';
	text: string;
}

export interface JudgeOptions {
	readonly reserveBytes: number;
	readonly durability?: Durability | undefined;
	/** Where the cut belongs, for who reads the example. */
	readonly tell: string;
}

/** Opens what a cut has left and notes what is wrong with it. */
export async function judgeCut(
	cut: PowerCut,
	history: History,
	options: JudgeOptions,
	report: CrashReport,
): Promise<void> {
	report.states++;
	const problem = await findProblem(cut, history, options);
	if (problem === undefined) return;
	report[problem.kind]++;
	if (report.examples.length < 5) report.examples.push(`${options.tell}, ${cut.description}: ${problem.text}`);
}

interface RecoveryOptions {
	readonly reserveBytes: number;
	readonly durability?: Durability | undefined;
	readonly random: SeededRandom;
}

/**
 * Recovers from a cut, with all the housekeeping that follows, and cuts the power again at every place on the way: what
 * the first recovery has shown to programs must be there after the second.
 */
async function recoveryCuts(cut: PowerCut, options: RecoveryOptions, report: CrashReport): Promise<void> {
	const { reserveBytes, durability, random } = options;
	const disk = new SimulatedDisk(cut.image.clone(), true);
	const volume = await openTestVolume(disk, { reserveBytes, durability });
	const tree = describeTree(volume, 'all');
	volume.settle();
	volume.close();
	const tell = `in the recovery from ${cut.description}`;
	for (const second of powerCuts(cut.image, disk.log, random, { statesAPlace: 3, stride: 1 })) {
		report.nested++;
		await judgeCut({ ...second, acknowledged: 0 }, [tree], { reserveBytes, tell }, report);
	}
}

async function findProblem(cut: PowerCut, history: History, options: JudgeOptions): Promise<Problem | undefined> {
	let volume: OpenedVolume | undefined;
	try {
		volume = await openTestVolume(new SimulatedDisk(cut.image), options);
		const contradictions = volume.checkStructure();
		if (contradictions.length > 0) return { kind: 'corrupt', text: contradictions.join('; ') };
		const tree = describeTree(volume, 'all');
		const { acknowledged } = cut;
		if ([acknowledged, acknowledged + 1].some((number) => sameTree(tree, history[number]))) return undefined;
		const older = history.slice(0, acknowledged).findLastIndex((past) => sameTree(tree, past));
		if (older >= 0) return { kind: 'lost', text: `commit ${acknowledged} was acknowledged, found ${older}` };
		return { kind: 'corrupt', text: 'the content is of no commit' };
	} catch (error) {
		return { kind: 'corrupt', text: String(error) };
	} finally {
		volume?.close();
	}
}

function sameTree(tree: ReadonlyMap<string, string>, other: ReadonlyMap<string, string> | undefined): boolean {
	if (other === undefined || tree.size !== other.size) return false;
	for (const [path, text] of tree) if (other.get(path) !== text) return false;
	return true;
}
