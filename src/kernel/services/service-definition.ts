/**
 * What a service is, as data; and the order that follows from what services need.
 *
 * Rules of use: the host gives the definitions to the kernel, which refuses services that need one that is not there or, over
 * others, themselves. That is a defect of the definitions, so it is thrown when the kernel is made.
 */
import type { ResourceLimits, ServiceStart, SettingDefinition } from '#abi/structures.generated.ts';

export interface ServiceDefinition {
	/** Lower case, digits and `-`. */
	readonly name: string;
	readonly title: string;
	readonly summary: string;
	readonly program: string;
	readonly arguments?: readonly string[];
	/** When it starts, as long as no setting says otherwise. */
	readonly start: ServiceStart;
	/** Services that must run before it. */
	readonly needs?: readonly string[];
	/** `failure`: when it ended by an error or a signal. `always`: also when it ended well. */
	readonly restart: 'never' | 'failure' | 'always';
	/** `report`: it runs when it has said `service_ready`. `start`: as soon as its process is there. */
	readonly ready: 'start' | 'report';
	/** `system`: with the rights of an administrator. `limited`: with hardly any. */
	readonly account: 'system' | 'limited';
	readonly limits?: ResourceLimits;
}

const starts: readonly ServiceStart[] = ['automatic', 'delayed', 'manual', 'disabled'];

export const startSettingOf = (name: string): string => `services/${name}/start`;

export function serviceSettings(definitions: readonly ServiceDefinition[]): SettingDefinition[] {
	return definitions.map(({ name, title, start }) => ({
		...{ name: startSettingOf(name), title: `When “${title}” starts`, scope: 'machine' },
		summary: 'With the system, two minutes after it, when somebody asks, or not at all.',
		...{ default: { type: 'string', text: start }, choices: [...starts] },
	}));
}

/** Each after all that it needs. Throws with the names when there is no such order. */
export function orderServices(definitions: readonly ServiceDefinition[]): ServiceDefinition[] {
	const byName = new Map(definitions.map((definition) => [definition.name, definition]));
	if (byName.size < definitions.length) throw new Error('two services have the same name');
	const ordered = new Set<ServiceDefinition>();
	const visit = (definition: ServiceDefinition, way: readonly string[]): void => {
		const { name, needs = [] } = definition;
		if (way.includes(name)) throw new Error(`services need each other: ${[...way, name].join(' needs ')}`);
		if (ordered.has(definition)) return;
		for (const need of needs) {
			const needed = byName.get(need);
			if (needed === undefined) throw new Error(`${name} needs ${need}, which is no service`);
			visit(needed, [...way, name]);
		}
		ordered.add(definition);
	};
	for (const definition of definitions) visit(definition, []);
	return [...ordered];
}
