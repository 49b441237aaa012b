/** The calls about the PC that the system has for itself: `pc_*`. */
import { OsError } from '#abi/errors.ts';
import type { PcNetwork, PcSettingsChange } from '#abi/structures.generated.ts';
import { isAdministrator } from '#security/token.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { PcHost } from '../pc/pc-host.ts';
import type { Process } from '../process.ts';

export type PcCalls = Pick<
	CallHandlers,
	| 'pc_facts'
	| 'pc_power'
	| 'pc_settings'
	| 'pc_change_settings'
	| 'pc_choices'
	| 'pc_sound'
	| 'pc_set_sound'
	| 'pc_network'
	| 'pc_screens'
	| 'pc_set_screen'
>;

export function createPcCalls(kernel: Pick<Kernel, 'pc' | 'log'>): PcCalls {
	return {
		pc_facts: () => requirePc(kernel).ask('pc.facts', {}),
		pc_power: () => requirePc(kernel).ask('pc.power', {}),
		pc_settings: () => requirePc(kernel).ask('settings.read', {}),
		async pc_change_settings({ process }, change) {
			const pc = requirePc(kernel);
			requireAdministrator(process);
			await pc.ask('settings.change', { change });
			noteChange(kernel, process, change);
		},
		pc_choices: () => requirePc(kernel).ask('pc.choices', {}),
		pc_sound: () => requirePc(kernel).ask('sound.read', {}),
		async pc_set_sound({ process }, output, percent, muted) {
			const pc = requirePc(kernel);
			requireSomebody(process);
			if (percent > 100) throw new OsError('EINVAL', 'percent');
			await pc.ask('sound.set', { output, percent, muted });
		},
		pc_network: () => tellNetwork(requirePc(kernel)),
		pc_screens: () => requirePc(kernel).ask('screen.list', {}),
		async pc_set_screen({ process }, name, mode, scale, keep) {
			const pc = requirePc(kernel);
			requireSomebody(process);
			await pc.ask('screen.set', { name, ...mode, scale, keep });
		},
	};
}

/** ENXIO where Vitrine has no PC for itself. */
export function requirePc({ pc }: Pick<Kernel, 'pc'>): PcHost {
	if (pc === undefined) throw new OsError('ENXIO', 'Vitrine does not have a PC for itself here');
	return pc;
}

/** What holds for everybody is an administrator's to change. */
function requireAdministrator({ token }: Pick<Process, 'token'>): void {
	if (!isAdministrator(token)) throw new OsError('EACCES', 'the settings of the PC need an administrator');
}

/** EACCES before somebody has logged on. */
function requireSomebody({ logon }: Pick<Process, 'logon'>): void {
	if (logon === undefined) throw new OsError('EACCES', 'nobody has logged on');
}

async function tellNetwork(pc: PcHost): Promise<PcNetwork> {
	const [{ network }, cards] = await Promise.all([pc.ask('settings.read', {}), pc.ask('pc.network-cards', {})]);
	return { door: network, cards };
}

function noteChange({ log }: Pick<Kernel, 'log'>, { label, pid, token }: Process, change: PcSettingsChange): void {
	const fields = Object.entries(change).map(([name, value]) => `${name}=${value}`);
	log.write('information', 'pc', `${label} changed settings of the PC: ${fields.join(', ')}.`, {
		...{ code: 'pc-settings-changed', fields, pid, user: token.user },
	});
}
