/**
 * What encrypting costs a program: the same system calls on a plain and on an encrypted file, the whole way through the kernel,
 * the vault and the volume to the browser's private files.
 */
import { rights } from '#abi/rights.ts';
import { bootKernel } from '#hosts/web/boot.ts';
import type { System } from '#runtime/system.ts';

/** Megabytes a second, milliseconds, or shares of the plain file. */
export interface ProgramFigures {
	readonly programPlainWrite: number;
	readonly programWrite: number;
	readonly programWriteShare: number;
	readonly programPlainRead: number;
	readonly programRead: number;
	readonly programReadShare: number;
	readonly programPlainOverwrite: number;
	readonly programOverwrite: number;
	readonly programOverwriteMore: number;
}

const megabytes = 128;
const piece = 1 << 20;
/** Calls that the program has under way, as copying in Explorer has. */
const callsUnderWay = 4;
const overwrites = 100;
const wholeReserve = 64 << 20;

export async function measureProgram(): Promise<ProgramFigures> {
	const boot = bootKernel([]);
	boot.begin('automatic');
	const system = await boot.ready;
	boot.settled();
	await untilReserveIsWhole(system);
	await system.accountConfirmRecovery(
		new TextEncoder().encode(await system.accountMakeRecovery({ kind: 'none', secret: new Uint8Array() })),
	);
	await system.pathMakeDirectory('/plain');
	await system.pathMakeDirectory('/closed');
	await system.encryptionBegin('/closed', 'encrypt');
	// Once before it counts: code is compiled, and the volume's file has its room.
	for (const folder of ['/plain', '/closed']) await writeAll(system, `${folder}/first`, 32);
	for (const folder of ['/plain', '/closed']) await system.pathErase(`${folder}/first`);
	const programPlainWrite = await writeAll(system, '/plain/file', megabytes);
	const programWrite = await writeAll(system, '/closed/file', megabytes);
	const programPlainRead = await readAll(system, '/plain/file');
	const programRead = await readAll(system, '/closed/file');
	const programPlainOverwrite = await overwriteSome(system, '/plain/file');
	const programOverwrite = await overwriteSome(system, '/closed/file');
	return {
		...{ programPlainWrite, programWrite, programWriteShare: programWrite / programPlainWrite },
		...{ programPlainRead, programRead, programReadShare: programRead / programPlainRead },
		...{ programPlainOverwrite, programOverwrite, programOverwriteMore: programOverwrite - programPlainOverwrite },
	};
}

/** A new volume grows its reserve in the first seconds, once; that is not what is measured. */
async function untilReserveIsWhole(system: System): Promise<void> {
	for (let tries = 0; tries < 600; tries++) {
		if ((await system.volumeStatus()).reserveBytes >= wholeReserve) return;
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** Takes pieces of a file of `count` megabytes in their order, some at a time. Megabytes a second. */
async function inPieces(count: number, take: (offset: number) => Promise<unknown>): Promise<number> {
	const start = performance.now();
	let next = 0;
	const takeAll = async (): Promise<void> => {
		while (next < count * piece) {
			const offset = next;
			next += piece;
			await take(offset);
		}
	};
	await Promise.all(Array.from({ length: callsUnderWay }, takeAll));
	return (count / (performance.now() - start)) * 1000;
}

async function writeAll(system: System, path: string, count: number): Promise<number> {
	const bytes = new Uint8Array(piece).map((_, at) => at * 7 + (at >>> 8));
	const handle = await system.fileOpen(path, 'create-new', rights.write);
	const speed = await inPieces(count, (offset) => system.fileWriteGiving(handle, offset, bytes.slice()));
	await system.handleClose(handle);
	return speed;
}

async function readAll(system: System, path: string): Promise<number> {
	const handle = await system.fileOpen(path, 'open', rights.read);
	const speed = await inPieces(megabytes, async (offset) => {
		const { length } = await system.fileRead(handle, offset, piece);
		if (length !== piece) throw new Error(`${path} has only ${length} bytes at ${offset}`);
	});
	await system.handleClose(handle);
	return speed;
}

/** Milliseconds of one, stored durably. */
async function overwriteSome(system: System, path: string): Promise<number> {
	const handle = await system.fileOpen(path, 'open', rights.write);
	const start = performance.now();
	for (let count = 0; count < overwrites; count++)
		await system.fileWrite(handle, (count * 37_000_019) % (megabytes * piece - 64), new Uint8Array(64).fill(1));
	const milliseconds = (performance.now() - start) / overwrites;
	await system.handleClose(handle);
	return milliseconds;
}
