/** `pc`: the PC that Vitrine has for itself: what it is, and its settings. */
import type { PcNetworkDoor, PcSettingsChange } from '#abi/structures.generated.ts';
import { formatSize } from '#base/format-size.ts';
import { type Command, type CommandContext, UsageError } from './command.ts';

function tellFacts({ system, output }: CommandContext): void {
	const { maker, model, processor, processors, memoryBytes, startedFrom, keeping } = system.pcFacts();
	output.write(`${maker} ${model}\n${processors} × ${processor}, ${formatSize(memoryBytes)}\n`);
	output.write(
		`started from ${startedFrom}; this session is ${keeping === 'kept' ? 'kept' : 'forgotten at its end'}\n`,
	);
}

function tellSettings({ system, output }: CommandContext): void {
	const { keyboardLayouts, timeZone, clockIsLocal, network } = system.pcSettings();
	output.write(`keyboard ${keyboardLayouts.join(' ')}\ntime-zone ${timeZone}\n`);
	output.write(`clock ${clockIsLocal ? 'local' : 'utc'}\nnetwork ${network}\n`);
}

/** Nothing behind it tells what the PC does by itself. */
function runAppliance({ system, output }: CommandContext, [wish, ...words]: readonly string[]): void {
	if (wish === undefined) {
		const { start, account, keptFolders, left } = system.pcAppliance();
		const kept = keptFolders.map((folder) => `keeps ${folder}\n`).join('');
		output.write(
			start === '' ? 'none\n' : `${start}\nfor ${account}${left ? ', left until the next start' : ''}\n${kept}`,
		);
	} else if (wish === 'off' && words.length === 0) system.pcSetAppliance('', '', []);
	else if (wish === 'leave' && words.length === 0) system.pcLeaveAppliance();
	else if (wish === 'set' && words.length >= 2) {
		const [start = '', name = '', ...folders] = words;
		const account = system.accountList().find((person) => person.name === name || person.sid === name);
		if (account === undefined) throw new UsageError(`there is no account "${name}"`);
		system.pcSetAppliance(start, account.sid, folders);
	} else throw new UsageError('appliance, appliance set FILE ACCOUNT FOLDER…, appliance off, or appliance leave');
}

const doors: readonly PcNetworkDoor[] = ['closed', 'open', 'always-open'];

/** What each word makes of what stands behind it; `undefined` when that does not fit. */
const changes: Readonly<Record<string, (words: readonly string[]) => PcSettingsChange | undefined>> = {
	keyboard: (words) => (words.length === 0 ? undefined : { keyboardLayouts: [...words] }),
	'time-zone': ([zone, ...more]) => (zone === undefined || more.length > 0 ? undefined : { timeZone: zone }),
	clock: ([shown]) => (shown === 'utc' || shown === 'local' ? { clockIsLocal: shown === 'local' } : undefined),
	network: ([wish]) => {
		const network = doors.find((door) => door === wish);
		return network && { network };
	},
	time: ([text = '']) => {
		const time = Date.parse(text);
		return Number.isNaN(time) ? undefined : { time };
	},
};

const pc: Command = {
	usage:
		'pc facts|settings|keyboard LAYOUT…|time-zone ZONE|clock utc|local|time 2026-01-31T12:00Z|network closed|open|always-open|appliance [set FILE ACCOUNT FOLDER…|off|leave]',
	summary:
		'The PC that Vitrine has for itself: what it is, its settings, and to change them (administrators): keyboard layouts, time zone, what the clock in the PC shows, the time, whether packets may leave, the one program that it shows by itself.',
	run(context, { operands: [name = '', ...words] }) {
		if (name === 'facts') tellFacts(context);
		else if (name === 'settings') tellSettings(context);
		else if (name === 'appliance') runAppliance(context, words);
		else {
			const change = Object.hasOwn(changes, name) ? changes[name]?.(words) : undefined;
			if (change === undefined)
				throw new UsageError(name === '' ? 'what?' : `"${[name, ...words].join(' ')}" is not known`);
			context.system.pcChangeSettings(change);
		}
		return 0;
	},
};

export const pcCommands = { pc };
