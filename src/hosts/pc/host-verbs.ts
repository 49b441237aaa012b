/**
 * What the host service tells by itself, without any right: everything else is the keeper's (`keeper/verbs.ts`).
 *
 * Rules of use: `answerHere` calls back with the last line and says `true` when the verb is one of these.
 */
import { networkInterfaces } from 'node:os';
import { OsError } from '#abi/errors.ts';
import type { PcVerbs } from '#kernel/pc/pc-verbs.ts';
import type { AskLine, AskRequest } from '../common/machine-contract.ts';
import { settleData } from './data-settle.ts';
import { readNetworkCards } from './network-cards.ts';
import { readChoices } from './pc-choices.ts';
import { readPcFacts } from './pc-facts.ts';
import { readPcPower } from './pc-power.ts';
import { SystemText } from './system-text.ts';

const system = new SystemText();

const hostVerbs: ReadonlyMap<string, () => Promise<unknown>> = new Map<keyof PcVerbs, () => Promise<unknown>>([
	['data.settle', settleData],
	['pc.facts', () => readPcFacts(system)],
	['pc.power', () => readPcPower(system)],
	['pc.choices', readChoices],
	['pc.network-cards', () => readNetworkCards(system, networkInterfaces())],
]);

export async function answerHere({ verb }: AskRequest, onLine: (line: AskLine) => void): Promise<boolean> {
	const answer = hostVerbs.get(verb);
	if (answer === undefined) return false;
	try {
		onLine({ result: await answer() });
	} catch (error) {
		process.stderr.write(`${verb}: ${error}\n`);
		const { code, detail } = error instanceof OsError ? error : new OsError('EIO', verb);
		onLine({ failure: { code, detail } });
	}
	return true;
}
