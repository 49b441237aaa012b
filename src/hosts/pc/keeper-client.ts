/**
 * Asks the keeper, which runs as root, by its socket (`keeper/keeper-server.ts`).
 *
 * Rules of use: `ask` calls back with each line as it comes; the last has a result or a failure. Aborting closes the
 * connection, by which the keeper cancels the work.
 */
import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { AskLine, AskRequest } from '../common/machine-contract.ts';

export interface AskListener {
	readonly signal?: AbortSignal;
	/** For a verb that takes bytes. */
	readonly source?: AsyncIterable<Uint8Array>;
	onLine(line: AskLine): void;
}

export class KeeperClient {
	readonly #path: string;

	constructor(path: string) {
		this.#path = path;
	}

	/** Resolves after the last line; when the keeper cannot be reached or ends early, that is a failure with EIO. */
	async ask(request: AskRequest, { signal, source, onLine }: AskListener): Promise<void> {
		const socket = connect(this.#path);
		socket.write(`${JSON.stringify(request)}\n`);
		const abort = () => void socket.destroy();
		signal?.addEventListener('abort', abort, { once: true });
		if (signal?.aborted) abort();
		const sending = source === undefined ? undefined : sendBytes(source, socket);
		let ended = false;
		let fault = 'the keeper ended the connection';
		try {
			for await (const line of readLines(socket)) {
				ended = !('progress' in line);
				onLine(line);
			}
		} catch (error) {
			// A connection that could not be made, or was cut.
			fault = String(error);
		} finally {
			signal?.removeEventListener('abort', abort);
			socket.destroy();
			sending?.destroy();
		}
		if (!ended) onLine({ failure: { code: signal?.aborted ? 'ECANCELED' : 'EIO', detail: fault } });
	}

	/** The result alone; rejects with the keeper's own words. */
	async askFor(verb: string, given: AskRequest['arguments']): Promise<unknown> {
		let last: AskLine | undefined;
		const onLine = (line: AskLine) => {
			last = line;
		};
		await this.ask({ verb, arguments: given }, { onLine });
		if (last !== undefined && 'result' in last) return last.result;
		throw new Error(`The keeper could not do ${verb}: ${JSON.stringify(last)}`);
	}
}

/** As fast as the keeper takes them. What fails is told by the end of the connection. */
function sendBytes(source: AsyncIterable<Uint8Array>, socket: Socket): Readable {
	const sending = Readable.from(source, { highWaterMark: 1 });
	sending.on('error', () => void socket.destroy());
	sending.pipe(socket, { end: false });
	return sending;
}

async function* readLines(socket: Socket): AsyncGenerator<AskLine> {
	let text = '';
	for await (const chunk of socket.setEncoding('utf8') as AsyncIterable<string>) {
		const lines = (text + chunk).split('\n');
		text = lines.pop() ?? '';
		for (const line of lines) yield JSON.parse(line) as AskLine;
	}
}
