/** The calls about encrypted files: `encryption_*`. */
import { accessRights } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { EncryptionInfo } from '#abi/structures.generated.ts';
import type { Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';

export type EncryptionCalls = Pick<CallHandlers, Extract<keyof CallHandlers, `encryption_${string}`>>;

export function createEncryptionCalls(kernel: Kernel): EncryptionCalls {
	const refuse = (): never => {
		throw new OsError('ENOTSUP', 'files cannot be encrypted here');
	};
	const refuseAt = (caller: Caller, path: string): never => {
		kernel.find(caller, path);
		return refuse();
	};
	return {
		encryption_read: (caller, path) => describe(kernel, caller, path),
		encryption_begin: refuseAt,
		encryption_continue: refuseAt,
		encryption_cancel: refuseAt,
		encryption_share: refuseAt,
		encryption_revoke: refuseAt,
		encryption_update: refuseAt,
		encryption_people: refuse,
		encryption_agents: refuse,
		encryption_add_agent: refuse,
		encryption_remove_agent: refuse,
		encryption_make_agent: refuse,
		encryption_backup_key: refuse,
		encryption_keys: refuse,
		encryption_backup: refuse,
		encryption_confirm_backup: refuse,
		encryption_restore: refuse,
		encryption_raw_read: refuseAt,
		encryption_raw_write: refuseAt,
	};
}

function describe(kernel: Kernel, caller: Caller, path: string): EncryptionInfo {
	kernel.access.require(caller.process, kernel.find(caller, path), accessRights.readAttributes);
	return { encrypted: false, supported: false, mayOpen: true, holders: [], outdated: false };
}
