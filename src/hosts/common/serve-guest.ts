/** The work of a guest's Worker: runs one program to its end. */
import { OsError } from '#abi/errors.ts';
import { WaitingMeter } from '#runtime/waiting-meter.ts';
import { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import { MemoryTransport } from '#runtime/waiting-transport.ts';
import { runGuest } from '#wasi/run-guest.ts';
import { describeCrash } from './describe-crash.ts';
import { createGuestHost, steadyNow } from './guest-host.ts';
import type { FromGuestWorker, ToGuestWorker } from './guest-messages.ts';

/** Settles when the program has ended, whatever ended it. */
export async function serveGuest(message: ToGuestWorker): Promise<FromGuestWorker> {
	const { memory, processorPercent } = message;
	const meter = new WaitingMeter({ callMemory: memory, now: steadyNow, processorPercent });
	const system = new WaitingSystemCalls(new MemoryTransport(memory, meter.wait));
	try {
		const code = await runProgram(message, system, meter);
		system.processExit(code & 0xff);
	} catch (error) {
		// The kernel answers the last call of a process by its cancellation.
		if (!(error instanceof OsError && error.code === 'ECANCELED')) return { type: 'crashed', ...describeCrash(error) };
	}
	return { type: 'idle' };
}

async function runProgram(message: ToGuestWorker, system: WaitingSystemCalls, meter: WaitingMeter): Promise<number> {
	const host = createGuestHost(meter.wait);
	const { module, start, pipes } = message;
	if (module !== undefined) return runGuest({ ...message, module }, system, { host, meter });
	const { runCommand } = await import('#programs/commands/run-command.ts');
	return runCommand({ system, start, pipes, host, wait: meter.wait });
}
