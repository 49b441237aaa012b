/**
 * Cuts the power at every operation of an update's life, in every way in which a disk may come out of it, and looks at
 * what starts then.
 *
 * A life is a list of sessions: the loader chooses a slot, and the system in it does something. Each session is run again
 * and again from the same disk and cut one operation later each time, the loader's own writes included. Of every disk
 * that may come out of that must be true:
 *
 * - What the loader chooses is a whole image, at this start and at the next two.
 * - It is one that was kept before, or it is a trial; and no trial follows a trial unless somebody asked for it.
 * - An update can be installed and kept on it as if nothing had happened.
 */
import { DevicePart } from '#hosts/pc/installed-disk/block-device.ts';
import { environmentBlockBytes, makeEnvironmentBlock } from '#hosts/pc/installed-disk/environment-block.ts';
import { otherSlot, type SlotName } from '#hosts/pc/installed-disk/layout.ts';
import { armTrial } from '#hosts/pc/update/boot-state.ts';
import { writeSlot } from '#hosts/pc/update/slot-writer.ts';
import { StateSector } from '#hosts/pc/update/state-sector.ts';
import { Updater } from '#hosts/pc/update/updater.ts';
import { CutDisk, PowerCut } from './cut-disk.ts';
import { type Choice, chooseSlot } from './loader-model.ts';
import { makeSignedImage, makeSigningKey, type SignedImage } from './signed-images.ts';

const slotBytes = 96 * 1024;
/** Small steps: more places at which the power can be cut. */
const stepBytes = 16 * 1024;
const slotPlaces: Readonly<Record<SlotName, number>> = { a: 4096, b: 4096 + slotBytes };
const diskBytes = 4096 + 2 * slotBytes;

const key = makeSigningKey();
const images = ['1.0.0', '2.0.0', '3.0.0'].map((version) => makeSignedImage(key, version));

/** Ways to do it wrong, which the campaign must find. */
export type Defect = 'disk-without-flush' | 'arms-before-writing' | 'writes-what-is-armed';

export interface CampaignOptions {
	/** Mixtures of sectors for each cut. */
	readonly mixtures: number;
	/** From 0 to 1, not 1 itself. */
	readonly random: () => number;
	readonly defect?: Defect;
}

export interface Findings {
	/** Disks that were started from. */
	readonly states: number;
	readonly problems: readonly string[];
}

interface Pc {
	readonly state: StateSector;
	readonly slots: Readonly<Record<SlotName, DevicePart>>;
	readonly choice: Choice;
	readonly updater: Updater;
	readonly defect: Defect | undefined;
}

type Session = (pc: Pc) => Promise<void>;

const nothing: Session = async () => undefined;
const keep: Session = ({ updater }) => updater.keep();

const lives: readonly (readonly Session[])[] = [
	[install(1), keep, install(2), keep],
	// The trial comes to nothing, the one before comes back by itself, and another update is written over it.
	[install(1), nothing, nothing, install(2), keep],
	// An update is replaced by another before its trial.
	[inOrder(install(1), install(2)), keep],
	// It is withdrawn, and tried after all.
	[inOrder(install(1), ({ updater }) => updater.withdraw()), ({ updater }) => updater.tryOther(), nothing, nothing],
];

export async function runCampaign(options: CampaignOptions): Promise<Findings> {
	const findings = { states: 0, problems: [] as string[] };
	for (const [life, sessions] of lives.entries()) {
		let bytes = makeFirstDisk();
		const kept = new Set(['1.0.0']);
		for (const [index, session] of sessions.entries()) {
			if (session === keep) kept.add(await findNext(bytes));
			const found = await cutEverywhere(bytes, session, kept, options);
			findings.states += found.states;
			findings.problems.push(...found.problems.map((problem) => `life ${life}, session ${index}, ${problem}`));
			bytes = await runWhole(bytes, session);
		}
	}
	return findings;
}

async function cutEverywhere(
	bytes: Uint8Array,
	session: Session,
	kept: ReadonlySet<string>,
	{ mixtures, random, defect }: CampaignOptions,
): Promise<Findings> {
	const problems: string[] = [];
	let states = 0;
	for (let cutAfter = 0; ; cutAfter++) {
		const disk = new CutDisk(bytes, { flushes: defect !== 'disk-without-flush' });
		disk.cutAfter = cutAfter;
		const isOver = await runSession(disk, session, defect).then(() => true, expectCut);
		for (const state of disk.states(mixtures, random)) {
			states++;
			const problem = await findProblem(state, kept);
			if (problem !== undefined) problems.push(`cut at operation ${cutAfter}: ${problem}`);
		}
		if (isOver) return { states, problems };
	}
}

function expectCut(error: unknown): false {
	if (error instanceof PowerCut) return false;
	throw error;
}

/** What is wrong with a disk after a cut; `undefined` when nothing is. */
async function findProblem(bytes: Uint8Array, kept: ReadonlySet<string>): Promise<string | undefined> {
	const disk = new CutDisk(bytes);
	let trials = 0;
	for (let start = 1; start <= 3; start++) {
		const { slot, isTrial } = await startLoader(disk);
		const image = await findImage(disk, slot);
		if (image === undefined) return `start ${start} is from slot ${slot}, which is not whole`;
		if (isTrial) trials++;
		else if (!kept.has(image.version)) return `start ${start} is of ${image.version}, which was never kept`;
	}
	if (trials > 1) return `${trials} trials`;
	// And life goes on: whatever there was, the next update arrives.
	await runSession(disk, install(2), undefined);
	await runSession(disk, keep, undefined);
	const { slot, isTrial } = await startLoader(disk);
	const arrived = await findImage(disk, slot);
	return arrived?.version === '3.0.0' && !isTrial ? undefined : 'the next update did not arrive';
}

async function runSession(disk: CutDisk, session: Session, defect: Defect | undefined): Promise<void> {
	const choice = await startLoader(disk);
	const state = new StateSector(disk, 0);
	const slots = { a: new DevicePart(disk, slotPlaces.a, slotBytes), b: new DevicePart(disk, slotPlaces.b, slotBytes) };
	const version = (await findImage(disk, choice.slot))?.version ?? '0.0.0';
	const running = { ...choice, version, floor: '0.0.1', key: key.publicFile };
	await session({ state, slots, choice, updater: new Updater({ running, state, slots }), defect });
}

async function runWhole(bytes: Uint8Array, session: Session): Promise<Uint8Array> {
	const disk = new CutDisk(bytes);
	await runSession(disk, session, undefined);
	return await disk.read(0, diskBytes);
}

function startLoader(disk: CutDisk): Promise<Choice> {
	return chooseSlot(new DevicePart(disk, 0, environmentBlockBytes), async (slot) => {
		const descriptor = await disk.read(slotPlaces[slot] + 16 * 2048, 6);
		return Buffer.from(descriptor).toString('latin1') === '\x01CD001';
	});
}

async function findImage(disk: CutDisk, slot: SlotName): Promise<SignedImage | undefined> {
	const bytes = await disk.read(slotPlaces[slot], slotBytes);
	return images.find((image) => Buffer.compare(bytes.subarray(0, image.bytes.length), image.bytes) === 0);
}

/** The version that starts next on an unhurt disk. */
async function findNext(bytes: Uint8Array): Promise<string> {
	const disk = new CutDisk(bytes);
	const { slot } = await startLoader(disk);
	return (await findImage(disk, slot))?.version ?? '';
}

function makeFirstDisk(): Uint8Array {
	const bytes = new Uint8Array(diskBytes);
	const state = new Map([
		['good', 'a'],
		['version_a', '1.0.0'],
	]);
	bytes.set(makeEnvironmentBlock(state));
	bytes.set(images[0]?.bytes ?? [], slotPlaces.a);
	return bytes;
}

/** Installs `images[number]`: as it is done, or with the campaign's defect. */
function install(number: number): Session {
	return async ({ updater, state, slots, choice, defect }) => {
		const { bytes, signature, version } = images[number] as SignedImage;
		const image = new CutDisk(bytes);
		if (defect === undefined || defect === 'disk-without-flush') {
			await updater.install(image, signature, { stepBytes });
			return;
		}
		const slot = slots[otherSlot(choice.slot)];
		if (defect === 'arms-before-writing') await state.change((now) => armTrial(now, version));
		await writeSlot(image, slot, { sizeBytes: bytes.length, stepBytes });
		await state.change((now) => armTrial(now, version));
	};
}

function inOrder(...sessions: readonly Session[]): Session {
	return async (pc) => {
		for (const session of sessions) await session(pc);
	};
}
