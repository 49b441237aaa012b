/**
 * Sends wishes that come faster than they can be fulfilled, such as those of a slider: one at a time, and of those that came
 * meanwhile the newest alone.
 */
export class LatestWish<Wish> {
	readonly #fulfil: (wish: Wish) => Promise<void>;
	#waiting: { readonly wish: Wish } | undefined;
	#isBusy = false;

	/** `fulfil` tells by itself what goes wrong; it does not reject. */
	constructor(fulfil: (wish: Wish) => Promise<void>) {
		this.#fulfil = fulfil;
	}

	send(wish: Wish): void {
		this.#waiting = { wish };
		if (!this.#isBusy) void this.#run();
	}

	async #run(): Promise<void> {
		this.#isBusy = true;
		while (this.#waiting !== undefined) {
			const { wish } = this.#waiting;
			this.#waiting = undefined;
			await this.#fulfil(wish);
		}
		this.#isBusy = false;
	}
}
