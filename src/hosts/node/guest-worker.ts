/** The thread of guests: runs one after the other. */
import { parentPort } from 'node:worker_threads';
import type { ToGuestWorker } from '../common/guest-messages.ts';
import { serveGuest } from '../common/serve-guest.ts';

parentPort?.on('message', async (message: ToGuestWorker) => parentPort?.postMessage(await serveGuest(message)));
