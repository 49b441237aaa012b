/**
 * What the system's own parts say of their settings: type, default, and which values fit.
 *
 * Rules of use: a setting without a definition may hold any value; it is some program's own.
 */
import { OsError } from '#abi/errors.ts';
import type { SettingDefinition, SettingValue } from '#abi/structures.generated.ts';
import { isBelow } from './setting-key.ts';

const longestText = 65_536;
const mostStrings = 1024;

const fieldOfType = {
	boolean: 'boolean',
	integer: 'number',
	real: 'number',
	string: 'text',
	strings: 'list',
	bytes: 'bytes',
} as const satisfies Record<SettingValue['type'], keyof SettingValue>;

export class SettingDefinitions {
	readonly #definitions: ReadonlyMap<string, SettingDefinition>;

	constructor(definitions: readonly SettingDefinition[]) {
		const sorted = [...definitions].sort((one, other) => (one.name < other.name ? -1 : 1));
		this.#definitions = new Map(sorted.map((definition) => [definition.name, definition]));
		for (const definition of sorted) this.requireFit(definition.name, definition.default);
	}

	find(name: string): SettingDefinition | undefined {
		return this.#definitions.get(name);
	}

	list(prefix: string): SettingDefinition[] {
		return [...this.#definitions.values()].filter(({ name }) => isBelow(name, prefix));
	}

	/** EINVAL with the reason when the value cannot be stored under this name. */
	requireFit(name: string, value: SettingValue): void {
		const problem = findShapeProblem(value) ?? this.#findProblem(name, value);
		if (problem !== undefined) throw new OsError('EINVAL', `${name}: ${problem}`);
	}

	#findProblem(name: string, value: SettingValue): string | undefined {
		const definition = this.#definitions.get(name);
		if (definition === undefined) return undefined;
		const { choices, minimum, maximum } = definition;
		const { type } = definition.default;
		if (value.type !== type) return `its type is ${type}`;
		if (value.number !== undefined && minimum !== undefined && value.number < minimum) return `at least ${minimum}`;
		if (value.number !== undefined && maximum !== undefined && value.number > maximum) return `at most ${maximum}`;
		if (choices.length > 0 && !choices.includes(value.text ?? '')) return `one of ${choices.join(', ')}`;
		return undefined;
	}
}

/** Why a value is none: it has not exactly the field of its type, or that is too large. */
function findShapeProblem(value: SettingValue): string | undefined {
	const wanted = fieldOfType[value.type];
	for (const field of Object.values(fieldOfType))
		if ((value[field] !== undefined) !== (field === wanted))
			return `a value of type ${value.type} has the field ${wanted} alone`;
	const { number = 0, text = '', list = [], bytes } = value;
	if (value.type === 'integer' && !Number.isSafeInteger(number)) return 'it is no integer';
	if (text.length > longestText || (bytes?.length ?? 0) > longestText)
		return `at most ${longestText} bytes or code units`;
	if (list.length > mostStrings || list.reduce((sum, each) => sum + each.length, 0) > longestText)
		return `at most ${mostStrings} strings of ${longestText} code units together`;
	return undefined;
}
