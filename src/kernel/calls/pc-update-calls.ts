/** The calls about updates of the PC: `pc_update` … `pc_update_choose`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { isAdministrator } from '#security/token.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { PcHost } from '../pc/pc-host.ts';
import { PcJob } from '../pc/pc-job.ts';
import type { Process } from '../process.ts';
import { requirePc } from './pc-calls.ts';

export type PcUpdateCalls = Pick<
	CallHandlers,
	'pc_update' | 'pc_update_find' | 'pc_update_install' | 'pc_update_choose'
>;

const stories = {
	keep: 'The running version of Vitrine was chosen to start from now on.',
	'try-other': 'The other version of Vitrine was chosen for the next start.',
	withdraw: 'The update that waited for the next start was withdrawn.',
} as const;

export function createPcUpdateCalls(kernel: Pick<Kernel, 'pc' | 'log' | 'access'>): PcUpdateCalls {
	return {
		pc_update: () => requirePc(kernel).ask('update.state', {}),
		pc_update_find: () => requirePc(kernel).ask('update.find', {}),
		pc_update_install({ process }, offer) {
			const pc = requireUpdates(kernel, process);
			process.handles.requireRoom();
			kernel.access.note('information', `${process.label} installs the update ${offer}`);
			const job = new PcJob(
				(onProgress) => pc.begin('update.install', { offer }, onProgress),
				({ error }) => {
					if (error === undefined)
						kernel.log.write('information', 'pc', `The update ${offer} was installed. It is tried at the next start.`);
					else kernel.log.write('warning', 'pc', `The update ${offer} was not installed: ${error.message}`);
				},
			);
			return process.handles.add(job, rights.wait);
		},
		async pc_update_choose({ process }, choice) {
			await requireUpdates(kernel, process).ask('update.choose', { choice });
			kernel.log.write('information', 'pc', stories[choice]);
		},
	};
}

/** What starts on this PC is for everybody who uses it: it takes an administrator. */
function requireUpdates(kernel: Pick<Kernel, 'pc'>, { token }: Process): PcHost {
	const pc = requirePc(kernel);
	if (!isAdministrator(token)) throw new OsError('EACCES', 'an update of the PC needs an administrator');
	return pc;
}
