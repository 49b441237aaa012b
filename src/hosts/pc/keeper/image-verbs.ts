/**
 * Images that people write to sticks: `image.*`. The bytes come from the page, a piece at a time.
 *
 * Rules of use: `image.check` before `image.write`, with the same signature: nothing is erased for an image that is not what
 * was signed. What is not signed, or with a key that the running image does not have, is the person's to decide.
 */
import { createHash } from 'node:crypto';
import type { PcImage } from '#abi/structures.generated.ts';
import { readImageFacts, type SystemRoot } from '../update/installed-system.ts';
import { imageHash, readSignedRelease, type SignedRelease, UpdateRefusal } from '../update/signed-release.ts';
import { throwIfCancelled } from './disks/copy-image.ts';
import { type DiskOptions, findDisk } from './disks/list-disks.ts';
import { notWhatWasSigned, writeStick } from './disks/write-stick.ts';
import { defineTakingVerb, defineVerb, textLike, type Verb, wholeNumber } from './verb.ts';

const stepBytes = 4 * 1024 * 1024;
const signature = textLike(/[^\0]*/, 4096);
const sizeBytes = wholeNumber(64 * 1024, 2 ** 44);
const disk = textLike(/[a-z][a-z0-9]{1,30}@[0-9]{1,15}/);

interface Judged {
	readonly verdict: PcImage['verdict'];
	/** Of a signed one. */
	readonly release?: SignedRelease;
}

export interface ImageSystem extends SystemRoot, DiskOptions {
	/** Tests, whose disks are files, say that those are sticks. */
	readonly allRemovable?: boolean;
}

export function makeImageVerbs(system: ImageSystem): Readonly<Record<string, Verb>> {
	return {
		'image.judge': defineVerb({ signature, sizeBytes: wholeNumber(0, 2 ** 44) }, async (given): Promise<PcImage> => {
			const { verdict, release } = await judge(system, given);
			return { verdict, version: release?.version ?? '' };
		}),
		'image.check': defineTakingVerb({ signature, sizeBytes }, async (given, work) => {
			const { release } = await judgeForUse(system, given);
			if (release === undefined) return;
			const hash = createHash(imageHash);
			for (let done = 0; done < given.sizeBytes; work.report('checking', done, given.sizeBytes)) {
				throwIfCancelled(work.signal);
				const bytes = await work.receive(Math.min(stepBytes, given.sizeBytes - done));
				hash.update(bytes);
				done += bytes.length;
			}
			if (!release.matches(hash.digest())) throw notWhatWasSigned();
		}),
		'image.write': {
			...defineTakingVerb({ signature, sizeBytes, disk }, async (given, work) => {
				const { release } = await judgeForUse(system, given);
				const target = await findDisk(given.disk, system);
				const isRemovable = system.allRemovable ?? target.removable;
				await writeStick(target, { sizeBytes: given.sizeBytes, release, isRemovable }, work);
			}),
			changesDisks: true,
		},
	};
}

export const imageVerbs = makeImageVerbs({ root: '/', kinds: ['disk'] });

type Given = Readonly<Record<'signature', string> & Record<'sizeBytes', number>>;

async function judgeForUse(system: SystemRoot, given: Given): Promise<Judged> {
	const judged = await judge(system, given);
	if (judged.verdict === 'damaged') throw notWhatWasSigned();
	return judged;
}

async function judge(system: SystemRoot, { signature: text, sizeBytes: size }: Given): Promise<Judged> {
	if (text === '') return { verdict: 'unsigned' };
	const { key } = await readImageFacts(system);
	if (key === undefined) return { verdict: 'unverifiable' };
	try {
		const release = readSignedRelease(text, key);
		return release.sizeBytes === size ? { verdict: 'signed', release } : { verdict: 'damaged' };
	} catch (error) {
		if (!(error instanceof UpdateRefusal)) throw error;
		return { verdict: error.reason === 'forged' ? 'damaged' : 'unverifiable' };
	}
}
