/**
 * What `efs` does to files: encrypt, decrypt, renew, share, revoke, update, and say who can open what.
 *
 * Rules of use: an operation on a folder goes through all that is in it; links are not followed. What fails is told and
 * passed over, and makes the exit code 1. An operation that was interrupted goes on when it is given again.
 */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type { EncryptionChange, EncryptionInfo, EncryptionProgress, KeyHolder } from '#abi/structures.generated.ts';
import { joinPath } from '#base/path.ts';
import { type CommandContext, CommandError, type Options, pathOf, reportFailure } from './command.ts';
import { listNames } from './names.ts';

interface Item {
	readonly path: string;
	readonly shown: string;
	readonly isFolder: boolean;
	readonly encrypted: boolean;
}

interface Counts {
	done: number;
	failed: number;
}

/** A longer file says how far it is. */
const quietBytes = 16 << 20;
const words: Readonly<Record<EncryptionChange, string>> = {
	encrypt: 'encrypted',
	decrypt: 'decrypted',
	renew: 'encrypted with a new key',
};

export function change(context: CommandContext, options: Options, to: EncryptionChange): number {
	const [, ...operands] = options.operands;
	const counts = forEachItem(context, operands, { deep: !options.has('o') }, (item) => {
		if (item.isFolder && to === 'renew') return false;
		if (to === 'renew' && !item.encrypted) return false;
		const progress = begin(context, item.path, to);
		return complete(context, item, progress);
	});
	tell(context, counts, words[to]);
	return Number(counts.failed > 0);
}

/** A change that goes the other way is turned round. */
function begin({ system }: CommandContext, path: string, to: EncryptionChange): EncryptionProgress {
	const { unfinished } = system.encryptionRead(path);
	if (unfinished !== undefined && unfinished.change !== to && unfinished.change !== 'renew' && to !== 'renew')
		return system.encryptionCancel(path);
	return system.encryptionBegin(path, to);
}

function complete(context: CommandContext, { path, shown, isFolder }: Item, first: EncryptionProgress): boolean {
	if (isFolder) return true;
	let progress = first;
	const isLong = progress.totalBytes > quietBytes && isTerminal(context);
	while (!progress.finished) {
		progress = context.system.encryptionContinue(path);
		if (!isLong) continue;
		const percent = Math.floor((100 * progress.doneBytes) / Math.max(1, progress.totalBytes));
		context.output.write(progress.finished ? '\r\x1b[K' : `\r${shown} ${percent} %`);
		context.output.flush();
	}
	return true;
}

export function share(context: CommandContext, options: Options): number {
	const [, who, ...operands] = options.operands;
	const account = findPerson(context, who);
	const counts = forEachItem(context, operands, { deep: true }, ({ path, isFolder, encrypted }) => {
		if (isFolder || !encrypted) return false;
		context.system.encryptionShare(path, account);
		return true;
	});
	tell(context, counts, `shared with ${who}`);
	return Number(counts.failed > 0);
}

export function revoke(context: CommandContext, options: Options): number {
	const [, who = '', ...operands] = options.operands;
	const counts = forEachItem(context, operands, { deep: true }, (item) => {
		if (item.isFolder || !item.encrypted) return false;
		const holder = context.system.encryptionRead(item.path).holders.find((each) => isMeant(each, who));
		if (holder === undefined) return false;
		context.system.encryptionRevoke(item.path, holder.key);
		return options.has('n') ? complete(context, item, begin(context, item.path, 'renew')) : true;
	});
	tell(context, counts, `closed to ${who}`);
	if (counts.done > 0 && !options.has('n'))
		context.output.write('Who could open them may have kept a key; --new-key encrypts them anew.\n');
	return Number(counts.failed > 0);
}

export function update(context: CommandContext, options: Options): number {
	const [, ...operands] = options.operands;
	let locked = 0;
	const places = operands.length === 0 ? [context.environment.get('HOME') ?? '.'] : operands;
	const counts = forEachItem(context, places, { deep: true }, ({ path, isFolder, encrypted }) => {
		if (isFolder || !encrypted) return false;
		if (!context.system.encryptionRead(path).mayOpen) {
			locked++;
			return false;
		}
		return context.system.encryptionUpdate(path);
	});
	tell(context, counts, 'brought up to date');
	if (locked > 0) context.output.write(`${count(locked)} cannot be opened with your keys.\n`);
	return Number(counts.failed > 0);
}

export function status(context: CommandContext, options: Options): number {
	const [, ...given] = options.operands;
	const { output, system } = context;
	const counts = forEachItem(context, given.length === 0 ? ['.'] : given, { deep: options.has('r') }, (item) => {
		output.write(`${describe(item, system.encryptionRead(item.path))}\n`);
		return true;
	});
	return Number(counts.failed > 0);
}

function describe({ shown, isFolder }: Item, info: EncryptionInfo): string {
	if (!info.encrypted) return `${shown}: not encrypted${info.supported ? '' : ', and cannot be here'}`;
	if (isFolder) return `${shown}: what is made in it is encrypted`;
	const names = info.holders.map(({ kind, name, key }) => `${name || key}${kind === 'agent' ? ' (agent)' : ''}`);
	const { unfinished } = info;
	return [
		`${shown}: encrypted`,
		...(unfinished === undefined ? [] : [`not finished, ${unfinished.doneBytes} of ${unfinished.totalBytes} bytes`]),
		...(info.mayOpen ? [] : ['you cannot open it']),
		...(info.outdated ? ['efs update would give it the keys it should have'] : []),
		`opened by ${names.join(', ')}`,
	].join('; ');
}

/** Calls `action` for each operand and, when `deep`, all below it; whether it did something is counted. */
function forEachItem(
	context: CommandContext,
	operands: readonly string[],
	{ deep }: { readonly deep: boolean },
	action: (item: Item) => boolean,
): Counts {
	if (operands.length === 0) throw new CommandError('which files?');
	const counts: Counts = { done: 0, failed: 0 };
	const visit = (item: Item): void => {
		try {
			if (action(item)) counts.done++;
			if (item.isFolder && deep) for (const below of itemsIn(context, item)) visit(below);
		} catch (failure) {
			reportFailure(context, failure, item.shown);
			counts.failed++;
		}
	};
	for (const operand of operands) {
		const path = pathOf(context, operand);
		try {
			const { kind, attributes } = context.system.pathStat(path);
			visit({ path, shown: operand, isFolder: kind === 'directory', encrypted: isEncrypted(attributes) });
		} catch (failure) {
			reportFailure(context, failure, operand);
			counts.failed++;
		}
	}
	return counts;
}

function itemsIn({ system }: CommandContext, { path, shown }: Item): Item[] {
	return [...listNames(system, path)]
		.filter(({ kind }) => kind === 'file' || kind === 'directory')
		.map(({ name, kind, attributes }) => ({
			path: joinPath(path, name),
			shown: `${shown.replace(/\/$/, '')}/${name}`,
			isFolder: kind === 'directory',
			encrypted: isEncrypted(attributes),
		}));
}

/** The account that a person's name or security identifier means. */
function findPerson({ system }: CommandContext, who: string | undefined): string {
	const people = system.encryptionPeople();
	const found = people.filter((person) => who !== undefined && isMeant(person, who));
	const [only] = found;
	if (only?.sid === undefined || found.length > 1)
		throw new CommandError(
			`${who ?? 'nobody'} is nobody with a key; there are ${people.map(({ name }) => name).join(', ') || 'none'}`,
		);
	return only.sid;
}

function isMeant({ name, sid, key }: KeyHolder, who: string): boolean {
	return who !== '' && (name.toLowerCase() === who.toLowerCase() || sid === who || key === who.toLowerCase());
}

function isEncrypted(attributes: number): boolean {
	return (attributes & attributeBits.encrypted) !== 0;
}

function tell({ output }: CommandContext, { done, failed }: Counts, what: string): void {
	output.write(`${count(done)} ${what}${failed === 0 ? '' : `, ${count(failed)} not`}.\n`);
}

function count(number: number): string {
	return number === 1 ? '1 file or folder' : `${number} files and folders`;
}

function isTerminal({ system, output }: CommandContext): boolean {
	return output.handle !== undefined && system.handleKind(output.handle) === 'terminal';
}

/** Raw bytes of an encrypted file, as it is stored: for a backup that needs no key. */
export function exportRaw(context: CommandContext, options: Options): number {
	const [, from, to] = options.operands;
	if (from === undefined || to === undefined) throw new CommandError('from which file to which file?');
	const { system } = context;
	const handle = system.fileOpen(pathOf(context, to), 'create-new', 2);
	try {
		for (let offset = 0; ; ) {
			const bytes = system.encryptionRawRead(pathOf(context, from), offset, 4 << 20);
			if (bytes.length === 0) return 0;
			system.fileWrite(handle, offset, bytes);
			offset += bytes.length;
		}
	} finally {
		system.handleClose(handle);
	}
}

export function importRaw(context: CommandContext, options: Options): number {
	const [, from, to] = options.operands;
	if (from === undefined || to === undefined) throw new CommandError('from which file to which file?');
	const [source, target] = [pathOf(context, from), pathOf(context, to)];
	context.system.pathCopy(source, target);
	try {
		context.system.encryptionRawRestore(target);
		return 0;
	} catch (error) {
		context.system.pathUnlink(target);
		throw error instanceof OsError && error.code === 'EINVAL' ? notRaw(from) : error;
	}
}

function notRaw(name: string): CommandError {
	return new CommandError(`${name} is not the raw form of an encrypted file`);
}
