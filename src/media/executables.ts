/**
 * Programs by their headers: MZ and what stands behind it (NE, LE, LX, PE).
 *
 * | Offset | In | What |
 * |---|---|---|
 * | 0 | MZ | `MZ` or `ZM`; +2 bytes in the last page, +4 pages of 512, +8 header paragraphs |
 * | 0x3C | MZ | where the newer header starts, when there is one |
 * | +0x36 | NE | system it is for: 1 OS/2, 2 Windows, 3 DOS 4, 4 Windows 386 |
 * | +0x0A | LE, LX | system it is for: 1 OS/2, 2 Windows, 3 DOS, 4 Windows 386 (a driver) |
 * | 0x202 | Linux | `HdrS`: a kernel for boot loaders; its first bytes may be MZ |
 * | +4 | PE | machine: 0x14C i386, 0x8664 x64, 0xAA64 ARM 64 |
 * | +0x18 | PE | optional header: 0x10B PE32, 0x20B PE32+; subsystem at +0x5C of the PE header |
 *
 * A program bound to a DOS extender (DOS/4GW, DOS/32A, PMODE/W, Borland's DPMI) carries an NE, LE, LX or PE part and still
 * is a DOS program: its MZ part names the extender.
 */
import { type BoundedReader, latin1, startsWith } from './byte-source.ts';
import { type Fact, type Verdict, verdict } from './verdict.ts';

const cannotRun = 'Vitrine cannot run these yet.';
const dosMachine = { engine: 'dos' } as const;
const stubBytes = 64 * 1024;
/** What a DOS extender leaves in the MZ part of the programs it is bound to, and its name. */
const extenders: readonly (readonly [mark: string, name: string])[] = [
	['DOS/4G', 'DOS/4G'],
	['DOS/16M', 'DOS/16M'],
	['DOS16M', 'DOS/16M'],
	['DOS/32A', 'DOS/32A'],
	['STUB/32A', 'DOS/32A'],
	['PMODE/W', 'PMODE/W'],
	['CauseWay', 'CauseWay'],
	['WDOSX', 'WDOSX'],
	['Phar Lap', 'Phar Lap'],
	['dpmi16bi.ovl', 'Borland DPMI, 16 bits'],
	['DPMI16BI.OVL', 'Borland DPMI, 16 bits'],
	['dpmi32vm.ovl', 'Borland DPMI, 32 bits'],
	['DPMI32VM.OVL', 'Borland DPMI, 32 bits'],
	// Microsoft's BIND makes OS/2 programs that run in DOS as well; this is a sentence of what it adds.
	['The Application Program Interface (API) entered', 'bound for DOS and OS/2'],
];

function dosProgram(facts: readonly Fact[] = []): Verdict {
	return verdict('dos-program', 'This is a DOS program.', { machine: dosMachine, facts });
}

/** The verdict on a file that starts with MZ or is a Linux kernel; `undefined` for any other. */
export async function recogniseExecutable(reader: BoundedReader): Promise<Verdict | undefined> {
	if (startsWith(await reader.available(0x202, 4), 'HdrS')) return linuxKernel();
	const head = await reader.available(0, 64);
	if (!startsWith(head, 'MZ') && !startsWith(head, 'ZM')) return undefined;
	if (head.length < 28) {
		return verdict('unknown', 'This looks like the beginning of a program, but most of it is missing.', {
			reasons: [`The file has ${reader.size} bytes; the header of a DOS program alone has 28.`],
		});
	}
	const newer = await findNewerHeader(reader, head);
	if (newer === undefined) return dosProgram();
	const extender = await findExtender(reader, newer.at);
	if (extender !== undefined) return dosProgram([{ label: 'DOS extender', value: extender }]);
	switch (newer.signature) {
		case 'NE':
			return await recogniseNewExecutable(reader, newer.at);
		case 'LE':
		case 'LX':
			return await recogniseLinear(reader, newer.at, newer.signature);
		case 'PE':
			return await recognisePortable(reader, newer.at);
	}
}

function linuxKernel(): Verdict {
	return verdict('linux-kernel', 'This is the kernel of a Linux system. It does not start by itself.', {
		advice: 'A PC starts it from a disk or disc image that holds the whole system.',
	});
}

type Signature = 'NE' | 'LE' | 'LX' | 'PE';

async function findNewerHeader(
	reader: BoundedReader,
	head: Uint8Array,
): Promise<{ at: number; signature: Signature } | undefined> {
	if (head.length < 64) return undefined;
	const at = new DataView(head.buffer, head.byteOffset).getUint32(0x3c, true);
	if (at < 4 || at + 4 > reader.size) return undefined;
	const bytes = await reader.bytes(at, 4);
	const signature = latin1(bytes.subarray(0, 2));
	if (signature === 'PE') return bytes[2] === 0 && bytes[3] === 0 ? { at, signature } : undefined;
	if (signature === 'NE' || signature === 'LE' || signature === 'LX') return { at, signature };
	return undefined;
}

async function findExtender(reader: BoundedReader, end: number): Promise<string | undefined> {
	const stub = latin1(await reader.available(0, Math.min(end, stubBytes)));
	return extenders.find(([mark]) => stub.includes(mark))?.[1];
}

async function recogniseNewExecutable(reader: BoundedReader, at: number): Promise<Verdict> {
	const header = await reader.available(at, 0x40);
	const system = header[0x36] ?? 0;
	if (system === 1) return verdict('os2-program', `This is a 16-bit OS/2 program. ${cannotRun}`);
	const isLibrary = ((header[0x0d] ?? 0) & 0x80) !== 0;
	return verdict('windows-16-bit', `This is a 16-bit Windows ${isLibrary ? 'library' : 'program'}. ${cannotRun}`, {
		advice: 'It runs on a hard-disk image that has Windows 3.1 or Windows 95 installed.',
	});
}

async function recogniseLinear(reader: BoundedReader, at: number, signature: 'LE' | 'LX'): Promise<Verdict> {
	const header = await reader.available(at, 0x14);
	const system = (header[0x0a] ?? 0) | ((header[0x0b] ?? 0) << 8);
	if (system === 4) return verdict('windows-driver', `This is a driver for Windows 3 or 95. ${cannotRun}`);
	// A bare LE is what DOS extenders loaded from outside (DOS4GW.EXE beside the program) are given.
	if (signature === 'LE') return dosProgram([{ label: 'DOS extender', value: 'its own, beside the program' }]);
	return verdict('os2-program', `This is a 32-bit OS/2 program. ${cannotRun}`);
}

const portableMachines: Readonly<Record<number, string>> = {
	332: 'Intel 386 and later',
	358: 'MIPS',
	388: 'Alpha',
	448: 'ARM',
	452: 'ARM',
	496: 'PowerPC',
	512: 'Itanium',
	34404: 'x64',
	43620: 'ARM 64',
};

async function recognisePortable(reader: BoundedReader, at: number): Promise<Verdict> {
	const bytes = await reader.available(at, 0x60);
	if (bytes.length < 0x1a) {
		return verdict('unknown', 'This looks like a Windows program, but most of it is missing.', {
			reasons: ['The file ends inside its header.'],
		});
	}
	const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const machine = header.getUint16(4, true);
	const isLibrary = (header.getUint16(0x16, true) & 0x2000) !== 0;
	const isWide = header.getUint16(0x18, true) === 0x20b;
	const subsystem = bytes.length >= 0x5e ? header.getUint16(0x5c, true) : 0;
	const facts = [{ label: 'Processor', value: portableMachines[machine] ?? `type ${machine.toString(16)}` }];
	if (subsystem >= 10 && subsystem <= 13) {
		return verdict('efi-program', `This is a program for a PC’s firmware (EFI). ${cannotRun}`, { facts });
	}
	const what = subsystem === 1 ? 'driver' : isLibrary ? 'library' : 'program';
	return verdict(
		isWide ? 'windows-64-bit' : 'windows-32-bit',
		`This is a ${isWide ? 64 : 32}-bit Windows ${what}. ${cannotRun}`,
		{ facts },
	);
}
