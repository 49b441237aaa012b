/** What the Updates page says of versions, of found updates and of how an installation goes. Loads nothing. */
import type { PcUpdate, PcUpdateOffer } from '#abi/structures.generated.ts';

export interface VersionWords {
	readonly title: string;
	readonly hint: string;
}

/** The running version. */
export function describeRunning({ version, isDefault, otherVersion, pending }: PcUpdate): VersionWords {
	const title = `Vitrine ${version}`;
	if (pending === 'trial')
		return {
			title,
			hint: `It runs for the first time. When it has worked for a minute it stays; until then a restart goes back to Vitrine ${otherVersion}.`,
		};
	if (!isDefault)
		return { title, hint: `You chose it in the start menu. The next start is Vitrine ${otherVersion} again.` };
	return { title, hint: 'This version starts when the PC is switched on.' };
}

/** The other version on the disk; `undefined` when there is none, or nothing to say of it. */
export function describeOther({ version, otherVersion, pending, isDefault }: PcUpdate): VersionWords | undefined {
	if (otherVersion === '' || pending === 'trial' || !isDefault) return undefined;
	const title = `Vitrine ${otherVersion}`;
	if (pending === 'next-start')
		return {
			title: `${title} is ready`,
			hint: `It is tried at the next start, whenever you choose that. If it does not work, this PC goes back to Vitrine ${version} by itself.`,
		};
	if (pending === 'failed')
		return {
			title: `${title} did not come up`,
			hint: `It was tried and did not work for a minute, so this PC went back to Vitrine ${version}. Your files were not touched.`,
		};
	return { title, hint: 'It is still on the disk: here and in the start menu you can go back to it.' };
}

const verdictTexts: Readonly<Record<PcUpdateOffer['verdict'], string>> = {
	newer: 'Newer than what runs.',
	same: 'The version that runs.',
	older: 'Older than what runs.',
	unreadable: 'Its signature cannot be read. Copy both files to the stick again.',
	foreign: 'It was not signed by the makers of this copy of Vitrine.',
	forged: 'Its signature is false. Do not use it.',
	'below-floor': 'It is too old: a version that this PC has had ruled it out, since it has a known weakness.',
	'too-large': 'It is larger than the room on this disk.',
};

export interface OfferWords {
	readonly title: string;
	readonly hint: string;
	readonly isTaken: boolean;
}

export function describeOffer({ version, verdict, place, file }: PcUpdateOffer): OfferWords {
	const isTaken = ['newer', 'same', 'older'].includes(verdict);
	return {
		title: `${version === '' ? file : `Vitrine ${version}`} on ${place}`,
		hint: verdictTexts[verdict],
		isTaken,
	};
}

const steps = ['checking', 'writing', 'comparing'] as const;
const stepTexts = { checking: 'Checking the update', writing: 'Writing it', comparing: 'Reading it back' } as const;

export interface InstallProgress {
	readonly text: string;
	/** From 0 to 1, over all steps. */
	readonly fraction: number;
}

/** A line of `update install`; `undefined` for any other text. */
export function parseProgress(line: string): InstallProgress | undefined {
	const [, name, done, total] = /^(\w+) (\d+) (\d+)$/.exec(line) ?? [];
	const step = steps.find((known) => known === name);
	if (step === undefined || Number(total) === 0) return undefined;
	return { text: stepTexts[step], fraction: (steps.indexOf(step) + Number(done) / Number(total)) / steps.length };
}

/** As a word of the shell's language, whatever is in it. */
export function quoteWord(text: string): string {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
