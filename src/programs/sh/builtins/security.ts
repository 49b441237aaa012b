/** Commands about who may do what: `elevate`, `id`, `access`. */
import { accessRights, executeAccess, fullAccess, modifyAccess, readAccess } from '#abi/access.ts';
import type { AccessEntry } from '#abi/structures.generated.ts';
import { resolvePath } from '#base/path.ts';
import { type Builtin, parseOptions, UsageError } from '../builtin.ts';
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
	usage: 'access [PATH…]',
	summary: 'Tells who owns files and folders, and who may do what with them.',
	async run(context) {
		const { system, output } = context;
		const { operands } = parseOptions(context.arguments, '');
		for (const operand of operands.length === 0 ? ['.'] : operands) {
			const path = resolvePath(context.session.workingDirectory, operand);
			const { ownerName, access: entries, protected: isProtected } = await system.securityRead(path);
			await output.write(
				`${path}\n  owner: ${ownerName}${isProtected ? ', takes nothing from the folder above' : ''}\n`,
			);
			await output.write(
				formatTable(entries.map((entry) => ['', entry.kind, entry.name ?? entry.sid, describe(entry)])),
			);
		}
		return 0;
	},
};

const summaries: readonly (readonly [mask: number, name: string])[] = [
	[fullAccess, 'everything'],
	[modifyAccess, 'read and change'],
	[readAccess | executeAccess, 'read and run'],
	[readAccess, 'read'],
];

function describe({ rights, flags }: AccessEntry): string {
	const summary = summaries.find(([mask]) => mask === rights)?.[1];
	const names = Object.entries(accessRights).filter(([, bit]) => (rights & bit) !== 0);
	const what = summary ?? names.map(([name]) => name).join(' ');
	const inherited = (flags & 16) === 0 ? '' : ' (inherited)';
	const below = (flags & 8) === 0 ? '' : ' (for what is made in it)';
	return what + inherited + below;
}

export const securityBuiltins: Readonly<Record<string, Builtin>> = { elevate, id, access };
