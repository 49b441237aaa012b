/** A `Port` of the contract over a `MessagePort`, which both hosts have. */
import type { Port } from '#abi/messages.ts';

/** Starts the port with its first listener, so no message is lost before. */
export function portOf(port: MessagePort): Port {
	return {
		send: (message, transfer) => port.postMessage(message, (transfer ?? []) as Transferable[]),
		onMessage(listener) {
			port.onmessage = (event: MessageEvent) => listener(event.data);
		},
		close: () => port.close(),
	};
}
