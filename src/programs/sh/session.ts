/**
 * What a running shell knows: working directory, variables, functions, options, traps, jobs, history.
 *
 * Rules of use:
 * - Every path goes to the system absolute: the kernel keeps no working directory for a shell that moves about.
 * - A subshell, a pipeline's part and a background job work on a `copy`, so that nothing they set comes back.
 */
import { OsError } from '#abi/errors.ts';
import type { FunctionBody } from './scope.ts';

export interface Variable {
	readonly value: string;
	readonly exported: boolean;
	readonly readOnly: boolean;
}

/** Options of `set`, by their letter or name. */
export type OptionName = 'e' | 'u' | 'x' | 'f' | 'n' | 'C' | 'a' | 'v' | 'm' | 'pipefail';

export class Session {
	workingDirectory: string;
	previousDirectory: string;
	variables = new Map<string, Variable>();
	functions = new Map<string, FunctionBody>();
	aliases = new Map<string, string>();
	options = new Set<OptionName>();
	/** Commands for signals and for `EXIT`, by name. */
	traps = new Map<string, string>();
	/** Lines as they were typed, oldest first; shared by copies. */
	readonly history: string[];
	/** Name of the shell or of its script. */
	name: string;
	positional: readonly string[];
	readonly pid: number;
	lastStatus = 0;
	/** Of the last job in the background. */
	lastBackground: number | undefined;
	/** What `local` has hidden, one map a function that runs. */
	readonly locals: Map<string, Variable | undefined>[] = [];
	readonly startedTime: number;
	/** Functions and scripts within each other. */
	depth = 0;
	#random = 0;

	constructor(start: {
		readonly pid: number;
		readonly workingDirectory: string;
		readonly environment: readonly string[];
		readonly name?: string;
		readonly positional?: readonly string[];
		readonly history?: string[];
		readonly startedTime?: number;
	}) {
		this.pid = start.pid;
		this.workingDirectory = start.workingDirectory;
		this.previousDirectory = start.workingDirectory;
		this.name = start.name ?? 'sh';
		this.positional = start.positional ?? [];
		this.history = start.history ?? [];
		this.startedTime = start.startedTime ?? Date.now();
		for (const line of start.environment) {
			const [name, value] = splitAssignment(line);
			this.variables.set(name, { value, exported: true, readOnly: false });
		}
	}

	copy(): Session {
		const { pid, workingDirectory, name, positional, history, startedTime } = this;
		const copy = new Session({ pid, workingDirectory, environment: [], name, positional, history, startedTime });
		copy.variables = new Map(this.variables);
		copy.functions = new Map(this.functions);
		copy.aliases = new Map(this.aliases);
		copy.options = new Set(this.options);
		for (const hidden of this.locals) copy.locals.push(new Map(hidden));
		copy.previousDirectory = this.previousDirectory;
		copy.lastStatus = this.lastStatus;
		copy.lastBackground = this.lastBackground;
		copy.depth = this.depth;
		return copy;
	}

	/** Exported variables as `NAME=value`, with those of `more` in their place. */
	environment(more: ReadonlyMap<string, string> = new Map()): string[] {
		const all = new Map(
			[...this.variables].filter(([, { exported }]) => exported).map(([name, { value }]) => [name, value]),
		);
		for (const [name, value] of more) all.set(name, value);
		return [...all].map(([name, value]) => `${name}=${value}`);
	}

	/** Value of a variable or of a special parameter other than `@` and `*`; `undefined` when unset. */
	findVariable(name: string): string | undefined {
		const special = this.#findSpecial(name);
		if (special !== undefined) return special;
		if (/^\d+$/.test(name)) return name === '0' ? this.name : this.positional[Number(name) - 1];
		return this.variables.get(name)?.value;
	}

	/** EPERM for a variable that is read-only. */
	setVariable(name: string, value: string, changes: Partial<Variable> = {}): void {
		const before = this.variables.get(name);
		if (before?.readOnly === true) throw new OsError('EPERM', `${name} is read-only`);
		const exported = before?.exported === true || this.options.has('a');
		this.variables.set(name, { exported, readOnly: false, ...changes, value });
	}

	unsetVariable(name: string): void {
		if (this.variables.get(name)?.readOnly === true) throw new OsError('EPERM', `${name} is read-only`);
		this.variables.delete(name);
	}

	changeDirectory(path: string): void {
		this.previousDirectory = this.workingDirectory;
		this.workingDirectory = path;
		this.setVariable('OLDPWD', this.previousDirectory, { exported: true });
		this.setVariable('PWD', path, { exported: true });
	}

	#findSpecial(name: string): string | undefined {
		if (name === '?') return String(this.lastStatus);
		if (name === '$') return String(this.pid);
		if (name === '#') return String(this.positional.length);
		if (name === '-') return [...this.options].filter((option) => option.length === 1).join('');
		if (name === '!') return this.lastBackground === undefined ? undefined : String(this.lastBackground);
		if (name === 'PWD') return this.workingDirectory;
		if (name === 'OLDPWD') return this.previousDirectory;
		if (name === 'SECONDS') return String(Math.floor((Date.now() - this.startedTime) / 1000));
		if (name === 'RANDOM') {
			this.#random = (this.#random * 1_103_515_245 + 12_345 + (Date.now() & 0xffff)) % 2 ** 31;
			return String(this.#random >> 16);
		}
		return undefined;
	}
}

export function splitAssignment(line: string): [string, string] {
	const equals = line.indexOf('=');
	return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
}
