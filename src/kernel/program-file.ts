/** What a file is as a program: recognised by its first bytes, never by its name. */
import { OsError } from '#abi/errors.ts';
import { readFile } from './calls/file-calls.ts';
import type { Place } from './place.ts';
import type { ProgramImage } from './program-launcher.ts';

export type ProgramFile =
	| { readonly kind: 'image'; readonly image: Pick<ProgramImage, 'key' | 'read'> }
	/** Text for another program, which its first line names. */
	| { readonly kind: 'script'; readonly interpreter: string; readonly arguments: readonly string[] };

const longestFirstLine = 256;
const wasmMagic = '\0asm';
const coreModule = 1;

/** ENOEXEC when it is no program that can be run here. */
export function recogniseProgram(place: Place, device: number): ProgramFile {
	const { fileSystem, inode, path } = place;
	const { kind, size, changedTime } = fileSystem.stat(inode);
	if (kind === 'directory') throw new OsError('EISDIR', path);
	const head = readFile(place, 0, longestFirstLine);
	const text = String.fromCharCode(...head);
	if (text.startsWith('#!')) return readFirstLine(text, path);
	if (!text.startsWith(wasmMagic)) throw new OsError('ENOEXEC', path);
	if (head[4] !== coreModule || head[6] !== 0) throw new OsError('ENOEXEC', 'a component of WebAssembly, not a module');
	const key = `${device}:${inode}:${changedTime}:${size}`;
	return { kind: 'image', image: { key, read: () => readAll(place, size) } };
}

function readAll({ fileSystem, inode }: Place, size: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array(size);
	fileSystem.read(inode, 0, bytes);
	return bytes;
}

function readFirstLine(text: string, path: string | undefined): ProgramFile {
	const [interpreter, ...rest] = text.slice(2).split('\n', 1)[0]?.trim().split(/\s+/) ?? [];
	if (interpreter === undefined || interpreter === '') throw new OsError('ENOEXEC', path);
	return { kind: 'script', interpreter, arguments: rest };
}
