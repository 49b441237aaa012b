/** What people call the accounts and groups that have security identifiers. */
import { findWellKnownName } from '#abi/well-known-sids.ts';
import type { System } from './system.ts';

/** The name of who a SID means; the SID itself when nobody here has it. */
export type AccountNames = (sid: string) => string;

/** As they are called now. */
export async function readAccountNames(system: System): Promise<AccountNames> {
	const accounts = await system.accountList();
	const names = new Map(accounts.map(({ sid, name }) => [sid, name]));
	return (sid) => names.get(sid) ?? findWellKnownName(sid) ?? sid;
}
