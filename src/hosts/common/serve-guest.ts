/** The work of a guest's Worker: runs one program to its end. */
import { OsError } from '#abi/errors.ts';
import { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import { MemoryTransport } from '#runtime/waiting-transport.ts';
import { runGuest } from '#wasi/run-guest.ts';
import { guestHost } from './guest-host.ts';
import type { FromGuestWorker, ToGuestWorker } from './guest-messages.ts';

/** Returns when the program has ended, whatever ended it. */
export function serveGuest({ start, module, memory, fileMemory, preopens, pipes }: ToGuestWorker): FromGuestWorker {
	const system = new WaitingSystemCalls(new MemoryTransport(memory));
	try {
		const code = runGuest({ start, module, preopens, fileMemory, pipes }, system, guestHost);
		system.processExit(code & 0xff);
	} catch (error) {
		// The kernel answers the last call of a process by its cancellation.
		if (!(error instanceof OsError && error.code === 'ECANCELED'))
			return { type: 'crashed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
	return { type: 'idle' };
}
