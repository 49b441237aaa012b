/** The import and export statements of a TypeScript source, by the parser that builds it. */
import { parseSync } from 'vite';

export interface ImportStatement {
	readonly specifier: string;
	readonly line: number;
	/** Whether it is an `import()` call, which runs later and so closes no cycle. */
	readonly isLazy: boolean;
	/** Whether nothing of it is left at run time. */
	readonly isTypeOnly: boolean;
}

/** Throws when `text` does not parse. */
export function readImports(fileName: string, text: string): ImportStatement[] {
	const { module, errors } = parseSync(fileName, text);
	if (errors.length > 0) throw new Error(`${fileName} does not parse: ${errors[0]?.message ?? ''}`);
	const lineAt = (offset: number): number => text.slice(0, offset).split('\n').length;
	const statements: ImportStatement[] = [];
	for (const statement of module.staticImports)
		statements.push({
			specifier: statement.moduleRequest.value,
			line: lineAt(statement.start),
			isLazy: false,
			isTypeOnly: statement.entries.length > 0 && statement.entries.every((entry) => entry.isType),
		});
	for (const statement of module.staticExports) {
		const request = statement.entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest;
		if (request === undefined || request === null) continue;
		statements.push({
			specifier: request.value,
			line: lineAt(statement.start),
			isLazy: false,
			isTypeOnly: statement.entries.every((entry) => entry.isType),
		});
	}
	for (const statement of module.dynamicImports) {
		const expression = text.slice(statement.moduleRequest.start, statement.moduleRequest.end);
		const literal = /^['"`]([^'"`$]+)['"`]$/.exec(expression);
		if (literal?.[1] !== undefined)
			statements.push({ specifier: literal[1], line: lineAt(statement.start), isLazy: true, isTypeOnly: false });
	}
	return statements;
}
