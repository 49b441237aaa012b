/** The calls about the PC that the system has for itself: `pc_*`. */
import { OsError } from '#abi/errors.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { PcHost } from '../pc/pc-host.ts';

export type PcCalls = Pick<CallHandlers, 'pc_facts' | 'pc_power'>;

export function createPcCalls(kernel: Pick<Kernel, 'pc'>): PcCalls {
	return {
		pc_facts: () => requirePc(kernel).ask('pc.facts', {}),
		pc_power: () => requirePc(kernel).ask('pc.power', {}),
	};
}

/** ENXIO where Vitrine has no PC for itself. */
export function requirePc({ pc }: Pick<Kernel, 'pc'>): PcHost {
	if (pc === undefined) throw new OsError('ENXIO', 'Vitrine does not have a PC for itself here');
	return pc;
}
