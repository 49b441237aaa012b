/** Makes the reference pages of the contract: one a system call, one of the types, and their index. */

import type { SystemCallDefinition } from '../../src/abi/call-definition.ts';
import { type ErrorName, errorTable } from '../../src/abi/errors.ts';
import { systemCalls } from '../../src/abi/system-calls.ts';
import { enums, scalarTypes, structs } from '../../src/abi/types.ts';
import { splitType } from './contract-types.ts';

function describeType(type: string): string {
	const { base, suffix } = splitType(type);
	const link = base in structs || base in enums ? `[${base}](types.md#${base.toLowerCase()})` : `\`${base}\``;
	return link + (suffix === '[]' ? ' (array)' : suffix === '?' ? ' (optional)' : '');
}

export function generatePage(call: SystemCallDefinition): string {
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
