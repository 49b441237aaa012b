/**
 * Makes from the contract in `src/abi`: its structures as types, the client, the gate's validation, the reference pages.
 *
 * `npm run generate` writes them; `npm run check` calls this with `--check` and fails when one is stale.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type ErrorName, errorTable } from '../src/abi/errors.ts';
import { rights } from '../src/abi/rights.ts';
import { type SystemCallDefinition, systemCalls } from '../src/abi/system-calls.ts';
import { enums, scalarTypes, structs } from '../src/abi/types.ts';

const banner = '// Generated from src/abi by `npm run generate`. Do not edit.\n';
const typescriptTypes: Record<string, string> = {
	void: 'void',
	boolean: 'boolean',
	u32: 'number',
	size: 'number',
	time: 'number',
	string: 'string',
	path: 'string',
	bytes: 'Uint8Array<ArrayBuffer>',
	handle: 'number',
	pid: 'number',
	u8column: 'Uint8Array',
	f64column: 'Float64Array',
	strings: 'string[]',
};

function splitType(type: string): { base: string; suffix: '' | '[]' | '?' } {
	const suffix = type.endsWith('[]') ? '[]' : type.endsWith('?') ? '?' : '';
	return { base: suffix === '' ? type : type.slice(0, -suffix.length), suffix };
}

function typescriptType(type: string): string {
	const { base, suffix } = splitType(type);
	if (base !== 'void' && !(base in scalarTypes) && !(base in enums) && !(base in structs))
		throw new Error(`The contract names an unknown type: ${type}`);
	return (typescriptTypes[base] ?? base) + (suffix === '[]' ? '[]' : '');
}

const camelCase = (name: string): string => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function generateStructures(): string {
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

function generateClient(): string {
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

function generateGate(): string {
	const argumentTypes = systemCalls.flatMap((call) => call.arguments.map((argument) => splitType(argument.type).base));
	const used = new Set(argumentTypes);
	const lines = [
		banner,
		structureImports(systemCalls.flatMap((call) => [call.result, ...call.arguments.map(({ type }) => type)])),
		"import type { Answer, Caller } from './caller.ts';",
		"import { is } from './scalar-checks.ts';\n",
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
	lines.push('\nexport const callShapes: ReadonlyMap<number, CallShape> = new Map<number, CallShape>([');
	for (const call of systemCalls) {
		const bits = call.rights.reduce((sum, right) => sum | rights[right], 0);
		const checks = call.arguments.map(
			(argument, index) =>
				`\t\t\tif (!${checkExpression(argument.type, `values[${index}]`)}) return '${argument.name}';`,
		);
		lines.push(
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
		);
	}
	lines.push(']);\n');
	return lines.join('\n');
}

function describeType(type: string): string {
	const { base, suffix } = splitType(type);
	const link = base in structs || base in enums ? `[${base}](types.md#${base.toLowerCase()})` : `\`${base}\``;
	return link + (suffix === '[]' ? ' (array)' : suffix === '?' ? ' (optional)' : '');
}

function generatePage(call: SystemCallDefinition): string {
	const synopsis = `${call.name}(${call.arguments.map((argument) => `${argument.name}: ${argument.type}`).join(', ')}) → ${call.result}`;
	const sections = [
		'<!-- Generated from src/abi by `npm run generate`. Do not edit. -->',
		`# ${call.name}(${call.number})`,
		`## NAME\n\n\`${call.name}\`: ${call.summary}.`,
		`## SYNOPSIS\n\n\`\`\`\n${synopsis}\n\`\`\``,
		`## DESCRIPTION\n\n${call.description}${/[.!]$/.test(call.description) ? '' : '.'}`,
	];
	if (call.arguments.length > 0)
		sections.push(
			call.arguments
				.map((argument) => `- \`${argument.name}\`, ${describeType(argument.type)}: ${argument.summary}`)
				.join('\n'),
		);
	if (call.mutates) sections.push('The reply is sent after the change is on stable storage.');
	sections.push(
		`## RIGHTS\n\n${call.rights.length > 0 ? `The handle must carry: ${call.rights.join(', ')}.` : 'None beyond those of the caller.'}`,
	);
	sections.push(`## RETURN\n\n${call.result === 'void' ? 'Nothing.' : `${describeType(call.result)}.`}`);
	const errors = [
		...new Set<ErrorName>([...call.errors, ...(call.arguments.length > 0 ? (['EINVAL'] as const) : []), 'EIO']),
	];
	sections.push(
		`## ERRORS\n\n${errors.map((name) => `- \`${name}\` (${errorTable[name].number}): ${errorTable[name].sentence}`).join('\n')}`,
	);
	if (call.seeAlso.length > 0)
		sections.push(`## SEE ALSO\n\n${call.seeAlso.map((name) => `[${name}](${name}.md)`).join(', ')}`);
	return `${sections.join('\n\n')}\n`;
}

function generateTypesPage(): string {
	const sections = ['<!-- Generated from src/abi by `npm run generate`. Do not edit. -->', '# Types of the contract'];
	sections.push(
		`## Scalars\n\n${Object.entries(scalarTypes)
			.map(([name, text]) => `- \`${name}\`: ${text}`)
			.join('\n')}`,
	);
	for (const [name, { summary, values }] of Object.entries(enums))
		sections.push(`## ${name}\n\n${summary}\n\n${values.map((value) => `- \`${value}\``).join('\n')}`);
	for (const [name, { summary, fields }] of Object.entries(structs)) {
		sections.push(
			`## ${name}\n\n${summary}\n\n${Object.entries(fields)
				.map(([field, definition]) => `- \`${field}\`, ${describeType(definition.type)}: ${definition.summary}`)
				.join('\n')}`,
		);
	}
	return `${sections.join('\n\n')}\n`;
}

function generateIndexPage(): string {
	const rows = systemCalls.map((call) => `| ${call.number} | [${call.name}](${call.name}.md) | ${call.summary} |`);
	return `<!-- Generated from src/abi by \`npm run generate\`. Do not edit. -->\n\n# System calls\n\n| Number | Name | Summary |\n|---|---|---|\n${rows.join('\n')}\n\nStructures: [types](types.md).\n`;
}

function verifyTable(): void {
	const names = new Set(systemCalls.map((call) => call.name));
	const numbers = new Set(systemCalls.map((call) => call.number));
	if (names.size !== systemCalls.length || numbers.size !== systemCalls.length)
		throw new Error('The contract has a system call twice.');
	for (const call of systemCalls)
		for (const other of call.seeAlso)
			if (!names.has(other)) throw new Error(`${call.name} refers to ${other}, which does not exist.`);
}

const root = new URL('..', import.meta.url);
const pages = 'docs/syscalls/';

async function main(): Promise<void> {
	verifyTable();
	const files = new Map<string, string>([
		['src/abi/structures.generated.ts', generateStructures()],
		['src/runtime/system-calls.generated.ts', generateClient()],
		['src/kernel/gate.generated.ts', generateGate()],
		[`${pages}README.md`, generateIndexPage()],
		[`${pages}types.md`, generateTypesPage()],
		...systemCalls.map((call) => [`${pages}${call.name}.md`, generatePage(call)] as const),
	]);
	await mkdir(new URL(pages, root), { recursive: true });
	const orphans = (await readdir(new URL(pages, root))).map((name) => pages + name).filter((name) => !files.has(name));
	const stale: string[] = [...orphans];
	for (const [name, text] of files) {
		const current = await readFile(new URL(name, root), 'utf8').catch(() => undefined);
		if (current !== text) stale.push(name);
	}
	if (process.argv.includes('--check')) {
		if (stale.length > 0) {
			console.error(`Stale generated files; run \`npm run generate\`:\n  ${stale.join('\n  ')}`);
			process.exitCode = 1;
		}
		return;
	}
	for (const name of orphans) await rm(new URL(name, root));
	for (const [name, text] of files) if (stale.includes(name)) await writeFile(new URL(name, root), text);
}

await main();
