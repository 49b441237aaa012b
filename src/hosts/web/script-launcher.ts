/**
 * Starts programs in JavaScript, each in a Worker of its own whose origin is opaque: its script is handed over in a `data:`
 * address (`script-worker.ts`).
 */
import type { ProcessStart } from '#abi/structures.generated.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { ReportCrash, RunningProgram } from '#kernel/program-launcher.ts';
import { portOf } from '../common/message-port.ts';
import type { WorkerProgramMessage } from './program-worker.ts';
import scriptWorkerUrl from './script-worker.ts?worker&url';

/** The name under which such programs are started: `js PATH`, or `#!/bin/js` as their first line. */
export const scriptProgram = 'js';

let address: Promise<string> | undefined;

async function fetchScript(): Promise<string> {
	const response = await fetch(scriptWorkerUrl);
	if (!response.ok) throw new Error(`the site answered ${response.status}`);
	return `data:text/javascript;charset=utf-8,${encodeURIComponent(await response.text())}`;
}

export function launchScript(start: ProcessStart, crashed: ReportCrash): RunningProgram {
	const { port1, port2 } = new MessageChannel();
	let worker: Worker | undefined;
	let ended = false;
	const begin = (script: string): void => {
		if (ended) return;
		worker = new Worker(script, { type: 'module', name: `${start.program} (${start.pid})` });
		worker.onerror = (event) => crashed(event.message || 'its Worker could not be started');
		worker.onmessage = (event: MessageEvent<{ crashed: string }>) => crashed(event.data.crashed);
		worker.postMessage({ start, port: port2 } satisfies WorkerProgramMessage, [port2]);
	};
	address ??= fetchScript();
	address.then(begin, (error: unknown) => {
		address = undefined;
		crashed(`its Worker could not be started: ${error instanceof Error ? error.message : error}`);
	});
	return {
		connection: new PortConnection(portOf(port1)),
		terminate() {
			ended = true;
			worker?.terminate();
		},
	};
}
