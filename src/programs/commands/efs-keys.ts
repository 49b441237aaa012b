/** What `efs` does with keys: backup and restore, and the recovery agents of this computer. */
import type { KeyBackupFormat } from '#abi/structures.generated.ts';
import { extensionName } from '#base/path.ts';
import { type CommandContext, CommandError, type Options, pathOf, UsageError } from './command.ts';
import { askPassphrase } from './passphrase.ts';

const largestBackup = 1 << 20;
const ways = { code: 'a recovery code', backup: 'a backup of your keys', agent: 'a recovery agent' } as const;

export function keys({ system, output }: CommandContext): number {
	const { key, loaded, older, recovery } = system.encryptionKeys();
	if (key === '') {
		output.write('You have no key yet.\n');
		return 1;
	}
	output.write(`Key for new files: ${key}${loaded ? '' : ' (locked)'}\n`);
	for (const other of older) output.write(`Also opens: ${other}\n`);
	const proved = recovery.map((way) => ways[way]);
	output.write(
		proved.length > 0
			? `Way back: ${proved.join(', ')}\n`
			: 'There is no way back yet: make a recovery code, or efs backup. Until then nothing is encrypted.\n',
	);
	return 0;
}

/** Writes the backup, reads it again and opens it: only then it is a way back. */
export function backup(context: CommandContext, options: Options): number {
	const [, name] = options.operands;
	if (name === undefined) throw new UsageError('to which file?');
	const { system, output } = context;
	const passphrase = askPassphrase(context, 'Passphrase for the backup', true);
	const path = pathOf(context, name);
	const handle = system.fileOpen(path, 'create-new', 3);
	try {
		system.fileWrite(handle, 0, system.encryptionBackup(formatOf(name), passphrase));
		system.encryptionConfirmBackup(system.fileRead(handle, 0, largestBackup), passphrase);
	} catch (error) {
		system.pathUnlink(path);
		throw error;
	} finally {
		system.handleClose(handle);
	}
	output.write(`Your keys are in ${name}. Keep it, and the passphrase, away from this computer.\n`);
	return 0;
}

export function restore(context: CommandContext, options: Options): number {
	const [, name] = options.operands;
	if (name === undefined) throw new UsageError('from which file?');
	const { system, output } = context;
	const bytes = system.pathRead(pathOf(context, name), largestBackup);
	const added = system.encryptionRestore(bytes, askPassphrase(context, 'Passphrase of the backup'), !options.has('s'));
	const until = options.has('s') ? ' until you log off' : '';
	for (const key of added) output.write(`Key ${key} opens files${until}.\n`);
	if (added.length === 0) output.write('You have these keys already.\n');
	return 0;
}

export function agent(context: CommandContext, options: Options): number {
	const [, action, ...operands] = options.operands;
	if (action === undefined || action === 'list') return listAgents(context);
	if (action === 'create') return createAgent(context, operands);
	if (action === 'add') return addAgent(context, operands);
	if (action === 'remove') return removeAgent(context, operands);
	throw new UsageError(`there is no "agent ${action}"`);
}

function listAgents({ system, output }: CommandContext): number {
	const agents = system.encryptionAgents();
	for (const { key, name } of agents) output.write(`${key}  ${name}\n`);
	if (agents.length === 0) output.write('There is no recovery agent.\n');
	return 0;
}

function createAgent(context: CommandContext, [name]: readonly string[]): number {
	if (name === undefined) throw new UsageError('to which file?');
	const { system, output } = context;
	const passphrase = askPassphrase(context, 'Passphrase for the agent’s keys', true);
	const handle = system.fileOpen(pathOf(context, name), 'create-new', 2);
	try {
		system.fileWrite(handle, 0, system.encryptionMakeAgent(passphrase));
	} finally {
		system.handleClose(handle);
	}
	output.write(
		`The agent’s keys are in ${name}. efs agent add NAME ${name} makes it count; then take the file away.\n`,
	);
	return 0;
}

function addAgent(context: CommandContext, [name, file]: readonly string[]): number {
	if (name === undefined || file === undefined) throw new UsageError('which name, and which file of keys?');
	const { system, output } = context;
	const bytes = system.pathRead(pathOf(context, file), largestBackup);
	const publicKey = system.encryptionBackupKey(bytes, askPassphrase(context, 'Passphrase of the agent’s keys'));
	const { key } = system.encryptionAddAgent(name, publicKey);
	output.write(`${name} (${key}) can open what is encrypted from now on; efs update adds older files.\n`);
	return 0;
}

function removeAgent({ system, output }: CommandContext, [who]: readonly string[]): number {
	const found = system.encryptionAgents().find(({ key, name }) => key === who || name === who);
	if (found === undefined) throw new CommandError(`${who ?? 'nobody'} is no recovery agent`);
	system.encryptionRemoveAgent(found.key);
	output.write(`${found.name} is no recovery agent any more; efs update closes older files to it.\n`);
	return 0;
}

function formatOf(name: string): KeyBackupFormat {
	const extension = extensionName(name);
	if (extension === '.p12' || extension === '.pfx') return 'p12';
	if (extension === '.age') return 'age';
	throw new UsageError('the name of the backup ends with .age or .p12');
}
