/** The Worker of guests: runs one after the other. */
import type { ToGuestWorker } from '../common/guest-messages.ts';
import { serveGuest } from '../common/serve-guest.ts';

addEventListener('message', async (event: MessageEvent<ToGuestWorker>) => postMessage(await serveGuest(event.data)));
