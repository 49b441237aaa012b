/**
 * `vitrine volume COMMAND --volume DIRECTORY [FILE]`: what can be done for a volume that no system has open.
 *
 * Exit status 1 when something is damaged, or stays so.
 */
import { existsSync, readdirSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { formatSize } from '#base/format-size.ts';
import type { SlicedWork, VolumeCare, VolumeExport } from '#fs/system-volume.ts';
import { VolumeRefused } from '#volume/open-volume.ts';
import { rescueVolume } from '#volume/rescue.ts';
import { type ImportSource, importVolume } from '#volume/volume-import.ts';
import { VolumeStorage } from '#volume/volume-storage.ts';
import { FileBlockStore } from './file-block-store.ts';
import { type OpenedVolume, openStoredVolume } from './open-node-volume.ts';

export const volumeCommands = ['check', 'repair', 'compact', 'export', 'import', 'rescue'] as const;
export type VolumeCommand = (typeof volumeCommands)[number];

export interface VolumeCommandOptions {
	readonly command: VolumeCommand;
	readonly directory: string;
	/** What is exported to, imported or rescued from. */
	readonly file: string;
}

const partLength = 1 << 20;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

export async function runVolumeCommand({ command, directory, file }: VolumeCommandOptions): Promise<number> {
	if (command === 'import') return importInto(directory, file);
	if (!existsSync(directory)) throw new Error(`There is no directory "${directory}".`);
	if (command === 'rescue') return rescueInto(directory, file);
	const volume = await openStoredVolume(directory);
	try {
		if (command === 'check') return checkVolume(volume);
		if (command === 'repair') return repairVolume(volume);
		if (command === 'compact') return compactVolume(volume.care);
		return await exportTo(volume.care, file);
	} finally {
		volume.close();
	}
}

function checkVolume(volume: OpenedVolume): number {
	const { identifier, files, contentBytes } = volume.status();
	say(`Volume ${identifier}: ${files} files and folders, ${contentBytes} bytes.`);
	const { damaged, mendedPages } = drive(volume.care.scrub());
	if (mendedPages > 0) say(`${mendedPages} pages had a flipped bit and were mended.`);
	for (const path of damaged) say(`damaged: ${path}`);
	const { health } = volume.status();
	say(damaged.length === 0 ? `Every checksum is right. Health: ${health}.` : `${damaged.length} damaged.`);
	return damaged.length === 0 ? 0 : 1;
}

function repairVolume(volume: OpenedVolume): number {
	const { rebuiltPages, damagedPages } = volume.care.repair();
	say(`${rebuiltPages} pages were made anew, ${damagedPages} stay damaged.`);
	return damagedPages > 0 ? checkVolume(volume) : 0;
}

function compactVolume(care: VolumeCare): number {
	say(`${formatSize(drive(care.compact()))} given back.`);
	return 0;
}

/** Written beside the file and renamed at the end would need its folder; a file that is there is refused instead. */
async function exportTo(care: VolumeCare, path: string): Promise<number> {
	const file = await open(path, 'wx');
	const exported = care.openExport();
	try {
		await copyParts(exported, file);
		await file.sync();
		say(`${formatSize(exported.size)} exported to ${path}.`);
		return 0;
	} catch (error) {
		await rm(path, { force: true });
		throw error;
	} finally {
		exported.close();
		await file.close();
	}
}

async function copyParts(exported: VolumeExport, file: FileHandle): Promise<void> {
	const part = new Uint8Array(partLength);
	for (let at = 0; at < exported.size; at += partLength) {
		const count = exported.read(at, part);
		await file.write(part, 0, count, at);
	}
}

/** Saves what can be read of the volume in `directory` into a new one in `path`. */
async function rescueInto(directory: string, path: string): Promise<number> {
	requireEmpty(path);
	await moveLog(directory);
	const storage = await VolumeStorage.open(new FileBlockStore(directory), 0);
	const target = await openStoredVolume(path);
	try {
		const { files, folders, unnamed, partly } = rescueVolume(storage.pages, storage.pageSize, target);
		say(`${files} files and ${folders} folders were saved to ${path}, ${unnamed} of them without their names.`);
		for (const partlySaved of partly) say(`only in part: ${partlySaved}`);
		return partly.length + unnamed > 0 ? 1 : 0;
	} finally {
		target.close();
		storage.close();
	}
}

/** What the log of a volume holds goes to its place, where the volume can be opened for that. */
async function moveLog(directory: string): Promise<void> {
	try {
		const volume = await openStoredVolume(directory);
		volume.settle();
		volume.close();
	} catch (error) {
		if (!(error instanceof VolumeRefused)) throw error;
		say(`${error.message} The last changes before it was closed may be missing.`);
	}
}

function requireEmpty(directory: string): void {
	if (existsSync(directory) && readdirSync(directory).length > 0)
		throw new Error(`"${directory}" is not empty. A volume needs a directory of its own.`);
}

async function importInto(directory: string, path: string): Promise<number> {
	requireEmpty(directory);
	const file = await open(path, 'r');
	try {
		const work = importVolume(await sourceOf(file), new FileBlockStore(directory));
		for (;;) {
			const step = await work.next();
			if (!step.done) continue;
			const { identifier, contentBytes, damagedPages } = step.value;
			say(`Volume ${identifier}: ${formatSize(contentBytes)} imported to ${directory}.`);
			if (damagedPages > 0) say(`${damagedPages} pages of it are damaged; "volume check" names the files.`);
			return damagedPages > 0 ? 1 : 0;
		}
	} finally {
		await file.close();
	}
}

async function sourceOf(file: FileHandle): Promise<ImportSource> {
	const { size } = await file.stat();
	return {
		size,
		read: async (offset, length) => {
			const bytes = new Uint8Array(length);
			const { bytesRead } = await file.read(bytes, 0, length, offset);
			if (bytesRead < length) throw new Error('The file became shorter while it was read.');
			return bytes;
		},
	};
}

function drive<T>(work: SlicedWork<T>): T {
	for (;;) {
		const step = work.next();
		if (step.done) return step.value;
	}
}
