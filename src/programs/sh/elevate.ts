/**
 * `elevate COMMAND…`: asks the person to let one command administer this computer.
 *
 * A command of the shell is run by a shell of its own, so that the person is asked about exactly that.
 */
import type { SpawnOptions } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';

/** The pid of what was started; EPERM when the person says no. `options.arguments` is the command. */
export function spawnElevated(
	system: System,
	isBuiltin: (name: string) => boolean,
	options: SpawnOptions,
): Promise<number> {
	const [name = '', ...rest] = options.arguments;
	const start = isBuiltin(name)
		? { program: 'sh', arguments: ['-c', [name, ...rest].map(quote).join(' ')] }
		: { program: name, arguments: rest };
	return system.tokenRequestElevation(start.program, { ...options, arguments: start.arguments }, 'Typed in the shell');
}

/** As one word of the shell. */
function quote(text: string): string {
	return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
