/**
 * Text files on the volume: reading one with everything that must be known to write it back, and writing it.
 *
 * Invariant: a file of at most `editableBytes` is read whole; of a larger one the first `editableBytes` are, to be looked at.
 */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import { extensionName } from '#base/path.ts';
import type { System } from '#runtime/system.ts';
import { decodeText, detectEncoding, type EncodingId, encodeText } from './encodings.ts';
import { detectLineEnds, type LineEnd, toEditorText, toFileText } from './line-ends.ts';

export const editableBytes = 32 * 1024 * 1024;

/** What must be known of bytes to write them back. */
export interface TextContent {
	/** With LF line ends. */
	readonly text: string;
	readonly encoding: EncodingId;
	readonly lineEnd: LineEnd;
	readonly mixedLineEnds: boolean;
	/** Saving gives the same bytes when nothing was changed. */
	readonly exact: boolean;
}

export interface TextFile extends TextContent {
	readonly path: string;
	readonly sizeBytes: number;
	readonly modifiedTime: number;
	/** Only a beginning was read. */
	readonly partial: boolean;
}

export async function readTextFile(system: System, path: string, encoding?: EncodingId): Promise<TextFile> {
	const handle = await system.fileOpen(path, 'open', rights.read);
	try {
		const { size, modifiedTime } = await system.fileStat(handle);
		const bytes = await system.fileRead(handle, 0, Math.min(size, editableBytes));
		const content = textOfBytes(bytes, path, encoding);
		return { ...content, path, sizeBytes: size, modifiedTime, partial: size > editableBytes };
	} finally {
		await system.handleClose(handle);
	}
}

/** `name` helps to find the encoding when none is given. */
export function textOfBytes(bytes: Uint8Array<ArrayBuffer>, name: string, given?: EncodingId): TextContent {
	const encoding = given ?? detectEncoding(bytes, extensionName(name));
	const { text, exact } = decodeText(bytes, encoding);
	const { lineEnd, mixed } = detectLineEnds(text);
	return { text: toEditorText(text), encoding, lineEnd, mixedLineEnds: mixed, exact };
}

export type WriteResult =
	| { readonly kind: 'written'; readonly sizeBytes: number; readonly modifiedTime: number }
	/** `index`: where in the editor's text. */
	| { readonly kind: 'unencodable'; readonly character: string; readonly index: number };

export async function writeTextFile(
	system: System,
	path: string,
	{ text, encoding, lineEnd }: { text: string; encoding: EncodingId; lineEnd: LineEnd },
): Promise<WriteResult> {
	// Found in the editor's text, so that the index is a place in it.
	const check = encodeText(text, encoding);
	if (check.kind === 'unencodable') return check;
	const encoded = lineEnd === 'lf' ? check : encodeText(toFileText(text, lineEnd), encoding);
	if (encoded.kind === 'unencodable') throw new OsError('EINVAL', `${encoding} has no line end`);
	await system.pathWrite(path, encoded.bytes, 'replace');
	const { size, modifiedTime } = await system.pathStat(path);
	return { kind: 'written', sizeBytes: size, modifiedTime };
}
