/** Vitrine: the whole way of a program, from its system calls through the kernel to the volume. */
import { rights } from '#abi/rights.ts';
import { bootKernel } from '#hosts/web/boot.ts';
import type { System } from '#runtime/system.ts';
import {
	folders,
	forEachFile,
	largeMegabytes,
	numbers,
	type PeerFigures,
	pathOf,
	piece,
	smallText,
	timeOf,
} from './figures.ts';

const wholeReserve = 64 << 20;
const piecesUnderWay = 4;

export async function measureVitrine(): Promise<PeerFigures> {
	const boot = bootKernel([]);
	boot.begin('automatic');
	const system = await boot.ready;
	boot.settled();
	await untilReserveIsWhole(system);
	for (const folder of [...folders('one'), ...folders('many')]) await system.pathMakeDirectory(folder);
	const creates = await timeOf(async () => {
		for (const number of numbers) await system.pathWrite(pathOf('one', number), smallText, 'create-new');
	});
	const together = await timeOf(() =>
		Promise.all(numbers.map((number) => system.pathWrite(pathOf('many', number), smallText, 'create-new'))),
	);
	const opens = await timeOf(() => forEachFile((number) => openAndRead(system, pathOf('one', number))));
	const write = await timeOf(() => writeLarge(system));
	const copy = await timeOf(() => system.pathCopy('/large', '/copy'));
	return { creates, together, opens, write, copy };
}

/** A new volume grows its reserve in the first seconds, once; that is not what is measured. */
async function untilReserveIsWhole(system: System): Promise<void> {
	for (let tries = 0; tries < 600; tries++) {
		if ((await system.volumeStatus()).reserveBytes >= wholeReserve) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

async function openAndRead(system: System, path: string): Promise<void> {
	const handle = await system.fileOpen(path, 'open', rights.read);
	const bytes = await system.fileRead(handle, 0, smallText.length);
	if (bytes.length !== smallText.length) throw new Error(`${path} has ${bytes.length} bytes`);
	await system.handleClose(handle);
}

async function writeLarge(system: System): Promise<void> {
	const handle = await system.fileOpen('/large', 'create-new', rights.write);
	let next = 0;
	const writePieces = async (): Promise<void> => {
		while (next < largeMegabytes << 20) {
			const offset = next;
			next += piece.length;
			await system.fileWriteGiving(handle, offset, piece.slice());
		}
	};
	await Promise.all(Array.from({ length: piecesUnderWay }, writePieces));
	await system.handleClose(handle);
}
