/** The Worker of one worker program: told once what to run, it runs it to its end. */
import type { ProcessStart } from '#abi/structures.generated.ts';
import { runWorkerProgram } from '#runtime/worker-program.ts';
import { portOf } from '../common/message-port.ts';
import { workerPrograms } from '../common/worker-programs.ts';

export interface WorkerProgramMessage {
	readonly start: ProcessStart;
	readonly port: MessagePort;
}

const reportCrash = (error: unknown): void => {
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	postMessage({ crashed: text });
};

addEventListener('unhandledrejection', (event) => {
	event.preventDefault();
	reportCrash(event.reason);
});

addEventListener('message', (event: MessageEvent<WorkerProgramMessage>) => {
	const { start, port } = event.data;
	const load = workerPrograms[start.program];
	if (load === undefined) reportCrash(`there is no program ${start.program}`);
	else runWorkerProgram(portOf(port), start, load).catch(reportCrash);
});
