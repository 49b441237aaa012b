/** Changes permissions of a file or folder; asks the person for the rights of an administrator where their own do not suffice. */
import { OsError } from '#abi/errors.ts';
import type { SecurityChange } from '#abi/structures.generated.ts';
import { baseName } from '#base/path.ts';
import { runOrElevate } from '#runtime/elevated-command.ts';
import { formatPermissions } from '#runtime/permission-words.ts';
import type { System } from '#runtime/system.ts';

/** ECANCELED when the person does not want it to be done by an administrator. */
export async function changePermissions(system: System, path: string, change: SecurityChange): Promise<void> {
	const words = ['access', 'set', path, ...formatPermissions(change)].map(quote);
	const isDone = await runOrElevate(system, {
		action: () => system.securityChange(path, change),
		command: words.join(' '),
		reason: `change who may do what with “${baseName(path) || 'Computer'}”`,
	});
	if (!isDone) throw new OsError('ECANCELED', path);
}

/** As one word of the shell. */
function quote(text: string): string {
	return /^[\w./:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
