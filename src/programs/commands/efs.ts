/** `efs`: encrypted files from the command line. What it does stands in `efs-files.ts` and `efs-keys.ts`. */
import { type Command, type CommandContext, type Options, UsageError } from './command.ts';
import { change, exportRaw, importRaw, revoke, share, status, update } from './efs-files.ts';
import { agent, backup, keys, restore } from './efs-keys.ts';

type Action = (context: CommandContext, options: Options) => number;

const actions: Readonly<Record<string, Action>> = {
	encrypt: (context, options) => change(context, options, 'encrypt'),
	decrypt: (context, options) => change(context, options, 'decrypt'),
	renew: (context, options) => change(context, options, 'renew'),
	...{ status, share, revoke, update, keys, backup, restore, agent },
	export: exportRaw,
	import: importRaw,
};

const efs: Command = {
	usage: 'efs encrypt|decrypt|renew|status|share|revoke|update|keys|backup|restore|agent|export|import [OPERAND…]',
	summary:
		'Encrypted files: encrypt and decrypt FILE… (of a folder all in it; -o only what comes later), status [-r], share and revoke PERSON FILE… (--new-key), update, keys, backup FILE.age, restore FILE (--session), agent list|create|add|remove, export and import raw files.',
	options: { flags: 'orns', long: { 'only-folder': 'o', recursive: 'r', 'new-key': 'n', session: 's' } },
	run(context, options) {
		const [name = ''] = options.operands;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action === undefined) throw new UsageError(name === '' ? 'what?' : `there is no "${name}"`);
		return action(context, options);
	},
};

export const efsCommands = { efs };
