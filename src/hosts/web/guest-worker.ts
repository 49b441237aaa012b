/** The Worker of guests: runs one after the other. */
import type { ToGuestWorker } from '../common/guest-messages.ts';
import { serveGuest } from '../common/serve-guest.ts';

addEventListener('message', (event: MessageEvent<ToGuestWorker>) => postMessage(serveGuest(event.data)));
