/**
 * `vitrine run`: one program on a fresh system in memory, with the streams of this terminal as its own.
 *
 * The program sees the directories that it was given, and nothing else of this computer.
 */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { OsError } from '#abi/errors.ts';
import { directoryRights } from '#abi/rights.ts';
import type { MountGrant } from '#abi/structures.generated.ts';
import { isWithin, splitPath } from '#base/path.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import type { HeadlessSystem } from '../common/headless-system.ts';
import { hostClock } from '../common/host-clock.ts';
import { workerPrograms } from '../common/worker-programs.ts';
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
		for (const [index, directory] of options.directories.entries()) {
			const before = options.directories.slice(0, index).map(({ guest }) => guest);
			await requireCovered(directory, options.directories);
			mounts.push(await mount(headless, mountPoint(index, directory, before), directory));
		}
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
		if (!Object.hasOwn(workerPrograms, program)) throw new Error(`There is no program ${program}.`);
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

/**
 * Where the system has a directory of the host: under the path that the program knows, so that messages name it, but where
 * that is the root or would be made inside another directory of the host.
 */
function mountPoint(index: number, { guest }: HostDirectory, before: readonly string[]): string {
	const isFree = guest !== '/' && !before.some((other) => isWithin(guest, other) || isWithin(other, guest));
	return isFree ? guest : `/Host ${index + 1}`;
}

async function mount({ kernel, system }: HeadlessSystem, point: string, directory: HostDirectory): Promise<MountGrant> {
	const found = await stat(directory.host).catch(() => undefined);
	if (found?.isDirectory() !== true) throw new Error(`There is no directory ${directory.host}.`);
	for (const path of ancestors(point)) await system.pathMakeDirectory(path).catch(passExisting);
	kernel.namespace.mount(point, new HostFileSystem(directory.host, { readOnly: directory.readOnly }));
	const handle = await system.directoryOpen(point, directoryRights);
	return { path: directory.guest, directory: handle, readOnly: directory.readOnly };
}

/** A directory that is given inside another one stands over a directory there. */
async function requireCovered({ guest }: HostDirectory, all: readonly HostDirectory[]): Promise<void> {
	const around = all.filter((other) => other.guest !== guest && isWithin(guest, other.guest));
	const nearest = around.sort((one, other) => other.guest.length - one.guest.length)[0];
	if (nearest === undefined) return;
	const covered = path.join(nearest.host, path.relative(nearest.guest, guest));
	const found = await stat(covered).catch(() => undefined);
	if (found?.isDirectory() !== true)
		throw new Error(`Make a directory ${covered} first: what is given as ${guest} stands over it.`);
}

/** `/a`, `/a/b` and `/a/b/c` for the last of them. */
function ancestors(to: string): string[] {
	const names = splitPath(to);
	return names.map((_, index) => `/${names.slice(0, index + 1).join('/')}`);
}

function passExisting(error: unknown): void {
	if (!(error instanceof OsError && error.code === 'EEXIST')) throw error;
}
