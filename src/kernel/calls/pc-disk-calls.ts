/** The calls about the PC's disks: `pc_disks` … `pc_data_passphrase`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { isAdministrator } from '#security/token.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { PcHost } from '../pc/pc-host.ts';
import { PcJob } from '../pc/pc-job.ts';
import type { Process } from '../process.ts';
import { requirePc } from './pc-calls.ts';

export type PcDiskCalls = Pick<
	CallHandlers,
	'pc_disks' | 'pc_install' | 'pc_make_data' | 'pc_job_state' | 'pc_data' | 'pc_data_passphrase'
>;

const passphraseLengths = { least: 8, most: 512 };

export function createPcDiskCalls(kernel: Pick<Kernel, 'pc' | 'log' | 'access'>): PcDiskCalls {
	return {
		pc_disks: () => requirePc(kernel).ask('disk.list', {}),
		pc_install: ({ process }, disk, passphrase) => begin(kernel, process, { verb: 'disk.install', disk, passphrase }),
		pc_make_data: ({ process }, disk, passphrase) =>
			begin(kernel, process, { verb: 'disk.make-data', disk, passphrase }),
		pc_job_state({ process }, handle, seen) {
			const job = process.handles.getOf(handle, PcJob);
			if (job.state.sequence !== seen) return job.state;
			const wait = process.handles.waitOn<PcJob['state']>(handle);
			job.admit(wait);
			return wait;
		},
		pc_data: () => requirePc(kernel).ask('data.state', {}),
		async pc_data_passphrase({ process }, present, next) {
			const pc = requireDisks(kernel, process);
			checkPassphrase(next);
			await pc.ask('data.set-passphrase', { present, next });
			kernel.log.write('information', 'pc', 'The passphrase of the data partition was changed.');
		},
	};
}

interface DiskWish {
	readonly verb: 'disk.install' | 'disk.make-data';
	readonly disk: string;
	readonly passphrase: string;
}

const stories = {
	'disk.install': { begun: 'installs Vitrine to the disk', done: 'Vitrine was installed to the disk' },
	'disk.make-data': { begun: 'makes a data partition on', done: 'A data partition was made on' },
} as const;

function begin(kernel: Pick<Kernel, 'pc' | 'log' | 'access'>, process: Process, wish: DiskWish): number {
	const pc = requireDisks(kernel, process);
	const { verb, disk, passphrase } = wish;
	if (passphrase !== '') checkPassphrase(passphrase);
	process.handles.requireRoom();
	const { begun, done } = stories[verb];
	kernel.access.note('information', `${process.label} ${begun} ${disk}`);
	const job = new PcJob(
		(onProgress) => pc.begin(verb, { disk, passphrase }, onProgress),
		({ error }) => {
			if (error === undefined) kernel.log.write('information', 'pc', `${done} ${disk}.`);
			else kernel.log.write('warning', 'pc', `${disk}: ${error.message}`);
		},
	);
	return process.handles.add(job, rights.wait);
}

/** What a disk holds is past every account: changing it takes an administrator. */
export function requireDisks(kernel: Pick<Kernel, 'pc'>, { token }: Process): PcHost {
	const pc = requirePc(kernel);
	if (!isAdministrator(token)) throw new OsError('EACCES', "the PC's disks need an administrator");
	return pc;
}

function checkPassphrase(passphrase: string): void {
	const { least, most } = passphraseLengths;
	if (passphrase.length < least || passphrase.length > most)
		throw new OsError('EINVAL', `a passphrase has ${least} to ${most} characters`);
}
