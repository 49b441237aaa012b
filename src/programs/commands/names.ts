/** Names in folders, and patterns of names (`*`, `?`, `[a-z]`). */
import type { NodeKind } from '#abi/structures.generated.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';

const pageLength = 10_000;
const kinds: readonly NodeKind[] = ['file', 'directory', 'link', 'device'];

export interface Entry {
	readonly name: string;
	readonly kind: NodeKind;
	readonly size: number;
	readonly modifiedTime: number;
	readonly attributes: number;
	readonly inode: number;
}

/** The entries of a folder in the order of their names, a page at a time. */
export function* listNames(system: WaitingSystemCalls, path: string): Generator<Entry> {
	for (let cursor = '', more = true; more; more = cursor !== '') {
		const page = system.pathList(path, cursor, pageLength);
		for (const [index, name] of page.names.entries())
			yield {
				name,
				kind: kinds[page.kinds[index] ?? 0] ?? 'file',
				size: page.sizes[index] ?? 0,
				modifiedTime: page.modifiedTimes[index] ?? 0,
				attributes: page.attributes[index] ?? 0,
				inode: page.inodes[index] ?? 0,
			};
		cursor = page.next;
	}
}

const compiled = new Map<string, RegExp>();

export function matchesName(name: string, pattern: string, ignoreCase = false): boolean {
	const key = `${ignoreCase ? 'i' : ''}/${pattern}`;
	let expression = compiled.get(key);
	if (expression === undefined) {
		expression = new RegExp(`^${translate(pattern)}$`, ignoreCase ? 'isu' : 'su');
		compiled.set(key, expression);
	}
	return expression.test(name);
}

function translate(pattern: string): string {
	return pattern.replace(
		/\\(.)|\*+|\?|\[([!^]?)(\]?[^\]]*)\]|[$().+[\]^{|}/\\]/gsu,
		(whole, escaped?: string, negation?: string, set?: string) => {
			if (escaped !== undefined) return escaped.replace(/[$().*+?[\]^{|}/\\]/, '\\$&');
			if (whole.startsWith('*')) return '.*';
			if (whole === '?') return '.';
			if (set === undefined) return `\\${whole}`;
			return `[${negation === '' ? '' : '^'}${set.replace(/[[\]\\^&~|(){}/]/g, '\\$&')}]`;
		},
	);
}
