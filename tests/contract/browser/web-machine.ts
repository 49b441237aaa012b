/** A machine in a page for contract cases: the real kernel Worker, with the test as the window program `contract`. */
import type { ExitStatus, ProcessStart, SpawnOptions } from '#abi/structures.generated.ts';
import { portOf } from '#hosts/common/message-port.ts';
import type { KernelMessage, PageMessage } from '#hosts/web/control-messages.ts';
import { System } from '#runtime/system.ts';
import type { RawProcess, TestProcess } from '../cases/machine.ts';
import { type MachineHost, testProgram } from '../cases/run-case.ts';

interface Hosted {
	readonly start: ProcessStart;
	readonly port: MessagePort;
	readonly ended: PromiseWithResolvers<ExitStatus>;
	system?: System;
}

export class WebMachine implements MachineHost {
	readonly ready: Promise<void>;
	readonly #worker: Worker;
	readonly #hosted = new Map<number, Hosted>();
	readonly #ready = Promise.withResolvers<void>();
	#desktop: System | undefined;
	#desktopPid = 0;
	#system: System | undefined;

	constructor() {
		this.ready = this.#ready.promise;
		this.#worker = new Worker(new URL('../../../src/hosts/web/kernel-worker.ts', import.meta.url), { type: 'module' });
		this.#worker.onmessage = (event: MessageEvent<KernelMessage>) => this.#receive(event.data);
		this.#worker.onerror = (event) => this.#ready.reject(new Error(event.message));
		const message: PageMessage = { type: 'boot', setUp: 'automatic', windowPrograms: [testProgram] };
		this.#worker.postMessage(message);
	}

	get system(): System {
		if (this.#system === undefined) throw new Error('the machine is not ready');
		return this.#system;
	}

	get systemPid(): number {
		return this.#desktopPid;
	}

	async start(options: SpawnOptions): Promise<TestProcess> {
		const hosted = await this.#spawn(options);
		const { start, port } = hosted;
		const system = new System(portOf(port));
		hosted.system = system;
		return { pid: start.pid, start, system, ended: hosted.ended.promise, dropPort: () => port.close() };
	}

	async startRaw(options: SpawnOptions): Promise<RawProcess> {
		const { start, port, ended } = await this.#spawn(options);
		return { pid: start.pid, port: portOf(port), ended: ended.promise };
	}

	/** Starts the process that the cases use: as an administrator, which the desktop is not, so the person is asked. */
	async #startFirst(desktop: System): Promise<void> {
		this.#desktopPid = (await desktop.processSelf()).pid;
		// In a group of its own: a case signals that of the desktop.
		const options = { arguments: [], environment: [], workingDirectory: '/', group: 0 };
		const asked = desktop.tokenRequestElevation(testProgram, options, 'to test');
		const { request } = await desktop.elevationNext();
		await desktop.elevationAnswer(request, true);
		const { port } = await this.#launched(await asked, desktop);
		this.#system = new System(portOf(port));
		this.#ready.resolve();
	}

	/** The kernel tells of the launch before it answers the call, but over another port: either may come first. */
	async #spawn(options: SpawnOptions): Promise<Hosted> {
		return this.#launched(await this.system.processSpawn(testProgram, options), this.system);
	}

	async #launched(pid: number, system: System): Promise<Hosted> {
		while (!this.#hosted.has(pid)) await system.processSelf();
		return this.#hosted.get(pid) as Hosted;
	}

	#receive(message: KernelMessage): void {
		if (message.type === 'desktop') this.#desktop = new System(portOf(message.port));
		else if (message.type === 'launch') {
			const { start, port } = message;
			this.#hosted.set(start.pid, { start, port, ended: Promise.withResolvers() });
		} else if (message.type === 'ended') {
			const hosted = this.#hosted.get(message.pid);
			hosted?.system?.close();
			hosted?.ended.resolve(message.status);
		} else if (message.type !== 'status') return;
		else if (message.status.state === 'ready')
			this.#startFirst(this.#desktop as System).catch((error: unknown) => this.#ready.reject(error));
		else if (message.status.state === 'failed') this.#ready.reject(new Error(message.status.message));
	}
}
