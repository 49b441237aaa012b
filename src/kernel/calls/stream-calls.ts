/** The calls about streams, which are pipes, files and devices: `stream_*`, `pipe_create`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { SeekOrigin } from '#abi/structures.generated.ts';
import type { ByteSink, ByteSource } from '../byte-stream.ts';
import type { Answer, Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import type { KernelObject } from '../kernel-object.ts';
import { OpenFile } from '../open-node.ts';
import { Pipe, PipeReader, PipeWriter } from '../pipe.ts';
import type { Process } from '../process.ts';
import { TerminalController, TerminalEnd } from '../terminal.ts';
import { Wait } from '../wait.ts';
import { readFile, requireFileSize, writeFile } from './file-calls.ts';

export type StreamCalls = Pick<
	CallHandlers,
	'stream_read' | 'stream_read_line' | 'stream_write' | 'stream_seek' | 'stream_poll' | 'pipe_create'
>;

type Bytes = Uint8Array<ArrayBuffer>;

/** What is looked at for the end of a line at a time. */
const lineStep = 4096;
const lineFeed = 10;

export function createStreamCalls(kernel: Kernel): StreamCalls {
	return {
		stream_read: (caller, handle, maximum) => readStream(kernel, caller, handle, maximum),
		stream_read_line: (caller, handle, maximum) => readLine(kernel, caller, handle, maximum),
		stream_write: (caller, handle, bytes) => writeStream(kernel, caller, handle, bytes),
		stream_seek: (caller, handle, offset, origin) => seekStream(kernel, caller, { handle, offset, origin }),
		stream_poll: (caller, readers, writers, timeoutMs) => pollStreams(kernel, caller, { readers, writers, timeoutMs }),
		pipe_create({ process }) {
			process.handles.requireRoom(2);
			const pipe = new Pipe();
			return {
				read: process.handles.add(pipe.reader, rights.read),
				write: process.handles.add(pipe.writer, rights.write),
			};
		},
	};
}

function readStream(kernel: Kernel, { process }: Caller, handle: number, maximum: number): Answer<Bytes> {
	const object = process.handles.get(handle);
	if (object instanceof OpenFile) {
		kernel.leases.settle(object.fileSystem, object.inode);
		const bytes = readFile(object, object.position, maximum);
		object.position += bytes.length;
		return bytes;
	}
	const source = sourceOf(object);
	if (source === undefined) throw new OsError('EBADF', `handle ${handle}`);
	const turn = awaitTurn(process, handle);
	const bytes = turn === undefined ? source.read(maximum) : undefined;
	if (bytes !== undefined) return bytes;
	const wait = process.handles.waitOn<Bytes>(handle);
	if (turn === undefined) source.admitReader(maximum, wait);
	else follow(turn, wait, () => readAgain(process, handle, source, { maximum, wait }));
	return wait;
}

/** A line, or as much of one as is there. A pipe is looked at again when something has come. */
function readLine(kernel: Kernel, caller: Caller, handle: number, maximum: number): Answer<Bytes> {
	const object = caller.process.handles.get(handle);
	if (object instanceof OpenFile) return readFileLine(kernel, object, maximum);
	if (!(object instanceof PipeReader)) return readStream(kernel, caller, handle, maximum);
	const bytes = object.pipe.readLine(maximum);
	if (bytes !== undefined) return bytes;
	const wait = caller.process.handles.waitOn<Bytes>(handle);
	awaitLine(object.pipe, maximum, wait);
	return wait;
}

function awaitLine(pipe: Pipe, maximum: number, wait: Wait<Bytes>): void {
	const changed = new Wait<void>();
	follow(changed, wait, () => {
		const bytes = pipe.readLine(maximum);
		if (bytes === undefined) awaitLine(pipe, maximum, wait);
		else wait.resolve(bytes);
	});
	pipe.admitPoll(changed);
}

function readFileLine(kernel: Kernel, file: OpenFile, maximum: number): Bytes {
	kernel.leases.settle(file.fileSystem, file.inode);
	const bytes = readFile(file, file.position, Math.min(maximum, lineStep));
	const end = bytes.indexOf(lineFeed);
	const line = end < 0 ? bytes : bytes.slice(0, end + 1);
	file.position += line.length;
	return line;
}

/** After its turn came: it may be over again already, and there may be nothing to read yet. */
function readAgain(
	process: Process,
	handle: number,
	source: ByteSource,
	{ maximum, wait }: { maximum: number; wait: Wait<Bytes> },
): void {
	const turn = awaitTurn(process, handle);
	if (turn !== undefined) {
		follow(turn, wait, () => readAgain(process, handle, source, { maximum, wait }));
		return;
	}
	const bytes = source.read(maximum);
	if (bytes === undefined) source.admitReader(maximum, wait);
	else wait.resolve(bytes);
}

/** Goes on when the turn has come; `wait` is what the caller waits for. */
export function follow<T>(turn: Wait<void>, wait: Wait<T>, next: () => void): void {
	wait.whenOver(() => turn.abandon());
	turn.whenOver(({ kind }) => {
		if (kind === 'resolved') next();
	});
}

/** What is behind a handle to read from; `undefined` for a file, and for what cannot be read. */
function sourceOf(object: KernelObject): ByteSource | undefined {
	if (object instanceof PipeReader) return object.pipe;
	if (object instanceof TerminalEnd) return object.terminal.programSide;
	return object instanceof TerminalController ? object.terminal.controllerSide : undefined;
}

function sinkOf(object: KernelObject): ByteSink | undefined {
	if (object instanceof PipeWriter) return object.pipe;
	if (object instanceof TerminalEnd) return object.terminal.programSide;
	return object instanceof TerminalController ? object.terminal.controllerSide : undefined;
}

/** `undefined` when a process may use its terminal now; else a wait for its turn. */
export function awaitTurn({ start, handles, terminal: own }: Process, handle: number): Wait<void> | undefined {
	const object = handles.get(handle);
	if (!(object instanceof TerminalEnd) || object.terminal !== own || own.hasTurn(start.group)) return undefined;
	const wait = handles.waitOn<void>(handle);
	own.awaitTurn(start.group, wait);
	return wait;
}

function writeStream(kernel: Kernel, caller: Caller, handle: number, bytes: Bytes): Answer<void> {
	const object = caller.process.handles.get(handle);
	if (object instanceof OpenFile) return appendToFile(kernel, caller, object, bytes);
	const sink = sinkOf(object);
	if (sink === undefined) throw new OsError('EBADF', `handle ${handle}`);
	if (sink.write(bytes)) return;
	// What was handed over is written even when the handle is closed behind it; only the end of the process stops it.
	const wait = caller.process.wait<void>();
	object.retain();
	wait.whenOver(() => object.release());
	sink.admitWriter(bytes, wait);
	return wait;
}

function appendToFile(kernel: Kernel, caller: Caller, file: OpenFile, bytes: Bytes): void {
	const before = file.position;
	kernel.leases.settle(file.fileSystem, file.inode);
	const at = file.append ? file.fileSystem.stat(file.inode).size : before;
	requireFileSize(at + bytes.length);
	writeFile(kernel, caller, file, { offset: at, bytes });
	file.position = at + bytes.length;
	caller.changes.whenLost(() => {
		file.position = before;
	});
}

interface Seek {
	readonly handle: number;
	readonly offset: number;
	readonly origin: SeekOrigin;
}

function seekStream(kernel: Kernel, { process }: Caller, { handle, offset, origin }: Seek): number {
	const file = process.handles.getOf(handle, OpenFile, 'ESPIPE');
	kernel.leases.settle(file.fileSystem, file.inode);
	const from = { start: () => 0, position: () => file.position, end: () => file.fileSystem.stat(file.inode).size };
	const position = from[origin]() + offset;
	if (position < 0 || !Number.isSafeInteger(position)) throw new OsError('EINVAL', 'offset');
	file.position = position;
	return position;
}

interface Poll {
	readonly readers: readonly number[];
	readonly writers: readonly number[];
	readonly timeoutMs: number;
}

function pollStreams(kernel: Kernel, caller: Caller, poll: Poll): Answer<number[]> {
	const ready = findReady(caller, poll);
	if (ready.length > 0 || poll.timeoutMs === 0) return ready;
	const wait = caller.process.wait<number[]>();
	awaitReady(caller, poll, wait);
	// What came after the first look would be waited for in vain.
	const already = findReady(caller, poll);
	if (already.length > 0) wait.resolve(already);
	if (poll.timeoutMs > 0) wait.whenOver(kernel.clock.after(poll.timeoutMs, () => wait.resolve([])));
	return wait;
}

/** Places of the streams that are ready; EBADF for a handle that is no stream or lacks the right. */
function findReady({ process }: Caller, { readers, writers }: Poll): number[] {
	const { handles } = process;
	const ready: number[] = [];
	for (const [place, handle] of readers.entries()) {
		handles.requireRights(handle, rights.read);
		const object = handles.get(handle);
		const source = sourceOf(object);
		if (object instanceof OpenFile || source?.readable === true) ready.push(place);
		else if (source === undefined) throw new OsError('EBADF', `handle ${handle}`);
	}
	for (const [place, handle] of writers.entries()) {
		handles.requireRights(handle, rights.write);
		const object = handles.get(handle);
		const sink = sinkOf(object);
		if (object instanceof OpenFile || sink?.writable === true) ready.push(readers.length + place);
		else if (sink === undefined) throw new OsError('EBADF', `handle ${handle}`);
	}
	return ready;
}

/** Looks again at every change of one of the pipes, until one is ready or a handle is closed. */
function awaitReady(caller: Caller, poll: Poll, wait: Wait<number[]>): void {
	const { handles } = caller.process;
	const changed = new Wait<void>();
	wait.whenOver(() => changed.abandon());
	changed.whenOver(({ kind }) => {
		if (kind !== 'resolved') return;
		try {
			const ready = findReady(caller, poll);
			if (ready.length > 0) wait.resolve(ready);
			else awaitReady(caller, poll, wait);
		} catch (error) {
			if (!(error instanceof OsError)) throw error;
			wait.reject(error);
		}
	});
	for (const handle of [...poll.readers, ...poll.writers]) {
		const object = handles.get(handle);
		(sourceOf(object) ?? sinkOf(object))?.admitPoll(changed);
	}
}
