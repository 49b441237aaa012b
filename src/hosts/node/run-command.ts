/**
 * `vitrine run`: one program on a fresh system in memory, with the streams of this terminal as its own.
 *
 * The program sees the directories that it was given, and nothing else of this computer.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { directoryRights } from '#abi/rights.ts';
import type { MountGrant } from '#abi/structures.generated.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { HeadlessSystem } from '../common/headless-system.ts';
import { hostClock } from '../common/host-clock.ts';
import { HostFileSystem } from './host-file-system.ts';
import { runWithStreams } from './program-streams.ts';
import { startHeadless } from './start-headless.ts';

export interface HostDirectory {
	readonly host: string;
	/** Absolute path under which the program sees it. */
	readonly guest: string;
	readonly readOnly: boolean;
}

export interface RunOptions {
	/** A file of this computer, or the name of a program of the system such as `sh`. */
	readonly program: string;
	readonly programArguments: readonly string[];
	readonly directories: readonly HostDirectory[];
	/** `NAME=value` each. */
	readonly environment: readonly string[];
	readonly memoryBytes: number | undefined;
}

export async function runProgram(options: RunOptions): Promise<number> {
	const volume = new MemoryFileSystem({ clock: hostClock });
	const headless = startHeadless(volume);
	try {
		const program = await install(headless, options.program);
		const mounts: MountGrant[] = [];
		for (const [index, directory] of options.directories.entries())
			mounts.push(await mount(headless, index, directory));
		const isSystemProgram = program === options.program;
		return await runWithStreams(headless.system, program, {
			arguments: [...options.programArguments],
			environment: [...options.environment],
			workingDirectory: options.directories[0]?.guest ?? '/',
			// The shell is there to look around in the system; a program gets what it was given.
			...(isSystemProgram && mounts.length === 0 ? {} : { namespace: { mounts } }),
			limits: { memoryBytes: options.memoryBytes },
		});
	} finally {
		headless.close();
	}
}

/** Puts a program of this computer onto the volume; gives the path or name to start it by. */
async function install({ system }: HeadlessSystem, program: string): Promise<string> {
	const isFile = await stat(program).then(
		(found) => found.isFile(),
		() => false,
	);
	if (!isFile) {
		if (program.includes('/') || program.includes('.')) throw new Error(`There is no program ${program}.`);
		return program;
	}
	const to = `/Programs/${path.basename(program)}`;
	const bytes = new Uint8Array(await readFile(program));
	await system.pathWrite(to, new Uint8Array(0), 'create-new');
	const handle = await system.fileOpen(to, 'open', 2);
	for (let offset = 0; offset < bytes.length; offset += pieceBytes)
		await system.fileWrite(handle, offset, bytes.subarray(offset, offset + pieceBytes));
	await system.handleClose(handle);
	return to;
}

const pieceBytes = 32 * 1024 * 1024;

async function mount({ kernel, system }: HeadlessSystem, index: number, directory: HostDirectory): Promise<MountGrant> {
	const found = await stat(directory.host).catch(() => undefined);
	if (found?.isDirectory() !== true) throw new Error(`There is no directory ${directory.host}.`);
	const point = `/Host ${index + 1}`;
	await system.pathMakeDirectory(point);
	kernel.namespace.mount(point, new HostFileSystem(directory.host, { readOnly: directory.readOnly }));
	const handle = await system.directoryOpen(point, directoryRights);
	return { path: directory.guest, directory: handle, readOnly: directory.readOnly };
}
