/** The thread of one worker program: it runs what its data names, to its end. An error ends the thread, which tells. */
import { workerData } from 'node:worker_threads';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { runWorkerProgram } from '#runtime/worker-program.ts';
import { portOf } from '../common/message-port.ts';
import { workerPrograms } from '../common/worker-programs.ts';

const { start, port } = workerData as { start: ProcessStart; port: MessagePort };
const load = workerPrograms[start.program];
if (load === undefined) throw new Error(`there is no program ${start.program}`);
await runWorkerProgram(portOf(port), start, load);
