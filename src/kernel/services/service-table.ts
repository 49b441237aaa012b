/**
 * All services: which start with the system, in which order they start and stop, and what is said of them.
 *
 * Rules of use:
 * - `startAll` when the system has come so far that others may start; `close` before it ends.
 * - When a service starts is a setting of the machine (`services/NAME/start`), so a policy may say it.
 *
 * Invariants:
 * - A service starts when all that it needs run, and stops after all that need it.
 * - What is asked for is answered when it is so, or has failed with the reason.
 */
import { OsError } from '#abi/errors.ts';
import type { ServiceInfo, ServiceStart, SettingSource } from '#abi/structures.generated.ts';
import type { Clock } from '#base/ports.ts';
import { Wait } from '../wait.ts';
import { Service, type ServiceParts } from './service.ts';
import { orderServices, type ServiceDefinition, startSettingOf } from './service-definition.ts';

/** Services that start `delayed` leave the first minutes to the person. */
export const delayMs = 120_000;

export interface ServiceTableOptions extends ServiceParts {
	readonly definitions: readonly ServiceDefinition[];
	/** The setting of this name that holds. */
	startOf(setting: string): { readonly start: ServiceStart; readonly source: SettingSource };
}

export class ServiceTable {
	readonly #options: ServiceTableOptions;
	readonly #clock: Clock;
	/** Each after all that it needs. */
	readonly #services: readonly Service[];
	#cancelDelay: (() => void) | undefined;
	#isClosed = false;

	constructor(options: ServiceTableOptions) {
		this.#options = options;
		this.#clock = options.clock;
		this.#services = orderServices(options.definitions).map((definition) => new Service(definition, options));
	}

	/** Starts those that start with the system, and later those that are delayed. */
	startAll(): void {
		if (this.#isClosed || this.#services.length === 0) return;
		this.#startThose('automatic');
		this.#cancelDelay = this.#clock.after(delayMs, () => this.#startThose('delayed'));
	}

	list(): ServiceInfo[] {
		return this.#services.map((service) => {
			const { definition, state, since, process, failures, failure, nextStart } = service;
			const { name, title, summary, program, needs = [] } = definition;
			const { start, source } = this.#options.startOf(startSettingOf(name));
			return {
				...{ name, title, summary, program, start, startSource: source, needs: [...needs] },
				...{ state, since, pid: process?.pid, failures, failure, nextStart },
			};
		});
	}

	start(name: string): Wait<void> {
		const service = this.#get(name);
		this.#requireEnabled(service);
		const needed = this.#neededBy(service);
		for (const each of needed) this.#requireEnabled(each);
		const wait = new Wait<void>();
		for (const each of [...needed, service]) if (each.state === 'failed') each.forgetFailures();
		this.#startNext([...needed, service], wait);
		return wait;
	}

	stop(name: string): Wait<void> {
		const service = this.#get(name);
		const wait = new Wait<void>();
		this.#stopNext([...this.#needing(service), service], wait);
		return wait;
	}

	restart(name: string): Wait<void> {
		const service = this.#get(name);
		this.#requireEnabled(service);
		const ran = this.#needing(service).filter(({ isActive }) => isActive);
		const wait = new Wait<void>();
		this.stop(name).whenOver(() => this.#startNext([...this.#neededBy(service), service, ...ran.reverse()], wait));
		return wait;
	}

	/** The process `pid` says that it is ready. EPERM when it is no service. */
	noteReady(pid: number): void {
		const service = this.#services.find(({ process }) => process?.pid === pid);
		if (service === undefined) throw new OsError('EPERM', 'it is no service');
		service.noteReady();
	}

	/** Ends all, those that need others first. */
	close(): void {
		this.#isClosed = true;
		this.#cancelDelay?.();
		for (const service of this.#services.toReversed()) service.close();
	}

	#startThose(start: ServiceStart): void {
		for (const { definition, isActive } of this.#services) {
			if (isActive || this.#options.startOf(startSettingOf(definition.name)).start !== start) continue;
			// What goes wrong is in the log and in the service's state.
			try {
				this.start(definition.name);
			} catch (error) {
				if (!(error instanceof OsError)) throw error;
				this.#get(definition.name).refuse(error.detail);
			}
		}
	}

	/** Starts one after the other, each when the one before runs. */
	#startNext(services: readonly Service[], wait: Wait<void>): void {
		const [service, ...rest] = services;
		if (this.#isClosed) wait.reject(new OsError('ECANCELED', 'the system is shutting down'));
		else if (service === undefined) wait.resolve();
		else if (service.state === 'running') this.#startNext(rest, wait);
		else this.#startOne(service, rest, wait);
	}

	/** Who asked hears of the first failure; those that come after it start as soon as it runs. */
	#startOne(service: Service, rest: readonly Service[], wait: Wait<void>): void {
		let isRestarting = service.state === 'stopping';
		const listening = service.onChange((state) => {
			if (state === 'starting' || state === 'stopping') return;
			if (state === 'stopped' && isRestarting) {
				isRestarting = false;
				service.start();
				return;
			}
			if (state === 'waiting') {
				wait.reject(new OsError('EIO', `${service.definition.title}: ${service.failure}`));
				return;
			}
			listening.dispose();
			if (state === 'running') this.#startNext(rest, wait);
			else this.#giveUp(service, rest, wait);
		});
		service.start();
	}

	#giveUp(service: Service, rest: readonly Service[], wait: Wait<void>): void {
		const { title } = service.definition;
		const reason = service.failure === '' ? 'it was stopped' : service.failure;
		for (const each of rest) if (!each.isActive) each.refuse(`it needs “${title}”, which does not run`);
		wait.reject(new OsError('EIO', `${title}: ${reason}`));
	}

	/** Stops one after the other, each when the one before has ended. */
	#stopNext(services: readonly Service[], wait: Wait<void>): void {
		const [service, ...rest] = services;
		if (service === undefined) {
			wait.resolve();
			return;
		}
		service.stop();
		if (service.process === undefined) {
			this.#stopNext(rest, wait);
			return;
		}
		const listening = service.onChange(() => {
			if (service.process !== undefined) return;
			listening.dispose();
			this.#stopNext(rest, wait);
		});
	}

	#get(name: string): Service {
		if (this.#isClosed) throw new OsError('ECANCELED', 'the system is shutting down');
		const service = this.#services.find(({ definition }) => definition.name === name);
		if (service === undefined) throw new OsError('ENOENT', `the service ${name.slice(0, 100)}`);
		return service;
	}

	#requireEnabled({ definition: { name, title } }: Service): void {
		const { start } = this.#options.startOf(startSettingOf(name));
		if (start === 'disabled') throw new OsError('EBUSY', `${title} is switched off`);
	}

	/** All that it needs, directly or not, in the order in which they start. */
	#neededBy(service: Service): Service[] {
		const names = new Set([service.definition.name]);
		for (const each of this.#services.toReversed())
			if (names.has(each.definition.name)) for (const need of each.definition.needs ?? []) names.add(need);
		return this.#services.filter((each) => each !== service && names.has(each.definition.name));
	}

	/** All that need it, directly or not, in the order in which they stop. */
	#needing(service: Service): Service[] {
		const names = new Set([service.definition.name]);
		for (const each of this.#services)
			if ((each.definition.needs ?? []).some((need) => names.has(need))) names.add(each.definition.name);
		return this.#services.filter((each) => each !== service && names.has(each.definition.name)).reverse();
	}
}
