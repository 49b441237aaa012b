/**
 * A lock that is a file: it names the process that holds it.
 *
 * Rules of use: `takeLock` gives nothing when the lock is taken, else the number of the living process that has it;
 * `releaseLock` when done. A lock whose process is gone is taken over.
 *
 * Invariant: the holder is told by its number together with when it started and on which start of the machine, so that a
 * lock left by a crash holds nobody up whose system has given the number to another program since.
 */
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** Fails with the system's error when the file cannot be written. */
export function takeLock(file: string): number | undefined {
	for (;;) {
		if (create(file)) return undefined;
		const holder = readIfThere(file);
		if (holder === undefined) continue;
		const pid = Number.parseInt(holder, 10);
		if (describe(pid) === holder) return pid;
		removeStale(file, holder);
	}
}

export function releaseLock(file: string): void {
	rmSync(file, { force: true });
}

/** Makes the file with its content in one step. */
function create(file: string): boolean {
	const aside = `${file}.${process.pid}`;
	writeFileSync(aside, describe(process.pid));
	try {
		linkSync(aside, file);
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		// A file system without hard links, as on a stick.
		if (['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'].includes(codeOf(error))) return createWithoutLink(file);
		throw error;
	} finally {
		rmSync(aside, { force: true });
	}
}

function createWithoutLink(file: string): boolean {
	try {
		writeFileSync(file, describe(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if (codeOf(error) === 'EEXIST') return false;
		throw error;
	}
}

/** Another process may have done the same in between and hold the lock by now: then it gets its file back. */
function removeStale(file: string, stale: string): void {
	const aside = `${file}.${process.pid}.stale`;
	try {
		renameSync(file, aside);
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return;
		throw error;
	}
	if (readIfThere(aside) !== stale) renameSync(aside, file);
	else rmSync(aside, { force: true });
}

/** Number, start and machine of a process that lives; another text when it does not. */
function describe(pid: number): string {
	if (!(pid > 0)) return 'nobody';
	// After the name, which is in parentheses and may hold anything, the start is the twentieth field.
	const status = readIfThere(`/proc/${pid}/stat`);
	if (status !== undefined) {
		const started = status.slice(status.lastIndexOf(')') + 2).split(' ')[19];
		return `${pid} ${started} ${readIfThere('/proc/sys/kernel/random/boot_id')?.trim()}\n`;
	}
	return isRunning(pid) ? `${pid}\n` : 'nobody';
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return codeOf(error) === 'EPERM';
	}
}

function readIfThere(file: string): string | undefined {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (['ENOENT', 'ESRCH'].includes(codeOf(error))) return undefined;
		throw error;
	}
}

function codeOf(error: unknown): string {
	return error instanceof Error && 'code' in error ? String(error.code) : '';
}
