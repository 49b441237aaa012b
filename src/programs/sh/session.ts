/**
 * What a running shell knows: working directory, variables, exit code of the last command, history.
 *
 * Rules of use:
 * - Every path goes to the system absolute: the kernel keeps no working directory for a shell that moves about.
 * - A subshell, a pipeline's part and a background job work on a `copy`, so that nothing they set comes back.
 */
export class Session {
	workingDirectory: string;
	previousDirectory: string;
	readonly variables: Map<string, string>;
	readonly exported: Set<string>;
	/** Lines as they were typed, oldest first; shared by copies. */
	readonly history: string[];
	lastStatus = 0;
	/** Set by `exit`: the shell ends with this code when the command has returned. */
	exitCode: number | undefined;
	/** `sh` is 0, then the arguments after the script. */
	readonly positional: readonly string[];
	readonly pid: number;

	constructor(start: {
		pid: number;
		workingDirectory: string;
		environment: readonly string[];
		positional?: readonly string[];
	}) {
		this.pid = start.pid;
		this.workingDirectory = start.workingDirectory;
		this.previousDirectory = start.workingDirectory;
		this.positional = start.positional ?? ['sh'];
		this.variables = new Map(start.environment.map((line) => splitAssignment(line)));
		this.exported = new Set(this.variables.keys());
		this.history = [];
	}

	copy(): Session {
		const copy = new Session({
			pid: this.pid,
			workingDirectory: this.workingDirectory,
			environment: this.environment(),
			positional: this.positional,
		});
		for (const [name, value] of this.variables) copy.variables.set(name, value);
		copy.previousDirectory = this.previousDirectory;
		copy.history.push(...this.history);
		copy.lastStatus = this.lastStatus;
		return copy;
	}

	/** Exported variables as `NAME=value`. */
	environment(): string[] {
		return [...this.exported].flatMap((name) => {
			const value = this.variables.get(name);
			return value === undefined ? [] : [`${name}=${value}`];
		});
	}

	findVariable(name: string): string | undefined {
		if (name === '?') return String(this.lastStatus);
		if (name === '$') return String(this.pid);
		if (name === '#') return String(this.positional.length - 1);
		if (name === '@' || name === '*') return this.positional.slice(1).join(' ');
		if (name === 'PWD') return this.workingDirectory;
		if (name === 'OLDPWD') return this.previousDirectory;
		if (/^\d$/.test(name)) return this.positional[Number(name)];
		return this.variables.get(name);
	}

	changeDirectory(path: string): void {
		this.previousDirectory = this.workingDirectory;
		this.workingDirectory = path;
	}
}

function splitAssignment(line: string): [string, string] {
	const equals = line.indexOf('=');
	return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)];
}
