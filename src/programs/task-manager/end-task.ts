/** Ends a process: it is asked first, and forced when it has not gone soon after. */
import { OsError } from '#abi/errors.ts';
import type { System } from '#runtime/system.ts';

/** With what the forcing itself takes, a process that does not answer is gone within two seconds. */
const patienceMs = 1200;

/** Resolves when the process has gone; rejects with the system's error when it may not be ended. */
export async function endTask(system: System, pid: number): Promise<void> {
	const ended = system.processWait(pid).then(
		() => true,
		(error: unknown) => gone(error),
	);
	try {
		await system.processKill(pid, 'terminate');
		if (await Promise.race([ended, elapse(system)])) return;
		await system.processKill(pid, 'kill');
	} catch (error) {
		gone(error);
	}
	await ended;
}

function gone(error: unknown): true {
	if (error instanceof OsError && error.code === 'ESRCH') return true;
	throw error;
}

async function elapse(system: System): Promise<false> {
	const event = await system.eventCreate(false);
	try {
		await system.eventWait(event, patienceMs);
	} catch (error) {
		if (!(error instanceof OsError && error.code === 'ETIMEDOUT')) throw error;
	} finally {
		await system.handleClose(event);
	}
	return false;
}
