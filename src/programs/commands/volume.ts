/** `volume`: what is stored, as a whole. */
import type { ScrubState } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { toSettingValue } from '#runtime/settings.ts';
import { lastVolumeCopy } from '#runtime/volume-copy.ts';
import { type Command, type CommandContext, CommandError, UsageError } from './command.ts';

const pieceLength = 1 << 20;

function check({ system, output }: CommandContext): number {
	const handle = system.volumeScrub();
	let state: ScrubState = system.volumeScrubState(handle, 0);
	while (state.phase === 'running') state = system.volumeScrubState(handle, state.sequence);
	system.handleClose(handle);
	if (state.phase === 'failed') throw new CommandError(state.problem);
	if (state.mendedPages > 0) output.write(`${state.mendedPages} pages had a flipped bit and were mended\n`);
	for (const path of state.damaged) output.write(`damaged: ${path}\n`);
	if (state.damaged.length === 0) output.write('every checksum is right\n');
	return state.damaged.length === 0 ? 0 : 1;
}

function repair({ system, output }: CommandContext): number {
	const { rebuiltPages, damagedPages } = system.volumeRepair();
	output.write(`${rebuiltPages} pages were made anew, ${damagedPages} stay damaged\n`);
	return damagedPages === 0 ? 0 : 1;
}

function compact({ system, output }: CommandContext): number {
	output.write(`${formatSize(system.volumeCompact())} given back\n`);
	return 0;
}

function status({ system, output }: CommandContext): number {
	const { identifier, files, contentBytes, usedBytes, reserveBytes, health } = system.volumeStatus();
	output.write(`volume ${identifier}\n${files} files and folders, ${formatSize(contentBytes)}\n`);
	output.write(`${formatSize(usedBytes)} on this computer, ${formatSize(reserveBytes)} of it in reserve\n${health}\n`);
	return 0;
}

/** To standard output: the file would stand on the volume that it is a copy of. */
function exportAll({ system, output, host }: CommandContext): number {
	const { handle, size } = system.volumeExport();
	for (let at = 0; at < size; at += pieceLength) output.write(system.volumeExportRead(handle, at, pieceLength));
	output.flush();
	system.handleClose(handle);
	const now = toSettingValue(Number(host.realtime() / 1_000_000n));
	system.settingChange([{ key: `/machine/${lastVolumeCopy}`, value: now }], undefined);
	return 0;
}

const actions: Readonly<Record<string, (context: CommandContext) => number>> = {
	status,
	check,
	repair,
	compact,
	export: exportAll,
};

const volume: Command = {
	usage: 'volume status|check|repair|compact|export',
	summary:
		'The volume as a whole: status; check every checksum; repair what follows from other parts (administrators); compact, to give free room back; export, a copy of all as one file to standard output (administrators).',
	run(context, options) {
		const [name = '', ...more] = options.operands;
		const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
		if (action === undefined || more.length > 0) throw new UsageError(name === '' ? 'what?' : `there is no "${name}"`);
		return action(context);
	},
};

export const volumeCommands = { volume };
