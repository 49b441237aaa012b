/**
 * What a file is, from its bytes.
 *
 * Rules of use:
 * - `recognise` never throws for what a file holds: a damaged one gets a verdict that says so. Only an error of the
 *   source itself (the volume failed to read) comes through.
 * - The name decides only where the bytes cannot: .COM and .BAT.
 *
 * Invariant: a disc is looked for before a disk, since a hybrid ISO has a partition table too.
 */
import { BoundedReader, type Budget, type ByteSource, defaultBudget, ParseError } from './byte-source.ts';
import { recogniseDisc, recogniseDisk } from './disks.ts';
import { recogniseCommandFile } from './dos-scripts.ts';
import { recogniseExecutable } from './executables.ts';
import { recogniseSignature, recogniseText } from './signatures.ts';
import { unrecognised, type Verdict } from './verdict.ts';

type Recogniser = (reader: BoundedReader, name: string) => Promise<Verdict | undefined>;

/** In the order in which they are asked. */
export const recognisers: Readonly<Record<string, Recogniser>> = {
	executable: recogniseExecutable,
	disc: recogniseDisc,
	signature: recogniseSignature,
	disk: recogniseDisk,
	commandFile: recogniseCommandFile,
	text: recogniseText,
};

export async function recognise(
	source: ByteSource,
	name: string,
	budget: Budget = defaultBudget,
	now: () => number = Date.now,
): Promise<Verdict> {
	if (source.size === 0) return unrecognised('The file is empty.');
	const reader = new BoundedReader(source, budget, now);
	const problems: string[] = [];
	let why = 'It is damaged or incomplete.';
	for (const recogniser of Object.values(recognisers)) {
		try {
			const found = await recogniser(reader, name);
			if (found !== undefined) return found;
		} catch (error) {
			if (!(error instanceof ParseError)) throw error;
			problems.push(error.message);
			if (error.problem !== 'budget') continue;
			// Nothing is known of the file then.
			why = 'Vitrine gave up looking into it.';
			break;
		}
	}
	if (problems.length > 0) return unrecognised(why, ...problems);
	return unrecognised('Its first bytes are those of no program, disk or disc that Vitrine knows.');
}
