/** Measures the volume in a Worker, then the whole way of a program: system call, kernel, volume, private files. */
import { rights } from '#abi/rights.ts';
import { bootKernel } from '#hosts/web/boot.ts';
import type { System } from '#runtime/system.ts';
import { fileCount, largeMegabytes, type SystemFigures, someBytes, timeOf, type VolumeFigures } from './figures.ts';

/** As `host-import.ts` has it. */
const piecesUnderWay = 4;
const wholeReserve = 64 << 20;

function measureVolume(): Promise<VolumeFigures> {
	const worker = new Worker(new URL('./volume-worker.ts', import.meta.url), { type: 'module' });
	return new Promise((resolve, reject) => {
		worker.onerror = (event) => reject(new Error(event.message));
		worker.onmessage = ({ data }: MessageEvent<{ figures?: VolumeFigures; failure?: string }>) => {
			worker.terminate();
			if (data.figures === undefined) reject(new Error(data.failure));
			else resolve(data.figures);
		};
	});
}

async function measureSystem(): Promise<SystemFigures> {
	const boot = bootKernel([]);
	boot.begin('automatic');
	const system = await boot.ready;
	boot.settled();
	await untilReserveIsWhole(system);
	const text = someBytes(600);
	await system.pathMakeDirectory('/one');
	await system.pathMakeDirectory('/many');
	const systemCreates = await timeOf(async () => {
		for (let count = 0; count < fileCount; count++)
			await system.pathWrite(`/one/file-${count}.txt`, text, 'create-new');
	});
	const systemPipelined = await timeOf(() =>
		Promise.all(
			Array.from({ length: fileCount }, (_, count) => system.pathWrite(`/many/file-${count}.txt`, text, 'create-new')),
		),
	);
	return { systemCreates, systemPipelined, systemWrite: await measureCopyIn(system) };
}

/** A new volume grows its reserve in the first seconds, once; that is not what is measured. */
async function untilReserveIsWhole(system: System): Promise<void> {
	for (let tries = 0; tries < 200; tries++) {
		if ((await system.volumeStatus()).reserveBytes >= wholeReserve) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** A file of the host, in pieces of 4 MiB with a few under way, as Explorer copies it in. */
async function measureCopyIn(system: System): Promise<number> {
	const piece = someBytes(4 << 20);
	const file = new File(
		Array.from({ length: largeMegabytes / 4 }, () => piece),
		'large.bin',
	);
	const handle = await system.fileOpen('/large.bin', 'create-new', rights.write);
	let next = 0;
	const copyPieces = async (): Promise<void> => {
		while (next < file.size) {
			const offset = next;
			next += piece.length;
			const bytes = new Uint8Array(await file.slice(offset, offset + piece.length).arrayBuffer());
			await system.fileWriteGiving(handle, offset, bytes);
		}
	};
	const time = await timeOf(() => Promise.all(Array.from({ length: piecesUnderWay }, copyPieces)));
	await system.handleClose(handle);
	return (largeMegabytes / time) * 1000;
}

Object.assign(globalThis, { measureVolume, measureSystem });
