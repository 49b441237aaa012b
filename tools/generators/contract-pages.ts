/** Makes the reference pages of the contract: one a system call, one of the types, and their index. */

import type { SystemCallDefinition } from '../../src/abi/call-definition.ts';
import { type ErrorName, errorTable } from '../../src/abi/errors.ts';
import type { RightName } from '../../src/abi/rights.ts';
import { systemCalls } from '../../src/abi/system-calls.ts';
import { enums, scalarTypes, structs } from '../../src/abi/types.ts';
import { camelCase, splitType, typescriptType } from './contract-types.ts';
import { whenItFails } from './error-sentences.ts';

function describeType(type: string): string {
	const { base, suffix } = splitType(type);
	const link = base in structs || base in enums ? `[${base}](types.md#${base.toLowerCase()})` : `\`${base}\``;
	return link + (suffix === '[]' ? ' (array)' : suffix === '?' ? ' (optional)' : '');
}

const rightSentences: Readonly<Record<RightName, string>> = {
	read: 'reading content',
	write: 'changing content',
	list: 'reading the names of a directory',
	wait: 'waiting for it',
	signal: 'setting or resetting it',
	walk: 'finding what stands below a directory',
	create: 'making names in a directory',
	remove: 'taking names out of a directory',
	adjust: 'setting times and attributes',
};

export function generatePage(call: SystemCallDefinition): string {
	const sections = [
		'<!-- Generated from src/abi by `npm run generate`. Do not edit. -->',
		`# ${call.name}(${call.number})`,
		`## NAME\n\n\`${call.name}\`: ${call.summary}.`,
		`## SYNOPSIS\n\n${describeSynopsis(call)}`,
		`## DESCRIPTION\n\n${describeCall(call)}`,
		`## RIGHTS\n\n${describeRights(call)}`,
		`## RETURN\n\n${call.result === 'void' ? 'Nothing.' : `${describeType(call.result)}.`}`,
		`## ERRORS\n\n${describeErrors(call)}`,
		`## SEE ALSO\n\n${describeOthers(call)}`,
	];
	return `${sections.join('\n\n')}\n`;
}

/** The call as the contract has it, and by both clients: one that answers later, and one that waits in its Worker. */
function describeSynopsis(call: SystemCallDefinition): string {
	const parameters = call.arguments.map(({ name, type }) => `${name}: ${type}`).join(', ');
	const types = call.arguments.map(({ name, type }) => {
		const isLeftOut = type.endsWith('?');
		return `${name}${isLeftOut ? '?' : ''}: ${typescriptType(isLeftOut ? type.slice(0, -1) : type)}`;
	});
	const method = `${camelCase(call.name)}(${types.join(', ')})`;
	const result = typescriptType(call.result);
	return [
		`\`\`\`\n${call.name}(${parameters}) → ${call.result}\n\`\`\``,
		`\`\`\`ts\nsystem.${method}: Promise<${result}> // System, SystemCalls\nsystem.${method}: ${result} // WaitingSystemCalls\n\`\`\``,
	].join('\n\n');
}

function describeCall(call: SystemCallDefinition): string {
	const paragraphs = [`${call.description}${/[.!]$/.test(call.description) ? '' : '.'}`];
	if (call.arguments.length > 0)
		paragraphs.push(
			call.arguments.map(({ name, type, summary }) => `- \`${name}\`, ${describeType(type)}: ${summary}`).join('\n'),
		);
	const types = new Set(call.arguments.map(({ type }) => type));
	if (call.name.startsWith('at_'))
		paragraphs.push('The path begins at the directory and never leads out of it, whatever links lie on the way.');
	else if (types.has('path'))
		paragraphs.push(
			'A path without `/` at its start begins at the working directory. Links on the way are followed, and nothing outside the namespace of the caller is reached.',
		);
	if (call.mutates) paragraphs.push('The reply is sent after the change is on stable storage.');
	return paragraphs.join('\n\n');
}

function describeRights(call: SystemCallDefinition): string {
	if (call.rights.length === 0) return 'None beyond those of the caller.';
	return `The handle must carry ${call.rights.map((name) => `\`${name}\` (${rightSentences[name]})`).join(' and ')}.`;
}

function describeErrors(call: SystemCallDefinition): string {
	const always: readonly ErrorName[] = call.arguments.length > 0 ? ['EINVAL', 'EIO'] : ['EIO'];
	const names = [...new Set<ErrorName>([...call.errors, ...always])];
	return names.map((name) => `- \`${name}\` (${errorTable[name].number}): ${whenItFails(call, name)}`).join('\n');
}

const mostOthers = 6;

/** Those that the definition names, and where it names none those that act on the same. */
function describeOthers(call: SystemCallDefinition): string {
	const [group] = call.name.split('_');
	const kin = systemCalls
		.filter(({ name }) => name !== call.name && name.split('_')[0] === group)
		.map(({ name }) => name);
	const others = call.seeAlso.length > 0 ? call.seeAlso : kin.slice(0, mostOthers);
	return [...others.map((name) => `[${name}](${name}.md)`), '[all calls](README.md)'].join(', ');
}

export function generateTypesPage(): string {
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

export function generateIndexPage(): string {
	const rows = systemCalls.map((call) => `| ${call.number} | [${call.name}](${call.name}.md) | ${call.summary} |`);
	return `<!-- Generated from src/abi by \`npm run generate\`. Do not edit. -->\n\n# System calls\n\n| Number | Name | Summary |\n|---|---|---|\n${rows.join('\n')}\n\nStructures: [types](types.md).\n`;
}
