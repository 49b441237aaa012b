/**
 * The bytes of requests that take some: the page sends a piece after the other, and who does the work reads them as a stream.
 *
 * Invariants: a piece is let through when the one before was taken, so that what is on its way stays small. A name is one
 * request's, while that goes on.
 */
export class TakenBytes {
	readonly #writers = new Map<string, WritableStreamDefaultWriter<Uint8Array>>();

	/** `undefined` when the name is taken. The request has to be ended by `end`, whatever comes of it. */
	begin(name: string): ReadableStream<Uint8Array> | undefined {
		if (this.#writers.has(name)) return undefined;
		const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
		const writer = writable.getWriter();
		// What becomes of the stream each `put` tells.
		writer.closed.catch(() => undefined);
		this.#writers.set(name, writer);
		return readable;
	}

	/** `false` when nobody takes it, or not any more; `true` when it was taken. */
	async put(name: string, piece: Uint8Array): Promise<boolean> {
		const writer = this.#writers.get(name);
		if (writer === undefined) return false;
		return await writer.write(piece).then(
			() => true,
			() => false,
		);
	}

	end(name: string): void {
		const writer = this.#writers.get(name);
		this.#writers.delete(name);
		// It may have been ended from the other side.
		writer?.abort().catch(() => undefined);
	}
}
