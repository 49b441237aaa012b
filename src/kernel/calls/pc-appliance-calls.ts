/** The calls about a PC that does one thing alone: `pc_appliance`, `pc_set_appliance`, `pc_leave_appliance`. */
import { OsError } from '#abi/errors.ts';
import type { PcAppliance } from '#abi/structures.generated.ts';
import { hasPassword } from '#accounts/account-record.ts';
import { isAdministrator } from '#security/token.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { findKeptProblem } from '../pc/kept-folders.ts';
import type { Process } from '../process.ts';
import { requirePc } from './pc-calls.ts';

export type PcApplianceCalls = Pick<CallHandlers, 'pc_appliance' | 'pc_set_appliance' | 'pc_leave_appliance'>;

type ApplianceKernel = Pick<Kernel, 'pc' | 'log' | 'accounts' | 'namespace'>;
type Wish = Omit<PcAppliance, 'left'>;

const mostFolders = 16;
const longestText = 1024;

export function createPcApplianceCalls(kernel: ApplianceKernel): PcApplianceCalls {
	return {
		pc_appliance: () => requirePc(kernel).ask('appliance.read', {}),
		async pc_set_appliance({ process }, start, account, keptFolders) {
			const pc = requirePc(kernel);
			requireAdministrator(process);
			const wish = { start, account, keptFolders: [...new Set(keptFolders)] };
			if (start !== '') requirePossible(kernel, wish);
			await pc.ask('appliance.set', start === '' ? { start, account: '', keptFolders: [] } : wish);
			note(
				kernel,
				process,
				start === '' ? 'is no appliance any more' : `opens “${start}” by itself from its next start`,
			);
		},
		async pc_leave_appliance({ process }) {
			const pc = requirePc(kernel);
			requireAdministrator(process);
			await pc.ask('appliance.leave', {});
			note(kernel, process, 'is an ordinary one until its next start');
		},
	};
}

function requireAdministrator({ token }: Pick<Process, 'token'>): void {
	if (!isAdministrator(token))
		throw new OsError('EACCES', 'what the PC does by itself is an administrator’s to decide');
}

function requirePossible({ accounts, namespace }: ApplianceKernel, { start, account, keptFolders }: Wish): void {
	const record = accounts.book.find(account);
	if (record === undefined || !record.enabled)
		throw new OsError('EINVAL', 'there is no such account, or it is turned off');
	if (hasPassword(record)) throw new OsError('EINVAL', `${record.name} has a password, and nobody is there to type it`);
	if (start.length > longestText) throw new OsError('EINVAL', 'start');
	if (start.startsWith('/')) namespace.find(start);
	if (keptFolders.length > mostFolders) throw new OsError('EINVAL', `at most ${mostFolders} folders can be kept`);
	for (const path of keptFolders) {
		const problem = path.length > longestText ? 'keptFolders' : findKeptProblem(path);
		if (problem !== undefined) throw new OsError('EINVAL', problem);
		const { fileSystem, inode } = namespace.find(path);
		if (fileSystem.kindOf(inode) !== 'directory') throw new OsError('ENOTDIR', path);
	}
}

function note({ log }: Pick<Kernel, 'log'>, { label, pid, token }: Process, what: string): void {
	const details = { code: 'pc-appliance-changed', pid, user: token.user };
	log.write('information', 'pc', `${label} decided that the PC ${what}.`, details);
}
