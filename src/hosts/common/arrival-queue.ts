/** Runs callbacks behind the messages that are queued already. Both hosts deliver messages in order of arrival. */
export class ArrivalQueue {
	readonly #channel = new MessageChannel();
	#callbacks: (() => void)[] = [];

	constructor() {
		this.#channel.port1.onmessage = () => {
			const callbacks = this.#callbacks;
			this.#callbacks = [];
			for (const callback of callbacks) callback();
		};
	}

	readonly defer = (callback: () => void): void => {
		this.#callbacks.push(callback);
		if (this.#callbacks.length === 1) this.#channel.port2.postMessage(undefined);
	};

	close(): void {
		this.#channel.port1.close();
	}
}
