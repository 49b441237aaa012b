/** A machine in Node for contract cases: the headless system, with the test itself as the program `contract`. */
import type { ExitStatus, ProcessStart, SpawnOptions } from '#abi/structures.generated.ts';
import type { SystemVolume } from '#fs/system-volume.ts';
import { type HeadlessOptions, HeadlessSystem } from '#hosts/common/headless-system.ts';
import { portOf } from '#hosts/common/message-port.ts';
import { makeVault } from '#hosts/node/make-vault.ts';
import { NodeProgramLauncher } from '#hosts/node/program-launcher.ts';
import { PortConnection } from '#kernel/process-connection.ts';
import type { ProgramGrants, ProgramImage, ProgramLauncher, RunningProgram } from '#kernel/program-launcher.ts';
import { System } from '#runtime/system.ts';
import type { RawProcess, TestProcess } from './cases/machine.ts';
import { type MachineHost, testProgram } from './cases/run-case.ts';

interface Launched {
	readonly start: ProcessStart;
	readonly port: MessagePort;
	readonly ended: Promise<ExitStatus>;
	/** Called when the process has ended, to close the client. */
	whenEnded: () => void;
}

class TestLauncher implements ProgramLauncher {
	readonly launched = new Map<number, Launched>();
	readonly #programs: ProgramLauncher;

	constructor(programs: ProgramLauncher) {
		this.#programs = programs;
	}

	launch(start: ProcessStart, grants: ProgramGrants, crashed: (reason: string) => void): RunningProgram {
		if (start.program !== testProgram) return this.#programs.launch(start, grants, crashed);
		const { port1, port2 } = new MessageChannel();
		const ended = Promise.withResolvers<ExitStatus>();
		const entry: Launched = { start, port: port2, ended: ended.promise, whenEnded: () => {} };
		this.launched.set(start.pid, entry);
		return {
			connection: new PortConnection(portOf(port1)),
			terminate(status) {
				entry.whenEnded();
				ended.resolve(status);
			},
		};
	}

	launchImage(start: ProcessStart, image: ProgramImage, crashed: (reason: string) => void): RunningProgram {
		return this.#programs.launchImage(start, image, crashed);
	}
}

export class NodeMachine implements MachineHost {
	readonly headless: HeadlessSystem;
	#launcher!: TestLauncher;

	constructor(volume: SystemVolume, parts: Pick<HeadlessOptions, 'pc' | 'kept'> = {}) {
		this.headless = new HeadlessSystem({
			...parts,
			volume,
			vault: makeVault(),
			host: 'node',
			makeLauncher: (turns) => {
				this.#launcher = new TestLauncher(new NodeProgramLauncher(turns));
				return this.#launcher;
			},
		});
	}

	get system(): System {
		return this.headless.system;
	}

	get systemPid(): number {
		const { all } = this.headless.kernel.processes;
		return all.find(({ start }) => start.program === 'console')?.pid ?? 0;
	}

	async start(options: SpawnOptions): Promise<TestProcess> {
		const launched = await this.#launch(options);
		const system = new System(portOf(launched.port));
		launched.whenEnded = () => system.close();
		const { start, ended, port } = launched;
		return { pid: start.pid, start, system, ended, dropPort: () => port.close() };
	}

	async startRaw(options: SpawnOptions): Promise<RawProcess> {
		const { start, ended, port } = await this.#launch(options);
		return { pid: start.pid, port: portOf(port), ended };
	}

	close(): void {
		this.headless.close();
	}

	async #launch(options: SpawnOptions): Promise<Launched> {
		const pid = await this.system.processSpawn(testProgram, options);
		return this.#launcher.launched.get(pid) as Launched;
	}
}
