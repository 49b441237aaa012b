/**
 * The page's side of the start: starts the kernel's Worker and hands out what the kernel gives to the page.
 *
 * Rules of use:
 * - `bootKernel` is called once, as early as possible; after `begin`, `logon` gives the process of the logon screen, and
 *   `onDesktop` tells of each desktop: of the first at once when somebody logs on by itself.
 * - A launch that comes before there is a listener waits for it.
 */
import type { ExitStatus, ProcessStart, SessionInfo } from '#abi/structures.generated.ts';
import type { Disposable } from '#base/disposable.ts';
import { Emitter } from '#base/emitter.ts';
import type { HostedProcess } from '#runtime/hosted-process.ts';
import { System } from '#runtime/system.ts';
import type { AppliancePlan } from '../common/machine-contract.ts';
import { portOf } from '../common/message-port.ts';
import type { BootStatus, KernelMessage, PageMessage, SetUp } from './control-messages.ts';

export type { BootStatus, SetUp };

export interface KernelBoot {
	/** Lets the kernel fetch its engine and open the volume: when the shell stands, which needs the processor first. */
	begin(setUp: SetUp): void;
	/** The process of the logon screen. Never settles while another tab has the volume. */
	readonly logon: Promise<System>;
	/** The process of the first desktop; for pages that have one at most. */
	readonly ready: Promise<System>;
	/** Calls back when somebody has logged on, with the process of their desktop. */
	onDesktop(listener: (desktop: SessionDesktop) => void): Disposable;
	/** Calls back when a session, by its number, has ended with all its processes. */
	onLoggedOff(listener: (session: number) => void): Disposable;
	onLaunch(listener: (process: HostedProcess, session: number) => void): Disposable;
	/** Calls back at once with the status now, and then with each new one. */
	onStatus(listener: (status: BootStatus) => void): Disposable;
	/** Resolves with the reason when the PC cannot do what it is to do by itself. Else it never settles. */
	readonly noAppliance: Promise<string>;
	/** Takes the volume from the tab that has it. */
	takeOver(): void;
	/** A window program has failed: its process is ended as crashed, and that is logged. */
	reportCrash(pid: number, reason: string): void;
	/** Ends every process, makes their changes durable and closes the volume; then the page may be closed. */
	shutDown(): Promise<void>;
	/** Says once that the desktop is ready, so that background work may begin. */
	settled(): void;
}

/** The desktop of a session. */
export interface SessionDesktop {
	readonly system: System;
	readonly session: SessionInfo;
}

/** What the kernel has to know of the PC that the page has for itself. */
export interface PageMachine {
	/** Opens the door to it. */
	readonly key: string;
	/** What it does by itself, when it is an appliance. */
	readonly appliance: AppliancePlan | undefined;
}

interface Launch {
	readonly process: HostedProcess;
	readonly session: number;
}

interface Hosted {
	readonly system: System;
	readonly ended: Emitter<ExitStatus>;
}

class PageKernel implements KernelBoot {
	readonly logon: Promise<System>;
	readonly ready: Promise<System>;
	readonly #worker: Worker;
	readonly #windowPrograms: readonly string[];
	readonly #machine: PageMachine | undefined;
	readonly #launches = new Emitter<Launch>();
	readonly #desktops = new Emitter<SessionDesktop>();
	readonly #loggedOff = new Emitter<number>();
	readonly #statuses = new Emitter<BootStatus>();
	readonly #hosted = new Map<number, Hosted>();
	readonly #waitingLaunches: Launch[] = [];
	readonly #waitingDesktops: SessionDesktop[] = [];
	#status: BootStatus = { state: 'opening' };
	#logon: System | undefined;
	readonly #open = new Map<number, System>();
	readonly #stopped = Promise.withResolvers<void>();
	readonly noAppliance: Promise<string>;
	readonly #refused = Promise.withResolvers<string>();
	readonly #first = Promise.withResolvers<System>();
	readonly #logonReady = Promise.withResolvers<System>();

	constructor(worker: Worker, windowPrograms: readonly string[], machine: PageMachine | undefined) {
		this.#worker = worker;
		this.#windowPrograms = windowPrograms;
		this.#machine = machine;
		this.noAppliance = this.#refused.promise;
		this.logon = this.#logonReady.promise;
		this.ready = this.#first.promise;
		worker.onmessage = (event: MessageEvent<KernelMessage>) => this.#receive(event.data);
		worker.onerror = (event) => {
			this.#setStatus({ state: 'failed', message: event.message || 'The system could not be loaded.' });
		};
	}

	begin(setUp: SetUp): void {
		const { key: machineKey, appliance } = this.#machine ?? {};
		this.#tell({ type: 'boot', windowPrograms: this.#windowPrograms, setUp, machineKey, appliance });
	}

	onDesktop(listener: (desktop: SessionDesktop) => void): Disposable {
		const subscription = this.#desktops.event(listener);
		for (const desktop of this.#waitingDesktops.splice(0)) this.#desktops.fire(desktop);
		return subscription;
	}

	onLoggedOff(listener: (session: number) => void): Disposable {
		return this.#loggedOff.event(listener);
	}

	onLaunch(listener: (process: HostedProcess, session: number) => void): Disposable {
		const subscription = this.#launches.event(({ process, session }) => listener(process, session));
		for (const launch of this.#waitingLaunches.splice(0)) this.#launches.fire(launch);
		return subscription;
	}

	onStatus(listener: (status: BootStatus) => void): Disposable {
		listener(this.#status);
		return this.#statuses.event(listener);
	}

	takeOver(): void {
		this.#tell({ type: 'take-over' });
	}

	reportCrash(pid: number, reason: string): void {
		this.#tell({ type: 'crashed', pid, reason });
	}

	shutDown(): Promise<void> {
		this.#tell({ type: 'shut-down' });
		return this.#stopped.promise;
	}

	settled(): void {
		this.#tell({ type: 'settled' });
		// On a PC of its own the browser has been told to keep it (`distro/root/usr/lib/vitrine/chromium-flags`).
		if (this.#machine === undefined)
			keepStorage([...this.#open.values()][0]).catch((error: unknown) => reportError(error));
	}

	#tell(message: PageMessage): void {
		this.#worker.postMessage(message);
	}

	#receive(message: KernelMessage): void {
		if (message.type === 'status') this.#setStatus(message.status);
		else if (message.type === 'no-appliance') this.#refused.resolve(message.reason);
		else if (message.type === 'logon') this.#startLogon(new System(portOf(message.port)));
		else if (message.type === 'desktop') this.#start(new System(portOf(message.port)), message.session);
		else if (message.type === 'logged-off') this.#logOff(message.session);
		else if (message.type === 'launch') this.#host(message.start, message.session, message.port);
		else if (message.type === 'ended') this.#end(message.pid, message.status);
		else this.#stop();
	}

	#stop(): void {
		this.#closeAll();
		this.#worker.terminate();
		this.#stopped.resolve();
	}

	#closeAll(): void {
		this.#logon?.close();
		for (const desktop of this.#open.values()) desktop.close();
	}

	#startLogon(system: System): void {
		this.#logon = system;
		this.#logonReady.resolve(system);
	}

	#start(system: System, session: SessionInfo): void {
		this.#open.set(session.id, system);
		this.#first.resolve(system);
		if (this.#desktops.listenerCount === 0) this.#waitingDesktops.push({ system, session });
		else this.#desktops.fire({ system, session });
	}

	#logOff(session: number): void {
		this.#open.get(session)?.close();
		this.#open.delete(session);
		this.#loggedOff.fire(session);
	}

	#setStatus(status: BootStatus): void {
		this.#status = status;
		// Nobody answers any more: calls under way fail instead of waiting for ever.
		if (status.state === 'taken-over' || status.state === 'failed') this.#closeAll();
		this.#statuses.fire(status);
	}

	#host(start: ProcessStart, session: number, port: MessagePort): void {
		const hosted = { system: new System(portOf(port)), ended: new Emitter<ExitStatus>() };
		this.#hosted.set(start.pid, hosted);
		const process: HostedProcess = { start, system: hosted.system, onEnded: hosted.ended.event };
		if (this.#launches.listenerCount === 0) this.#waitingLaunches.push({ process, session });
		else this.#launches.fire({ process, session });
	}

	#end(pid: number, status: ExitStatus): void {
		const hosted = this.#hosted.get(pid);
		if (hosted === undefined) return;
		this.#hosted.delete(pid);
		hosted.system.close();
		hosted.ended.fire(status);
		hosted.ended.dispose();
	}
}

/** Asks the browser never to clear the volume by itself when the disk runs low, and notes when it will not promise. */
async function keepStorage(desktop: System | undefined): Promise<void> {
	if ((await navigator.storage.persisted()) || (await navigator.storage.persist())) return;
	await desktop?.logWrite(
		'warning',
		'The browser does not promise to keep the files of Vitrine when the disk runs low. Installing Vitrine as an app, or adding a bookmark, makes it do so.',
	);
}

/**
 * Starts the kernel's Worker. `windowPrograms` are the names of the programs that the page hosts; `machine` is the
 * PC, where there is one.
 */
export function bootKernel(windowPrograms: readonly string[], machine?: PageMachine): KernelBoot {
	const worker = new Worker(new URL('./kernel-worker.ts', import.meta.url), { type: 'module', name: 'kernel' });
	return new PageKernel(worker, windowPrograms, machine);
}
