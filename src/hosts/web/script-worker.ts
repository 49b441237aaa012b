/**
 * The Worker of one program in JavaScript, from the volume. It is started from a `data:` address, so that its origin is
 * nobody's: it has no part in what the site has stored, whatever its program does (ADR 0011).
 *
 * Invariant: before the first line of the program, every way to a network, to storage and to other Workers is taken out of
 * it. What remains is the port to the kernel, and modules that were made of files of the volume.
 */
import { OsError } from '#abi/errors.ts';
import type { ProcessStart } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import * as programModule from '#runtime/program-module.ts';
import type { System } from '#runtime/system.ts';
import { runWorkerProgram, type WorkerProgram } from '#runtime/worker-program.ts';
import { portOf } from '../common/message-port.ts';
import type { WorkerProgramMessage } from './program-worker.ts';
import { ScriptModules } from './script-modules.ts';

/** Beside what content security policy and the opaque origin close. */
const waysOut = [
	...['fetch', 'XMLHttpRequest', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'RTCPeerConnection'],
	...['importScripts', 'Worker', 'SharedWorker', 'BroadcastChannel', 'FontFace', 'Notification', 'PushManager'],
	...['indexedDB', 'caches', 'cookieStore', 'navigator', 'name', 'location', 'webkitRequestFileSystem'],
	...['webkitRequestFileSystemSync', 'webkitResolveLocalFileSystemURL', 'webkitResolveLocalFileSystemSyncURL'],
];

/** From the object itself and from all that it inherits from. */
function closeWaysOut(): void {
	for (let owner: object | null = globalThis; owner !== null; owner = Object.getPrototypeOf(owner))
		for (const name of waysOut) Reflect.deleteProperty(owner, name);
}

const tell = postMessage.bind(globalThis);
const reportCrash = (error: unknown): void => {
	tell({ crashed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
};

const usageStatus = 2;

async function complain(system: System, start: ProcessStart, words: string): Promise<number> {
	if (start.standardError !== undefined)
		await system.streamWrite(start.standardError, new TextEncoder().encode(`js: ${words}\n`));
	return usageStatus;
}

/** `js PATH [ARGUMENT…]`; the program learns of itself as if it had been started by its path. */
const runScript: WorkerProgram = async (system, start) => {
	const [program, ...programArguments] = start.arguments;
	if (program === undefined) return complain(system, start, 'which program?');
	const path = resolvePath(start.workingDirectory, program);
	const modules = new ScriptModules(system, programModule);
	let main: unknown;
	try {
		({ default: main } = await modules.import(path));
	} catch (error) {
		if (error instanceof OsError) return complain(system, start, `${program}: ${error.message}`);
		throw error;
	}
	if (typeof main !== 'function') return complain(system, start, `${program} has no function as its default export`);
	return (main as WorkerProgram)(system, { ...start, program, arguments: programArguments });
};

addEventListener('unhandledrejection', (event) => {
	event.preventDefault();
	reportCrash(event.reason);
});

addEventListener(
	'message',
	(event: MessageEvent<WorkerProgramMessage>) => {
		closeWaysOut();
		const { start, port } = event.data;
		runWorkerProgram(portOf(port), start, async () => ({ default: runScript })).catch(reportCrash);
	},
	{ once: true },
);
