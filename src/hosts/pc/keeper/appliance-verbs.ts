/**
 * The one thing that the PC does from its start on: the file `appliance` of `KeptSettings`, a line of JSON, absent when the PC
 * is an ordinary one. That somebody has left it is noted where it goes with the power.
 */
import { writeFile } from 'node:fs/promises';
import type { PcAppliance } from '#abi/structures.generated.ts';
import type { AppliancePlan } from '../../common/machine-contract.ts';
import { isThere } from './is-there.ts';
import type { KeptSettings } from './kept-settings.ts';
import { type Check, defineVerb, textLike, type Verb } from './verb.ts';

export interface AppliancePlaces {
	readonly kept: KeptSettings;
	/** There while an appliance is left; its folder is in memory. */
	readonly leftMark: string;
}

const mostFolders = 16;
const longest = 1024;
const checkStart = textLike(/\P{Cc}*/u, longest);
const checkAccount = textLike(/(S-1(-\d{1,10}){1,15})?/);
const checkFolder = textLike(/\/\P{Cc}+/u, longest);
const checkFolders: Check<string[]> = (value) => {
	if (!Array.isArray(value) || value.length > mostFolders) return undefined;
	const folders = value.map(checkFolder);
	return folders.every((folder) => folder !== undefined) ? folders : undefined;
};

const nothing: AppliancePlan = { start: '', account: '', keptFolders: [] };

export function createApplianceVerbs({ kept, leftMark }: AppliancePlaces): Readonly<Record<string, Verb>> {
	return {
		'appliance.read': defineVerb({}, async (): Promise<PcAppliance> => {
			const plan = readPlan(await kept.find('appliance'));
			return { ...plan, left: plan.start !== '' && (await isThere(leftMark)) };
		}),
		'appliance.set': defineVerb(
			{ start: checkStart, account: checkAccount, keptFolders: checkFolders },
			async ({ start, account, keptFolders }) => {
				await kept.write('appliance', JSON.stringify({ start, account, keptFolders }));
				// Who has just decided it works on: it begins with the next start.
				await writeFile(leftMark, '');
				return {};
			},
		),
		'appliance.leave': defineVerb({}, async () => {
			await writeFile(leftMark, '');
			return {};
		}),
	};
}

/** Whoever has the disk in hand can write there: a line that is not wholly of the form counts as none. */
function readPlan(line: string | undefined): AppliancePlan {
	const value = parseJson(line);
	if (typeof value !== 'object' || value === null) return nothing;
	const given = value as Readonly<Record<string, unknown>>;
	const [start, account] = [checkStart(given.start), checkAccount(given.account)];
	const keptFolders = checkFolders(given.keptFolders);
	if (start === undefined || account === undefined || keptFolders === undefined) return nothing;
	return { start, account, keptFolders };
}

/** `undefined` for what is no JSON. */
function parseJson(line: string | undefined): unknown {
	try {
		return line === undefined ? undefined : JSON.parse(line);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}
