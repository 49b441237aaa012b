/**
 * One work that takes long, in the thread that was made for it (`slow-work.ts`).
 *
 * The libraries for it are loaded when they are needed: they are most of the vault's code.
 */
import { OsError } from '#abi/errors.ts';
import type { SlowOutcome, SlowRequest, SlowWork } from './slow-work.ts';

const works: SlowWork = {
	stretch: async (password, salt, cost) =>
		(await import('./stretch-password.ts')).stretchPassword(password, salt, cost),
	async writeKeyFile({ keys, format, passphrase, label }) {
		if (format === 'age') return (await import('./age-file.ts')).writeAgeFile(keys, passphrase, label);
		return (await import('./p12-file.ts')).writeP12File(keys, passphrase, label);
	},
	async readKeyFile(file, passphrase) {
		const age = await import('./age-file.ts');
		if (age.isAgeFile(file)) return age.readAgeFile(file, passphrase);
		return (await import('./p12-file.ts')).readP12File(file, passphrase);
	},
};

export async function serveSlowWork({ work, values }: SlowRequest): Promise<SlowOutcome> {
	try {
		const handler = works[work] as (...values: readonly unknown[]) => Promise<unknown>;
		return { value: await handler(...values) };
	} catch (error) {
		if (error instanceof OsError) return { error: error.code, detail: error.detail };
		return { error: 'EIO', detail: 'the key vault failed' };
	}
}
