/** Runs every contract case in this page and tells the test of each outcome. */
import { contractCases } from '../cases/index.ts';
import { runCase } from '../cases/run-case.ts';
import { WebMachine } from './web-machine.ts';

/** Put into the page by the test. */
declare function reportCase(title: string, failure: string | undefined): Promise<void>;

const describeFailure = (error: unknown): string =>
	error instanceof Error ? (error.stack ?? error.message) : String(error);

const machine = new WebMachine();
await machine.ready;
for (const [number, contractCase] of contractCases.entries()) {
	let failure: string | undefined;
	try {
		await runCase(machine, contractCase, number);
	} catch (error) {
		failure = describeFailure(error);
	}
	await reportCase(contractCase.title, failure);
}
const events = await machine.system.logRead(0, 100_000);
const defects = events.filter(({ level, source }) => level === 'error' && source === 'kernel');
await reportCase('no defect was met', defects.length === 0 ? undefined : JSON.stringify(defects));
