/**
 * The kernel's PC, reached by the door of the host service (`hosts/common/machine-contract.ts`).
 *
 * Rules of use: the kernel's Worker makes one with the key that the page took out of its document and sent to it alone.
 *
 * Invariants: the key leaves this object in requests to the door only. Programs' Workers share the page's origin, not its
 * memory: they are sent a port to the kernel and nothing else.
 */
import { OsError } from '#abi/errors.ts';
import type { FileSystem } from '#fs/file-system.ts';
import type { PcHost, PcProgress, PcSource, PcVerb, PcWork } from '#kernel/pc/pc-host.ts';
import type { PcVerbs } from '#kernel/pc/pc-verbs.ts';
import {
	type AskLine,
	type AskRequest,
	driveHeader,
	keyHeader,
	machinePaths,
	pieceBytes,
	workHeader,
} from '../common/machine-contract.ts';
import { RemoteFileSystem } from '../common/remote-file-system.ts';

/** A drive that takes longer for one piece of a file is broken. */
const drivePatienceMs = 30_000;

interface Run {
	readonly onProgress: (progress: PcProgress) => void;
	readonly signal: AbortSignal;
	/** Names a request that takes bytes. */
	readonly work?: string;
	readonly whenBegun?: () => void;
}

export class DoorPcHost implements PcHost {
	readonly #key: string;

	constructor(key: string) {
		this.#key = key;
	}

	ask<Verb extends PcVerb>(verb: Verb, given: PcVerbs[Verb]['arguments']): Promise<PcVerbs[Verb]['result']> {
		return this.begin(verb, given, () => undefined).done;
	}

	begin<Verb extends PcVerb>(
		verb: Verb,
		given: PcVerbs[Verb]['arguments'],
		onProgress: (progress: PcProgress) => void,
		source?: PcSource,
	): PcWork<PcVerbs[Verb]['result']> {
		const cancelled = new AbortController();
		const { signal } = cancelled;
		const request: AskRequest = { verb, arguments: { ...given } };
		const done = (
			source === undefined
				? this.#run(request, { onProgress, signal })
				: this.#runWith(source, request, { onProgress, signal })
		).catch((error: unknown) => {
			if (error instanceof OsError) throw error;
			throw new OsError(signal.aborted ? 'ECANCELED' : 'EIO', verb, { cause: error });
		});
		return { done: done as Promise<PcVerbs[Verb]['result']>, cancel: () => cancelled.abort() };
	}

	openDrive(identifier: string, readOnly: boolean): FileSystem {
		return new RemoteFileSystem((question) => this.#askDrive(identifier, question), { readOnly });
	}

	/** The kernel waits for a drive as it waits for its volume. */
	#askDrive(identifier: string, question: Uint8Array<ArrayBuffer>): Uint8Array {
		const request = new XMLHttpRequest();
		request.open('POST', machinePaths.drive, false);
		request.responseType = 'arraybuffer';
		request.timeout = drivePatienceMs;
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.setRequestHeader(keyHeader, this.#key);
		request.setRequestHeader(driveHeader, identifier);
		try {
			request.send(question);
		} catch (cause) {
			// biome-ignore lint/style/useErrorCause: it is passed, after the detail.
			throw new OsError('EIO', 'the drive does not answer', { cause });
		}
		if (request.status !== 200) throw new OsError('EIO', 'the drive is gone');
		return new Uint8Array(request.response as ArrayBuffer);
	}

	async #run(request: AskRequest, { onProgress, signal, work, whenBegun }: Run): Promise<unknown> {
		const response = await fetch(machinePaths.ask, {
			method: 'POST',
			headers: {
				...{ 'content-type': 'application/json', [keyHeader]: this.#key },
				...(work === undefined ? {} : { [workHeader]: work }),
			},
			body: JSON.stringify(request),
			signal,
		});
		if (!response.ok || response.body === null)
			throw new OsError('EIO', `the PC refused ${request.verb} (${response.status})`);
		whenBegun?.();
		for await (const text of readLines(response.body)) {
			const line = JSON.parse(text) as AskLine;
			if ('result' in line) return line.result;
			if ('failure' in line) throw new OsError(line.failure.code, line.failure.detail);
			onProgress(line.progress);
		}
		throw new OsError('EIO', `the PC ended ${request.verb} without an answer`);
	}

	/** The answer counts, whether all of `source` was taken or not. A source that cannot be read ends the request. */
	async #runWith(source: PcSource, request: AskRequest, { onProgress, signal }: Run): Promise<unknown> {
		const over = new AbortController();
		const either = AbortSignal.any([signal, over.signal]);
		const work = crypto.randomUUID();
		const begun = Promise.withResolvers<void>();
		try {
			const answer = this.#run(request, { onProgress, signal: either, work, whenBegun: begun.resolve });
			const sending = begun.promise.then(() => this.#send(source, work, either));
			return await Promise.race([answer, sending.then(() => answer)]);
		} finally {
			over.abort();
		}
	}

	/** Ends early when nobody takes the rest. */
	async #send(source: PcSource, work: string, signal: AbortSignal): Promise<void> {
		for (let place = 0; place < source.sizeBytes; place += pieceBytes) {
			const response = await fetch(machinePaths.piece, {
				method: 'POST',
				headers: { 'content-type': 'application/octet-stream', [keyHeader]: this.#key, [workHeader]: work },
				body: source.read(place, Math.min(pieceBytes, source.sizeBytes - place)),
				signal,
			});
			if (!response.ok) return;
		}
	}
}

/** Each line as it comes, without its line feed. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
	const decoder = new TextDecoder();
	let rest = '';
	for await (const bytes of body) {
		const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
		rest = lines.pop() ?? '';
		yield* lines;
	}
}
