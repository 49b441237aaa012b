/**
 * The keeper's side of its socket: one request a connection.
 *
 * | Direction | Lines of JSON, each ended by a line feed |
 * |---|---|
 * | in | one `AskRequest` |
 * | out | any number of `{ "progress": … }`, then one `{ "result": … }` or `{ "failure": … }`, then the end |
 *
 * Rules of use: who closes the connection before the reply cancels the work.
 *
 * Invariants:
 * - A request is at most 64 KiB, and what follows it is an error: nothing can hide behind a line.
 * - Only what the table of verbs lists is done, only with arguments that passed its checks.
 * - A defect in a verb is answered with EIO and told to the log; the keeper goes on.
 */
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { OsError } from '#abi/errors.ts';
import type { AskLine, AskRequest } from '../../common/machine-contract.ts';
import type { Verb } from './verb.ts';

const longestRequest = 64 * 1024;

export interface KeeperOptions {
	/** Where the socket is made; its folder says who may reach it. */
	readonly path: string;
	readonly verbs: ReadonlyMap<string, Verb>;
	/** Told what was asked (the verb, never its arguments, which may be secret) and how it ended. */
	say(sentence: string): void;
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
		let text = '';
		let begun = false;
		socket.setEncoding('utf8');
		socket.on('error', () => cancelled.abort());
		socket.on('close', () => {
			this.#sockets.delete(socket);
			cancelled.abort();
		});
		socket.on('end', () => (begun ? cancelled.abort() : socket.destroy()));
		socket.on('data', (chunk: string) => {
			text += chunk;
			const end = text.indexOf('\n');
			if (begun || text.length > longestRequest || (end !== -1 && end !== text.length - 1)) socket.destroy();
			else if (end !== -1) {
				begun = true;
				void this.#answer(socket, text, cancelled.signal);
			}
		});
	}

	async #answer(socket: Socket, text: string, signal: AbortSignal): Promise<void> {
		const send = (line: AskLine) => {
			if (!socket.destroyed) socket.write(`${JSON.stringify(line)}\n`);
		};
		let name = 'an unreadable request';
		try {
			const request = readRequest(text);
			name = request.verb;
			send({ result: (await this.#run(request, send, signal)) ?? {} });
		} catch (error) {
			this.#options.say(`${name}: ${error instanceof OsError ? error.message : String(error)}`);
			const { code, detail } = error instanceof OsError ? error : new OsError('EIO', name);
			send({ failure: { code, detail } });
		}
		socket.end();
	}

	async #run(request: AskRequest, send: (line: AskLine) => void, signal: AbortSignal): Promise<unknown> {
		const verb = this.#options.verbs.get(request.verb);
		if (verb === undefined) throw new OsError('ENOSYS', 'no such verb');
		const work = {
			signal,
			report: (step: string, doneBytes: number, totalBytes: number) =>
				send({ progress: { step, doneBytes, totalBytes } }),
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

function readRequest(text: string): AskRequest {
	const value = parseJson(text);
	if (!isRecord(value) || typeof value.verb !== 'string' || !isRecord(value.arguments))
		throw new OsError('EPROTO', 'a request is { verb, arguments }');
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
