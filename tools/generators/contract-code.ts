/** Makes code from the contract: its structures as types, the client that programs call, the gate's validation. */

import type { SystemCallDefinition } from '../../src/abi/call-definition.ts';
import { rights } from '../../src/abi/rights.ts';
import { systemCalls } from '../../src/abi/system-calls.ts';
import { enums, structs } from '../../src/abi/types.ts';
import { banner, camelCase, splitType, typescriptType } from './contract-types.ts';

export function generateStructures(): string {
	const lines = [banner];
	for (const [name, { summary, values }] of Object.entries(enums)) {
		lines.push(`/** ${summary} */`, `export type ${name} = ${values.map((value) => `'${value}'`).join(' | ')};\n`);
	}
	for (const [name, { summary, fields }] of Object.entries(structs)) {
		lines.push(`/** ${summary} */`, `export interface ${name} {`);
		for (const [field, definition] of Object.entries(fields)) {
			const optional = definition.type.endsWith('?');
			lines.push(
				`\t/** ${definition.summary} */`,
				`\t${field}${optional ? '?' : ''}: ${typescriptType(definition.type)};`,
			);
		}
		lines.push('}\n');
	}
	return lines.join('\n');
}

function structureImports(types: readonly string[]): string {
	const names = new Set(types.map((type) => splitType(type).base).filter((base) => base in structs || base in enums));
	return `import type { ${[...names].sort().join(', ')} } from '#abi/structures.generated.ts';`;
}

export function generateClient(): string {
	const types = systemCalls.flatMap((call) => [call.result, ...call.arguments.map((argument) => argument.type)]);
	const lines = [
		banner,
		structureImports(types),
		'',
		'/** Carries a call to the kernel and brings back its result, or throws its `OsError`. */',
		'export interface Transport {',
		'\tcall(number: number, callArguments: readonly unknown[]): Promise<unknown>;',
		'}\n',
		'/** Every system call as a method. Errors: `OsError` with the codes that its reference page lists. */',
		'export class SystemCalls {',
		'\treadonly #transport: Transport;\n',
		'\tconstructor(transport: Transport) {\n\t\tthis.#transport = transport;\n\t}',
	];
	for (const call of systemCalls) {
		const parameters = call.arguments
			.map((argument) => `${argument.name}: ${typescriptType(argument.type)}`)
			.join(', ');
		const values = call.arguments.map((argument) => argument.name).join(', ');
		lines.push(
			`\n\t/** ${call.summary}. See docs/syscalls/${call.name}.md. */`,
			`\t${camelCase(call.name)}(${parameters}): Promise<${typescriptType(call.result)}> {`,
			`\t\treturn this.#transport.call(${call.number}, [${values}]) as Promise<${typescriptType(call.result)}>;`,
			'\t}',
		);
	}
	lines.push('}\n');
	return lines.join('\n');
}

function checkExpression(type: string, value: string): string {
	const { base, suffix } = splitType(type);
	if (suffix === '[]') return `isArrayOf(${value}, (item) => ${checkExpression(base, 'item')})`;
	if (suffix === '?') return `(${value} === undefined || ${checkExpression(base, value)})`;
	return base in structs
		? `is${base}(${value})`
		: base in enums
			? `values${base}.has(${value})`
			: `is.${base}(${value})`;
}

function generateHandlers(): string[] {
	const lines = [
		'/** What the kernel does for each call; the gate has checked the arguments. */',
		'export interface CallHandlers {',
	];
	for (const call of systemCalls) {
		const parameters = call.arguments.map(({ name, type }) => `, ${name}: ${typescriptType(type)}`).join('');
		lines.push(`\t${call.name}(caller: Caller${parameters}): Answer<${typescriptType(call.result)}>;`);
	}
	return [...lines, '}\n'];
}

/** What checks the values of enumerations and structures, for those that are arguments. */
function generateValidators(used: ReadonlySet<string>): string[] {
	const lines: string[] = [];
	for (const [name, { values }] of Object.entries(enums)) {
		if (used.has(name))
			lines.push(`const values${name} = new Set<unknown>([${values.map((value) => `'${value}'`).join(', ')}]);`);
	}
	for (const [name, { fields }] of Object.entries(structs)) {
		if (!used.has(name)) continue;
		const checks = Object.entries(fields).map(([field, { type }]) => checkExpression(type, `record.${field}`));
		lines.push(
			`function is${name}(value: unknown): boolean {`,
			"\tif (typeof value !== 'object' || value === null) return false;",
			'\tconst record = value as Record<string, unknown>;',
			`\treturn ${checks.join(' && ')};`,
			'}',
		);
	}
	return lines;
}

function generateShape(call: SystemCallDefinition): string[] {
	const bits = call.rights.reduce((sum, right) => sum | rights[right], 0);
	const checks = call.arguments.map(
		(argument, index) => `\t\t\tif (!${checkExpression(argument.type, `values[${index}]`)}) return '${argument.name}';`,
	);
	return [
		`\t[${call.number}, {`,
		`\t\tname: '${call.name}',`,
		`\t\tfindBadArgument(values) {`,
		`\t\t\tif (values.length !== ${call.arguments.length}) return 'number of arguments';`,
		...checks,
		'\t\t\treturn undefined;',
		'\t\t},',
		`\t\trights: ${bits},`,
		`\t\tmutates: ${call.mutates},`,
		'\t}],',
	];
}

/** These types and all that their structures are made of. */
function withParts(types: readonly string[]): Set<string> {
	const used = new Set<string>();
	const add = (type: string): void => {
		if (used.has(type)) return;
		used.add(type);
		const structure = structs[type as keyof typeof structs];
		for (const field of Object.values(structure?.fields ?? {})) add(splitType(field.type).base);
	};
	for (const type of types) add(type);
	return used;
}

export function generateGate(): string {
	const argumentTypes = systemCalls.flatMap((call) => call.arguments.map((argument) => splitType(argument.type).base));
	const used = withParts(argumentTypes);
	const lines = [
		banner,
		structureImports(systemCalls.flatMap((call) => [call.result, ...call.arguments.map(({ type }) => type)])),
		"import type { Answer, Caller } from './caller.ts';",
		"import { is, isArrayOf } from './scalar-checks.ts';\n",
		...generateHandlers(),
		'export interface CallShape {',
		'\treadonly name: keyof CallHandlers;',
		'\t/** Name of the first argument that does not fit the contract, or `undefined`. */',
		'\treadonly findBadArgument: (values: readonly unknown[]) => string | undefined;',
		'\t/** Rights the first argument, a handle, must carry, as bits. */',
		'\treadonly rights: number;',
		'\treadonly mutates: boolean;',
		'}\n',
	];
	lines.push(...generateValidators(used));
	lines.push('\nexport const callShapes: ReadonlyMap<number, CallShape> = new Map<number, CallShape>([');
	for (const call of systemCalls) lines.push(...generateShape(call));
	lines.push(']);\n');
	return lines.join('\n');
}

/** What is needed to write the values of calls as bytes: types by name, without the words that explain them. */
export function generateLayouts(): string {
	const lines = [
		banner,
		'/** Fields of each structure with their types, in the order of the contract. */',
		'export const structLayouts: Readonly<Record<string, readonly (readonly [field: string, type: string])[]>> = {',
		...Object.entries(structs).map(
			([name, { fields }]) =>
				`\t${name}: [${Object.entries(fields)
					.map(([field, { type }]) => `['${field}', '${type}']`)
					.join(', ')}],`,
		),
		'};\n',
		'/** Values of each enumeration; their places are their numbers. */',
		'export const enumLayouts: Readonly<Record<string, readonly string[]>> = {',
		...Object.entries(enums).map(
			([name, { values }]) => `\t${name}: [${values.map((value) => `'${value}'`).join(', ')}],`,
		),
		'};\n',
		'/** Types of the arguments of each call, and of its result. */',
		'export const callLayouts: Readonly<Record<number, readonly [callArguments: readonly string[], result: string]>> = {',
		...systemCalls.map(
			(call) => `\t${call.number}: [[${call.arguments.map(({ type }) => `'${type}'`).join(', ')}], '${call.result}'],`,
		),
		'};\n',
	];
	return lines.join('\n');
}

/** The client of a process that waits for each call: the same methods, without promises. */
export function generateWaitingClient(): string {
	const types = systemCalls.flatMap((call) => [call.result, ...call.arguments.map((argument) => argument.type)]);
	const lines = [
		banner,
		structureImports(types),
		'',
		'/** Carries a call to the kernel and waits for its result, or throws its `OsError`. */',
		'export interface WaitingTransport {',
		'\tcall(number: number, callArguments: readonly unknown[]): unknown;',
		'}\n',
		'/** Every system call as a method that returns when the kernel has answered. Errors: `OsError`. */',
		'export class WaitingSystemCalls {',
		'\treadonly #transport: WaitingTransport;\n',
		'\tconstructor(transport: WaitingTransport) {\n\t\tthis.#transport = transport;\n\t}',
	];
	for (const call of systemCalls) {
		const parameters = call.arguments
			.map((argument) => `${argument.name}: ${typescriptType(argument.type)}`)
			.join(', ');
		const values = call.arguments.map((argument) => argument.name).join(', ');
		const result = typescriptType(call.result);
		lines.push(
			`\n\t/** ${call.summary}. See docs/syscalls/${call.name}.md. */`,
			`\t${camelCase(call.name)}(${parameters}): ${result} {`,
			`\t\treturn this.#transport.call(${call.number}, [${values}]) as ${result};`,
			'\t}',
		);
	}
	lines.push('}\n');
	return lines.join('\n');
}
