/** `update`: the versions that this PC has, and those that stand on a stick. */
import type { PcJobState, PcUpdateChoice } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { type Command, type CommandContext, CommandError, UsageError } from './command.ts';

const pendingTexts = {
	none: '',
	'next-start': ', tried at the next start',
	trial: ', to come back if this trial fails',
	failed: ', which did not come up when it was tried',
} as const;

function status({ system, output }: CommandContext): void {
	const { installed, verifiable, version, isDefault, otherVersion, pending } = system.pcUpdate();
	output.write(`Vitrine ${version}${isDefault ? '' : ', for this start'}\n`);
	if (otherVersion !== '') output.write(`beside it: Vitrine ${otherVersion}${pendingTexts[pending]}\n`);
	if (!installed) output.write('started from a medium: it is updated by writing a newer image to it\n');
	if (!verifiable) output.write('it was built without a key for updates, so it takes none\n');
}

function find({ system, output }: CommandContext): void {
	const offers = system.pcUpdateFind();
	for (const { identifier, place, version, sizeBytes, verdict } of offers)
		output.write(
			`${identifier}: ${version === '' ? '' : `Vitrine ${version}, `}${verdict}, on ${place}, ${formatSize(sizeBytes)}\n`,
		);
	if (offers.length === 0) output.write('there is no update on a stick or disc\n');
}

/** A line for each step that can be told: what is done, the bytes that are, and all. */
function install({ system, output }: CommandContext, offer: string): void {
	const handle = system.pcUpdateInstall(offer);
	let state: PcJobState = system.pcJobState(handle, 0);
	while (state.phase === 'running') {
		if (state.step !== '') output.write(`${state.step} ${state.doneBytes} ${state.totalBytes}\n`);
		output.flush();
		state = system.pcJobState(handle, state.sequence);
	}
	system.handleClose(handle);
	if (state.phase !== 'done') throw new CommandError(state.problem === '' ? state.phase : state.problem);
	output.write('it is tried at the next start\n');
}

const choices: readonly PcUpdateChoice[] = ['keep', 'try-other', 'withdraw'];

const update: Command = {
	usage: 'update [status|find|install OFFER|keep|try-other|withdraw]',
	summary:
		'Versions of Vitrine on this PC: status; find, those on sticks and discs; install one of them beside the running one (administrators); keep the running one; try the other one at the next start, or withdraw that (administrators).',
	run(context, options) {
		const [name = 'status', ...more] = options.operands;
		const choice = choices.find((known) => known === name);
		if (more.length !== (name === 'install' ? 1 : 0))
			throw new UsageError(name === 'install' ? 'which?' : 'too many words');
		if (name === 'status') status(context);
		else if (name === 'find') find(context);
		else if (name === 'install') install(context, more[0] ?? '');
		else if (choice !== undefined) context.system.pcUpdateChoose(choice);
		else throw new UsageError(`there is no "${name}"`);
		return 0;
	},
};

export const updateCommands = { update };
