/** Where the code of each everyday command is; it is loaded when the command is first run in a Worker. */
import type { EverydayCommand } from '#runtime/everyday-commands.ts';
import type { Command } from './command.ts';

type Load = () => Promise<Command>;

const files = {
	textFlow: () => import('./text-flow.ts').then((file) => file.textFlowCommands),
	ends: () => import('./ends.ts').then((file) => file.endCommands),
	listing: () => import('./listing.ts').then((file) => file.listingCommands),
	transfer: () => import('./transfer.ts').then((file) => file.transferCommands),
	processes: () => import('./processes.ts').then((file) => file.processCommands),
	compression: () => import('./compression.ts').then((file) => file.compressionCommands),
};

/** The commands of one file, by name. */
function from<Name extends string>(
	load: () => Promise<Readonly<Record<Name, Command>>>,
	names: readonly Name[],
): Record<Name, Load> {
	return Object.fromEntries(names.map((name) => [name, async () => (await load())[name]])) as Record<Name, Load>;
}

const loaders: Readonly<Record<EverydayCommand, Load>> = {
	...from(files.textFlow, ['cat', 'cmp', 'cut', 'nl', 'od', 'seq', 'tac', 'tee', 'uniq', 'wc', 'yes']),
	...from(files.listing, ['df', 'du', 'ls', 'mount', 'stat', 'tree']),
	...from(files.transfer, [
		'basename',
		'cp',
		'dirname',
		'ln',
		'mkdir',
		'mktemp',
		'mv',
		'readlink',
		'realpath',
		'rm',
		'rmdir',
		'touch',
	]),
	...from(files.processes, [
		'clear',
		'date',
		'env',
		'open',
		'printenv',
		'ps',
		'sleep',
		'start',
		'stty',
		'tty',
		'uname',
		'which',
		'xargs',
	]),
	...from(files.compression, ['gunzip', 'gzip', 'sha256sum', 'zcat']),
	...from(files.ends, ['head', 'tail']),
	disk: async () => (await import('./disk.ts')).diskCommands.disk,
	pc: async () => (await import('./pc.ts')).pcCommands.pc,
	update: async () => (await import('./update.ts')).updateCommands.update,
	volume: async () => (await import('./volume.ts')).volumeCommands.volume,
	accounts: async () => (await import('./accounts.ts')).accountCommands.accounts,
	who: async () => (await import('./accounts.ts')).accountCommands.who,
	whoami: async () => (await import('./accounts.ts')).accountCommands.whoami,
	versions: async () => (await import('./versions.ts')).versionCommands.versions,
	efs: async () => (await import('./efs.ts')).efsCommands.efs,
	diff: async () => (await import('./diff.ts')).diffCommands.diff,
	find: async () => (await import('./find.ts')).findCommands.find,
	grep: async () => (await import('./grep.ts')).grepCommands.grep,
	less: async () => (await import('./less.ts')).lessCommands.less,
	sed: async () => (await import('./sed.ts')).sedCommands.sed,
	sort: async () => (await import('./sort.ts')).sortCommands.sort,
	tr: async () => (await import('./translate.ts')).translateCommands.tr,
	tar: async () => (await import('./tar.ts')).tarCommands.tar,
};

export function loadCommand(name: EverydayCommand): Promise<Command> {
	return loaders[name]();
}
