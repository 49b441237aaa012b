/** The calls about what is plugged into the PC: `pc_drives`, `pc_drive_open`, `pc_drive_eject`. */
import { OsError } from '#abi/errors.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { RemovableDrives } from '../pc/removable-drives.ts';
import type { Process } from '../process.ts';

export type PcDriveCalls = Pick<CallHandlers, 'pc_drives' | 'pc_drive_open' | 'pc_drive_eject'>;

export function createPcDriveCalls(kernel: Pick<Kernel, 'drives'>): PcDriveCalls {
	return {
		pc_drives: () => requireDrives(kernel).list(),
		pc_drive_open: ({ process }, drive) => requireDrivesFor(kernel, process).open(drive),
		pc_drive_eject: ({ process }, drive) => requireDrivesFor(kernel, process).eject(drive),
	};
}

function requireDrives({ drives }: Pick<Kernel, 'drives'>): RemovableDrives {
	if (drives === undefined) throw new OsError('ENXIO', 'Vitrine does not have a PC for itself here');
	return drives;
}

/** EACCES before somebody has logged on. */
function requireDrivesFor(kernel: Pick<Kernel, 'drives'>, { logon }: Pick<Process, 'logon'>): RemovableDrives {
	const drives = requireDrives(kernel);
	if (logon === undefined) throw new OsError('EACCES', 'nobody has logged on');
	return drives;
}
