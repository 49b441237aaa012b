/** `accounts`, `whoami` and `who`: the people of this computer from the command line. */
import type { AccountInfo, AccountKind, Credential } from '#abi/structures.generated.ts';
import { type Command, type CommandContext, CommandError, type Options, UsageError } from './command.ts';
import { askPassphrase } from './passphrase.ts';

type Bytes = Uint8Array<ArrayBuffer>;

const whoami: Command = {
	usage: 'whoami',
	summary: 'Tells whom this shell works for.',
	run({ system, output }) {
		output.write(`${system.tokenRead(0).userName}\n`);
		return 0;
	},
};

const who: Command = {
	usage: 'who',
	summary: 'Tells who is logged on, since when, and whether the session is locked.',
	run({ system, output }) {
		for (const { name, startedTime, state, processes } of system.sessionList()) {
			const since = new Date(startedTime).toISOString().slice(0, 16).replace('T', ' ');
			output.write(`${name}\t${since}\t${state}\t${processes} processes\n`);
		}
		return 0;
	},
};

type Action = (context: CommandContext, options: Options) => number;

const actions: Readonly<Record<string, Action>> = {
	list,
	add,
	remove,
	password,
	recovery,
	unlock,
	enable: (context, options) => switchAccount(context, options, true),
	disable: (context, options) => switchAccount(context, options, false),
};

const accounts: Command = {
	usage:
		'accounts [list | add [-a|-g] NAME | remove [-k] NAME | enable NAME | disable NAME | password [NAME] | recovery | unlock]',
	summary:
		'Lists, makes (-a an administrator, -g a guest) and removes (-k keeps the files) accounts; sets your password, or resets that of NAME; makes a recovery code; opens keys that a reset has closed.',
	options: { flags: 'agk', long: { administrator: 'a', guest: 'g', keep: 'k' } },
	run(context, options) {
		const [name = 'list'] = options.operands;
		if (!Object.hasOwn(actions, name)) throw new UsageError(`there is no "accounts ${name}"`);
		return (actions[name] as Action)(context, options);
	},
};

function list({ system, output }: CommandContext): number {
	for (const { name, kind, enabled, credentials, lockedKeys, session, sid } of system.accountList()) {
		const notes = [
			enabled ? '' : 'switched off',
			credentials.includes('none') ? 'no password' : credentials.join(', '),
			session === undefined ? '' : 'logged on',
			lockedKeys === 0 ? '' : 'older keys are locked',
		].filter((note) => note !== '');
		output.write(`${name}\t${kind}\t${sid}\t${notes.join('; ')}\n`);
	}
	return 0;
}

function add(context: CommandContext, options: Options): number {
	const name = operandOf(options);
	const kind: AccountKind = options.has('a') ? 'administrator' : options.has('g') ? 'guest' : 'standard';
	const secret: Bytes = kind === 'guest' ? new Uint8Array() : askNew(context);
	context.system.accountCreate({ name, kind, password: secret, hint: '', mustChange: false });
	return 0;
}

function remove(context: CommandContext, options: Options): number {
	context.system.accountRemove(find(context, operandOf(options)).sid, options.has('k'));
	return 0;
}

function switchAccount(context: CommandContext, options: Options, enabled: boolean): number {
	context.system.accountChange(find(context, operandOf(options)).sid, { enabled });
	return 0;
}

/** One's own by the old one; that of somebody else is reset, after what that closes was said. */
function password(context: CommandContext, options: Options): number {
	const { system, output } = context;
	const [, name] = options.operands;
	const own = system.tokenRead(0).user;
	const account = name === undefined ? own : find(context, name).sid;
	if (account === own) {
		const proof = askProof(context, own, 'Password now');
		system.accountSetPassword(own, proof, { password: askNew(context), hint: '', mustChange: false });
		return 0;
	}
	const { hasKeys, encryptedFiles, hasRecovery, hasAgent } = system.accountResetEffect(account);
	if (hasKeys) {
		output.write(
			`${name} gets new keys. ${encryptedFiles} encrypted files in the home folder stay closed until the old password${hasRecovery ? ', the recovery code' : ''}${hasAgent ? ' or a recovery agent' : ''} opens them.\n`,
		);
		output.flush();
	}
	system.accountResetPassword(account, { password: askNew(context), hint: '', mustChange: true });
	return 0;
}

function recovery(context: CommandContext): number {
	const { system, output } = context;
	const code = system.accountMakeRecovery(askProof(context, system.tokenRead(0).user, 'Password'));
	output.write(`Your recovery code, to be kept away from this computer:\n\n    ${code}\n\n`);
	output.flush();
	system.accountConfirmRecovery(askPassphrase(context, 'Type it back'));
	output.write('It opens your account and your encrypted files when the password is gone.\n');
	return 0;
}

function unlock(context: CommandContext): number {
	const secret = askPassphrase(context, 'Old password, or recovery code of that time');
	const { system, output } = context;
	const isCode = /^\s*[0-9A-Z]{4}(?:[\s-]+[0-9A-Z]{4}){6}\s*$/i.test(new TextDecoder().decode(secret));
	const opened = system.accountUnlockKeys({ kind: isCode ? 'recovery' : 'password', secret });
	output.write(`${opened} ${opened === 1 ? 'set' : 'sets'} of older keys opened.\n`);
	return 0;
}

function askProof(context: CommandContext, account: string, what: string): Credential {
	const own = context.system.accountList().find(({ sid }) => sid === account);
	if (own?.credentials.includes('none') === true) return { kind: 'none', secret: new Uint8Array() };
	return { kind: 'password', secret: askPassphrase(context, what) };
}

function askNew(context: CommandContext): Bytes {
	return askPassphrase(context, 'New password (empty: none)', true);
}

function find({ system }: CommandContext, name: string): AccountInfo {
	const found = system.accountList().find((account) => account.name.toLowerCase() === name.toLowerCase());
	if (found === undefined) throw new CommandError(`there is no account ${name}`);
	return found;
}

function operandOf({ operands }: Options): string {
	const [, name, ...others] = operands;
	if (name === undefined || others.length > 0) throw new UsageError('which account?');
	return name;
}

export const accountCommands = { accounts, who, whoami };
