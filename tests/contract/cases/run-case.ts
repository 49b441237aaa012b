/** Runs one contract case on a machine: its folder before, the end of its processes and a look for leaks after. */
import { OsError } from '#abi/errors.ts';
import type { ExitStatus, SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import type { ContractCase, RawProcess, TestProcess } from './machine.ts';

/** What a host provides. The program `contract` of its launcher hands its port to the test. */
export interface MachineHost {
	readonly system: System;
	readonly systemPid: number;
	start(options: SpawnOptions): Promise<TestProcess>;
	startRaw(options: SpawnOptions): Promise<RawProcess>;
}

export const testProgram = 'contract';
const caseLimitMs = 90_000;

interface StartedProcess {
	readonly pid: number;
	readonly ended: Promise<ExitStatus>;
}

export async function runCase(host: MachineHost, contractCase: ContractCase, number: number): Promise<void> {
	const folder = `/case ${number}`;
	const started: StartedProcess[] = [];
	const keep = <T extends StartedProcess>(process: T): T => {
		started.push(process);
		return process;
	};
	const defaults = { arguments: [], environment: [], workingDirectory: '/' };
	await host.system.pathMakeDirectory(folder);
	const run = contractCase.run({
		system: host.system,
		systemPid: host.systemPid,
		folder,
		start: async (options) => keep(await host.start({ ...defaults, ...options })),
		startRaw: async () => keep(await host.startRaw(defaults)),
	});
	await withLimit(run, contractCase.title);
	for (const { pid } of started) await host.system.processKill(pid, 'kill').catch(ignoreEnded);
	await withLimit(Promise.all(started.map(({ ended }) => ended)), 'the end of its processes');
	await host.system.pathRemoveTree(folder);
}

function ignoreEnded(error: unknown): void {
	if (!(error instanceof OsError && error.code === 'ESRCH')) throw error;
}

async function withLimit<T>(promise: Promise<T>, what: string): Promise<T> {
	let timer: ReturnType<typeof setTimeout> | undefined;
	const limit = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no end within ${caseLimitMs / 1000} s: ${what}`)), caseLimitMs);
	});
	try {
		return await Promise.race([promise, limit]);
	} finally {
		clearTimeout(timer);
	}
}
