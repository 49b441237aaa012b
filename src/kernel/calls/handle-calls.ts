/** The calls about handles and streams: `handle_*`, `stream_*`, `pipe_create`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { Answer, Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import { OpenFile } from '../open-file.ts';
import { Pipe, PipeReader, PipeWriter } from '../pipe.ts';
import { readFile, requireFileSize, writeFile } from './file-calls.ts';

export type HandleCalls = Pick<
	CallHandlers,
	'handle_close' | 'handle_duplicate' | 'stream_read' | 'stream_write' | 'pipe_create'
>;

type Bytes = Uint8Array<ArrayBuffer>;

export function createHandleCalls(): HandleCalls {
	return {
		handle_close: ({ process }, handle) => process.handles.close(handle),
		handle_duplicate: ({ process }, handle, wanted) => process.handles.duplicate(handle, wanted),
		stream_read: (caller, handle, maximum) => readStream(caller, handle, maximum),
		stream_write: (caller, handle, bytes) => writeStream(caller, handle, bytes),
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

function readStream({ process }: Caller, handle: number, maximum: number): Answer<Bytes> {
	const object = process.handles.get(handle);
	if (object instanceof OpenFile) {
		const bytes = readFile(object, object.position, maximum);
		object.position += bytes.length;
		return bytes;
	}
	if (!(object instanceof PipeReader)) throw new OsError('EBADF', `handle ${handle}`);
	const bytes = object.pipe.read(maximum);
	if (bytes !== undefined) return bytes;
	const wait = process.handles.waitOn<Bytes>(handle);
	object.pipe.admitReader(maximum, wait);
	return wait;
}

function writeStream(caller: Caller, handle: number, bytes: Bytes): Answer<void> {
	const object = caller.process.handles.get(handle);
	if (object instanceof OpenFile) return appendToFile(caller, object, bytes);
	if (!(object instanceof PipeWriter)) throw new OsError('EBADF', `handle ${handle}`);
	if (object.pipe.write(bytes)) return;
	// What was handed over is written even when the handle is closed behind it; only the end of the process stops it.
	const wait = caller.process.wait<void>();
	object.retain();
	wait.whenOver(() => object.release());
	object.pipe.admitWriter(bytes, wait);
	return wait;
}

function appendToFile(caller: Caller, file: OpenFile, bytes: Bytes): void {
	const before = file.position;
	const at = file.append ? file.fileSystem.stat(file.inode).size : before;
	requireFileSize(at + bytes.length);
	writeFile(caller, file, at, bytes);
	file.position = at + bytes.length;
	caller.changes.whenLost(() => {
		file.position = before;
	});
}
