/**
 * The keeper's side of its socket: one request a connection.
 *
 * | Direction | Lines of JSON, each ended by a line feed |
 * |---|---|
 * | in | one `AskRequest`; behind it the bytes of a verb that takes some |
 * | out | any number of `{ "progress": … }`, then one `{ "result": … }` or `{ "failure": … }`, then the end |
 *
 * Rules of use: who closes the connection before the reply cancels the work.
 *
 * Invariants:
 * - A request is at most 64 KiB, and what follows it is an error, but for the bytes of a verb that takes some: nothing can
 *   hide behind a line. Of those bytes no more is read than the verb has asked for, and what a pipe holds.
 * - Only what the table of verbs lists is done, only with arguments that passed its checks.
 * - A defect in a verb is answered with EIO and told to the log; the keeper goes on.
 */
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { OsError } from '#abi/errors.ts';
import type { AskLine, AskRequest } from '../../common/machine-contract.ts';
import { SocketBytes } from './socket-bytes.ts';
import type { Verb } from './verb.ts';

const longestRequest = 64 * 1024;

export interface KeeperOptions {
	/** Where the socket is made; its folder says who may reach it. */
	readonly path: string;
	readonly verbs: ReadonlyMap<string, Verb>;
	/** Told what was asked (the verb, never its arguments, which may be secret) and how it ended. */
	say(sentence: string): void;
}

interface Input {
	readonly signal: AbortSignal;
	/** Of a verb that takes some. */
	readonly bytes: SocketBytes | undefined;
}

export class KeeperServer {
	readonly #options: KeeperOptions;
	readonly #server: Server;
	readonly #sockets = new Set<Socket>();
	/** The verb that changes disks now. */
	#changing: string | undefined;

	private constructor(options: KeeperOptions) {
		this.#options = options;
		this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#admit(socket));
	}

	static async start(options: KeeperOptions): Promise<KeeperServer> {
		await rm(options.path, { force: true });
		const keeper = new KeeperServer(options);
		await new Promise<void>((resolve, reject) => {
			keeper.#server.once('error', reject).listen(options.path, resolve);
		});
		await chmod(options.path, 0o660);
		return keeper;
	}

	/** Ends every connection, which cancels what goes on. */
	close(): Promise<void> {
		for (const socket of this.#sockets) socket.destroy();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}

	#admit(socket: Socket): void {
		this.#sockets.add(socket);
		const cancelled = new AbortController();
		let begun: Buffer | undefined = Buffer.alloc(0);
		socket.on('error', () => cancelled.abort());
		socket.on('close', () => {
			this.#sockets.delete(socket);
			cancelled.abort();
		});
		socket.on('end', () => (begun === undefined ? cancelled.abort() : socket.destroy()));
		const onData = (chunk: Buffer) => {
			if (begun === undefined) return void socket.destroy();
			begun = Buffer.concat([begun, chunk]);
			const end = begun.indexOf('\n');
			if (Math.max(end, end === -1 ? begun.length : 0) > longestRequest) socket.destroy();
			if (end === -1 || socket.destroyed) return;
			const [line, rest] = [begun.toString('utf8', 0, end), begun.subarray(end + 1)];
			begun = undefined;
			const request = readRequest(line);
			const takes = request !== undefined && this.#options.verbs.get(request.verb)?.takesBytes === true;
			if (rest.length > 0 && !takes) return void socket.destroy();
			const bytes = takes ? new SocketBytes(socket.off('data', onData), rest) : undefined;
			void this.#answer(socket, request, { signal: cancelled.signal, bytes });
		};
		socket.on('data', onData);
	}

	async #answer(socket: Socket, request: AskRequest | undefined, input: Input): Promise<void> {
		const send = (line: AskLine) => {
			if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
		};
		const name = request?.verb ?? 'an unreadable request';
		try {
			if (request === undefined) throw new OsError('EPROTO', 'a request is { verb, arguments }');
			send({ result: (await this.#run(request, send, input)) ?? {} });
		} catch (error) {
			this.#options.say(`${name}: ${error instanceof OsError ? error.message : String(error)}`);
			const { code, detail } = error instanceof OsError ? error : new OsError('EIO', name);
			send({ failure: { code, detail } });
		}
		socket.end();
		// What nobody took: a connection that is closed over it could lose the answer.
		input.bytes?.drop();
	}

	async #run(request: AskRequest, send: (line: AskLine) => void, { signal, bytes }: Input): Promise<unknown> {
		const verb = this.#options.verbs.get(request.verb);
		if (verb === undefined) throw new OsError('ENOSYS', 'no such verb');
		const work = {
			signal,
			report: (step: string, doneBytes: number, totalBytes: number) =>
				send({ progress: { step, doneBytes, totalBytes } }),
			...(bytes && { receive: (length: number) => bytes.receive(length) }),
		};
		if (!verb.changesDisks) return verb.run(request.arguments, work);
		if (this.#changing !== undefined) throw new OsError('EBUSY', this.#changing);
		this.#changing = request.verb;
		this.#options.say(`${request.verb} begins`);
		try {
			const result = await verb.run(request.arguments, work);
			this.#options.say(`${request.verb} is done`);
			return result;
		} finally {
			this.#changing = undefined;
		}
	}
}

/** `undefined` for what is none. */
function readRequest(text: string): AskRequest | undefined {
	const value = parseJson(text);
	if (!isRecord(value) || typeof value.verb !== 'string' || !isRecord(value.arguments)) return undefined;
	return { verb: value.verb, arguments: value.arguments };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `undefined` for what is no JSON, which no JSON says. */
function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
