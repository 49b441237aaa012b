/** `disk`: the disks of the PC that Vitrine has for itself, and the data partition that keeps files. */

import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { PcDisk, PcDiskUse, PcJobState } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { resolvePath } from '#base/path.ts';
import { type Command, type CommandContext, CommandError, UsageError } from './command.ts';
import { askPassphrase } from './passphrase.ts';

const useTexts: Readonly<Record<PcDiskUse, string>> = {
	possible: 'possible',
	'started-from': 'no: Vitrine runs from it',
	'in-use': 'no: it is in use',
	'read-only': 'no: it cannot be written',
	'too-small': 'no: it is too small',
	'there-already': 'no: it has one already',
	'not-supported': 'no: its kind is not supported',
	'not-removable': 'no: it is built in',
};

function list({ system, output }: CommandContext): void {
	const disks = system.pcDisks();
	for (const disk of disks) output.write(`${describe(disk)}\n`);
	if (disks.length === 0) output.write('this PC has no disk or stick\n');
}

function describe({ identifier, model, sizeBytes, parts, ...disk }: PcDisk): string {
	const held = parts.map(({ device, label, format, sizeBytes: size }) =>
		[`  ${device}`, label, format, formatSize(size)].filter((word) => word !== '').join(' '),
	);
	return [
		`${identifier}: ${model === '' ? 'unnamed' : model}, ${formatSize(sizeBytes)}`,
		...held,
		`  installing Vitrine, which erases it: ${useTexts[disk.install]}`,
		`  a data partition${disk.dataErases ? ', which erases it' : ', which erases nothing'}: ${useTexts[disk.makeData]}`,
		`  writing an image to it, which erases it: ${useTexts[disk.writeImage]}`,
	].join('\n');
}

function data({ system, output }: CommandContext): void {
	const { state, device, disk, encrypted, sizeBytes, freeBytes } = system.pcData();
	if (device === '') output.write('there is no data partition: this session is forgotten at its end\n');
	else
		output.write(
			`${state}: ${device} on ${disk}, ${formatSize(sizeBytes)}, ${formatSize(freeBytes)} free${encrypted ? ', encrypted' : ''}\n`,
		);
}

/** A line for each step that can be told: what is done, the bytes that are, and all. */
function follow({ system, output }: CommandContext, handle: number): void {
	let state: PcJobState = system.pcJobState(handle, 0);
	while (state.phase === 'running') {
		if (state.step !== '') output.write(`${state.step} ${state.doneBytes} ${state.totalBytes}\n`);
		output.flush();
		state = system.pcJobState(handle, state.sequence);
	}
	system.handleClose(handle);
	if (state.phase !== 'done') throw new CommandError(state.problem === '' ? state.phase : state.problem);
}

function readPassphrase(context: CommandContext, what: string, isNew: boolean): string {
	return new TextDecoder().decode(askPassphrase(context, what, isNew));
}

function setPassphrase(context: CommandContext): void {
	const present = readPassphrase(context, 'Present passphrase', false);
	context.system.pcDataPassphrase(present, readPassphrase(context, 'New passphrase', true));
}

/** With the signature that stands beside it, when there is one. */
function write(context: CommandContext, name: string, identifier: string): void {
	const { system, output } = context;
	const path = resolvePath(context.workingDirectory, name);
	const signature = readSignature(context, `${path}.minisig`);
	const handle = system.fileOpen(path, 'open', rights.read);
	const { verdict, version } = system.pcJudgeImage(signature, system.fileStat(handle).size);
	output.write(`${verdict}${version === '' ? '' : `: Vitrine ${version}`}\n`);
	follow(context, system.pcWriteImage(handle, signature, identifier));
}

/** Longest that one is. */
const signatureBytes = 4096;

function readSignature({ system }: CommandContext, path: string): string {
	try {
		const handle = system.fileOpen(path, 'open', rights.read);
		const text = new TextDecoder().decode(system.fileRead(handle, 0, signatureBytes));
		system.handleClose(handle);
		return text;
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOENT') return '';
		throw error;
	}
}

const disk: Command = {
	usage: 'disk [list|data|passphrase] | disk {install|make-data} [--encrypt] DISK | disk write FILE DISK',
	summary:
		'Disks of this PC: list them; data tells of the data partition; install puts Vitrine on a disk, make-data makes a data partition, each with a passphrase when --encrypt is given; write puts an image on a stick, which is erased, and reads it back; passphrase sets another one (administrators).',
	options: { flags: 'e', long: { encrypt: 'e' } },
	run(context, options) {
		const [name = 'list', which, ...more] = options.operands;
		if (name === 'write') {
			const [identifier] = more;
			if (which === undefined || identifier === undefined || more.length > 1)
				throw new UsageError('which file, which disk?');
			write(context, which, identifier);
			return 0;
		}
		const begins = name === 'install' || name === 'make-data';
		if (more.length > 0 || (which !== undefined) !== begins)
			throw new UsageError(begins ? 'which disk?' : 'too many words');
		if (name === 'list') list(context);
		else if (name === 'data') data(context);
		else if (name === 'passphrase') setPassphrase(context);
		else if (begins) {
			const passphrase = options.has('e') ? readPassphrase(context, 'Passphrase', true) : '';
			const { system } = context;
			const identifier = which ?? '';
			follow(
				context,
				name === 'install' ? system.pcInstall(identifier, passphrase) : system.pcMakeData(identifier, passphrase),
			);
		} else throw new UsageError(`there is no "${name}"`);
		return 0;
	},
};

export const diskCommands = { disk };
