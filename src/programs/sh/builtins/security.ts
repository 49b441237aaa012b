/** Commands about who may do what: `elevate`, `id`, `access`. */
import { accessRights } from '#abi/access.ts';
import type { AccessEntry } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { type AccessLevel, findLevel, parsePermissions } from '#runtime/permission-words.ts';
import { type Builtin, type BuiltinContext, parseOptions, UsageError } from '../builtin.ts';
import { formatTable } from '../columns.ts';

const elevate: Builtin = {
	usage: 'elevate COMMAND [ARGUMENT…]',
	summary: 'Asks the person to let one command administer this computer, and runs it when they agree.',
	run() {
		// With a command it is a start of a program, which the interpreter makes.
		throw new UsageError('say what to run');
	},
};

const id: Builtin = {
	usage: 'id',
	summary: 'Tells for whom the shell works, and what that lets it do.',
	async run({ arguments: list, system, output }) {
		if (list.length > 0) throw new UsageError('id takes no arguments');
		const { user, userName, groups, denyOnly, privileges, integrity } = await system.tokenRead(0);
		const rows = [
			['account', `${userName} (${user})`],
			['groups', groups.join(' ')],
			['only where denied', denyOnly.join(' ')],
			['privileges', privileges.join(' ')],
			['runs as', integrity],
		];
		await output.write(formatTable(rows.filter(([, value]) => value !== '')));
		return 0;
	},
};

const access: Builtin = {
	usage: `access [PATH…] | set PATH [owner=WHO] [inherit=yes|no] [allow|deny=WHO:RIGHTS[:WHERE]]… [list=empty]
WHO is the name of an account or group, or a SID; RIGHTS is full, change, run, read, write, or names of rights joined by +;
WHERE is all, here, folders, files, inside, folders-inside or files-inside. A list that is given replaces the whole list.`,
	summary: 'Tells who owns files and folders and who may do what with them, or changes that.',
	async run(context) {
		const [action, path, ...change] = context.arguments;
		if (action === 'set' && path !== undefined) await setAccess(context, path, change);
		else await showAccess(context);
		return 0;
	},
};

async function setAccess({ system, session }: BuiltinContext, operand: string, list: readonly string[]): Promise<void> {
	if (list.length === 0) throw new UsageError('say what to change');
	const path = resolvePath(session.workingDirectory, operand);
	const accounts = await system.accountList();
	const change = parsePermissions(list, (name) => accounts.find((account) => account.name === name)?.sid);
	await system.securityChange(path, change);
}

async function showAccess(context: BuiltinContext): Promise<void> {
	const { system, output } = context;
	const { operands } = parseOptions(context.arguments, '');
	for (const operand of operands.length === 0 ? ['.'] : operands) {
		const path = resolvePath(context.session.workingDirectory, operand);
		const { ownerName, access: entries, protected: isProtected } = await system.securityRead(path);
		await output.write(`${path}\n  owner: ${ownerName}${isProtected ? ', takes nothing from the folder above' : ''}\n`);
		await output.write(formatTable(entries.map((entry) => ['', entry.kind, entry.name ?? entry.sid, describe(entry)])));
	}
}

const summaries: Readonly<Record<AccessLevel, string>> = {
	full: 'everything',
	change: 'read and change',
	run: 'read and run',
	read: 'read',
	write: 'write',
};

function describe({ rights, flags }: AccessEntry): string {
	const level = findLevel(rights);
	const names = Object.entries(accessRights).filter(([, bit]) => (rights & bit) !== 0);
	const what = level === undefined ? names.map(([name]) => name).join(' ') : summaries[level];
	const inherited = (flags & 16) === 0 ? '' : ' (inherited)';
	const below = (flags & 8) === 0 ? '' : ' (for what is made in it)';
	return what + inherited + below;
}

export const securityBuiltins: Readonly<Record<string, Builtin>> = { elevate, id, access };
