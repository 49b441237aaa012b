/**
 * What this thread still holds, written to files to be searched: a heap snapshot (strings and what points to them) and the
 * bytes of every buffer that something points to, also shared ones and the memories of WebAssembly.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import inspector from 'node:inspector/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeHeapSnapshot } from 'node:v8';

const bufferKinds = ['ArrayBuffer', 'SharedArrayBuffer'];

/** For what the inspector calls inside this thread. */
declare global {
	var writeBuffers: ((buffers: readonly (ArrayBuffer | SharedArrayBuffer)[], kind: string) => number) | undefined;
}

export interface MemoryDump {
	readonly buffers: number;
	readonly bytes: number;
}

export async function dumpMemory(folder: string): Promise<MemoryDump> {
	mkdirSync(folder, { recursive: true });
	await setImmediate();
	const session = new inspector.Session();
	session.connect();
	const sum = { buffers: 0, bytes: 0 };
	globalThis.writeBuffers = (buffers, kind) => {
		for (const [place, buffer] of buffers.entries()) {
			writeFileSync(path.join(folder, `${kind}-${place}`), new Uint8Array(buffer));
			sum.bytes += buffer.byteLength;
		}
		sum.buffers += buffers.length;
		return buffers.length;
	};
	for (const kind of bufferKinds) {
		const { result } = await session.post('Runtime.evaluate', { expression: `${kind}.prototype` });
		const { objects } = await session.post('Runtime.queryObjects', { prototypeObjectId: result.objectId ?? '' });
		await session.post('Runtime.callFunctionOn', {
			objectId: objects.objectId,
			functionDeclaration: `function () { return globalThis.writeBuffers(this, '${kind}'); }`,
			returnByValue: true,
		});
	}
	globalThis.writeBuffers = undefined;
	session.disconnect();
	writeHeapSnapshot(path.join(folder, 'heap.heapsnapshot'));
	return sum;
}
