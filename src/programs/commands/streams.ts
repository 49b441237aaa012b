/**
 * Byte streams of commands, which wait: reading in pieces and by lines, writing with a buffer.
 *
 * Rules of use:
 * - `read` answers an empty array at the end; what it gave is valid until the next read.
 * - Output waits until 64 KiB are there, `flush` is called, or the command is about to wait for input.
 * - Text that is no UTF-8 goes through unharmed: see `text.ts`.
 */
import { OsError } from '#abi/errors.ts';
import type { PipeEnd } from '#runtime/pipe-end.ts';
import type { WaitingSystemCalls } from '#runtime/waiting-system-calls.generated.ts';
import { decodeText, encodeText } from './text.ts';

const pieceBytes = 131_072;
const bufferBytes = 65_536;
const lineFeed = 10;
const nothing = new Uint8Array(0);

type Bytes = Uint8Array<ArrayBuffer>;

export interface StreamParts {
	readonly system: WaitingSystemCalls;
	/** `undefined`: nothing to read, and what is written is discarded. */
	readonly handle: number | undefined;
	readonly pipe: PipeEnd | undefined;
}

export class Input {
	readonly #parts: StreamParts;
	readonly #beforeWaiting: () => void;
	readonly #piece: Bytes;
	/** What was read and is not taken yet. */
	#rest: Bytes = nothing;

	constructor(parts: StreamParts, beforeWaiting: () => void = () => undefined) {
		this.#parts = parts;
		this.#beforeWaiting = beforeWaiting;
		this.#piece = new Uint8Array(parts.pipe === undefined ? 0 : pieceBytes);
	}

	get handle(): number | undefined {
		return this.#parts.handle;
	}

	read(): Bytes {
		if (this.#rest.length > 0) {
			const rest = this.#rest;
			this.#rest = nothing;
			return rest;
		}
		const { system, handle, pipe } = this.#parts;
		if (handle === undefined) return nothing;
		if (pipe === undefined) {
			this.#beforeWaiting();
			return system.streamRead(handle, pieceBytes);
		}
		if (pipe.filled === 0) this.#beforeWaiting();
		return this.#piece.subarray(0, pipe.read(this.#piece));
	}

	/** What was read too far is read again. */
	putBack(bytes: Bytes): void {
		this.#rest = bytes.slice();
	}

	*pieces(): Generator<Bytes> {
		for (let piece = this.read(); piece.length > 0; piece = this.read()) yield piece;
	}

	/** Exactly so many bytes, or as many as there were. */
	readExactly(length: number): Bytes {
		const all = new Uint8Array(length);
		let filled = 0;
		while (filled < length) {
			const piece = this.read();
			if (piece.length === 0) break;
			const part = piece.subarray(0, length - filled);
			all.set(part, filled);
			filled += part.length;
			if (part.length < piece.length) this.putBack(piece.subarray(part.length));
		}
		return all.subarray(0, filled);
	}

	readAll(): Bytes {
		const pieces: Bytes[] = [];
		for (const piece of this.pieces()) pieces.push(piece.slice());
		return join(pieces);
	}

	/** Lines without their end, separated by a byte; the last one counts also without an end. */
	*lines(separator = lineFeed): Generator<string> {
		for (const line of this.byteLines(separator)) yield decodeText(line);
	}

	*byteLines(separator = lineFeed): Generator<Bytes> {
		let waiting: Bytes[] = [];
		for (let piece = this.read(); piece.length > 0; piece = this.read()) {
			let start = 0;
			for (let end = piece.indexOf(separator); end >= 0; end = piece.indexOf(separator, start)) {
				const part = piece.subarray(start, end);
				yield waiting.length === 0 ? part : join([...waiting, part]);
				waiting = [];
				start = end + 1;
			}
			if (start < piece.length) waiting.push(piece.slice(start));
		}
		this.endedInLine = waiting.length > 0;
		if (waiting.length > 0) yield join(waiting);
	}

	/** The last line had no end. */
	endedInLine = false;

	close(): void {
		const { system, handle } = this.#parts;
		if (handle !== undefined) system.handleClose(handle);
	}
}

export class Output {
	readonly #parts: StreamParts;
	#buffer = new Uint8Array(4096);
	#length = 0;

	constructor(parts: StreamParts) {
		this.#parts = parts;
	}

	get handle(): number | undefined {
		return this.#parts.handle;
	}

	write(content: string | Uint8Array): void {
		const bytes = typeof content === 'string' ? encodeText(content) : content;
		if (this.#length + bytes.length > bufferBytes) this.flush();
		if (bytes.length > bufferBytes) {
			this.#put(bytes as Bytes);
			return;
		}
		if (this.#length + bytes.length > this.#buffer.length) this.#grow(this.#length + bytes.length);
		this.#buffer.set(bytes, this.#length);
		this.#length += bytes.length;
	}

	flush(): void {
		if (this.#length === 0) return;
		const length = this.#length;
		this.#length = 0;
		this.#put(this.#buffer.subarray(0, length));
	}

	/** Throws away what waits: nobody reads any more. */
	discard(): void {
		this.#length = 0;
	}

	#grow(least: number): void {
		const buffer = new Uint8Array(Math.min(bufferBytes, Math.max(least, 2 * this.#buffer.length)));
		buffer.set(this.#buffer.subarray(0, this.#length));
		this.#buffer = buffer;
	}

	#put(bytes: Bytes): void {
		const { system, handle, pipe } = this.#parts;
		if (handle === undefined) return;
		if (pipe !== undefined) pipe.write(bytes);
		else
			for (let at = 0; at < bytes.length; at += 1_048_576)
				system.streamWrite(handle, bytes.subarray(at, at + 1_048_576));
	}
}

export function join(pieces: readonly Bytes[]): Bytes {
	const [only] = pieces;
	if (pieces.length === 1 && only !== undefined) return only;
	const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
	let at = 0;
	for (const piece of pieces) {
		all.set(piece, at);
		at += piece.length;
	}
	return all;
}

/** Runs with an input over a file; closes it. */
export function withFile<T>(system: WaitingSystemCalls, path: string, action: (input: Input) => T): T {
	const handle = system.fileOpen(path, 'open', 1);
	if (system.handleKind(handle) === 'directory') {
		system.handleClose(handle);
		throw new OsError('EISDIR', path);
	}
	const input = new Input({ system, handle, pipe: undefined });
	try {
		return action(input);
	} finally {
		input.close();
	}
}

/** Lines as bytes, each with its end; the last one may have none. */
export function* linesWithEnd(input: Input): Generator<Bytes> {
	let waiting: Bytes[] = [];
	for (const piece of input.pieces()) {
		let start = 0;
		for (let end = piece.indexOf(lineFeed); end >= 0; end = piece.indexOf(lineFeed, start)) {
			yield join([...waiting, piece.subarray(start, end + 1)]);
			waiting = [];
			start = end + 1;
		}
		if (start < piece.length) waiting.push(piece.slice(start));
	}
	if (waiting.length > 0) yield join(waiting);
}
