/**
 * One process at a time: two terminals that build or fetch at once wait for each other.
 *
 * Rules of use: `using lock = await fileLock(path)`. A lock whose holder is no longer alive is taken over.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const giveUpAfterMs = 300_000;

export async function fileLock(file: string): Promise<Disposable> {
	mkdirSync(path.dirname(file), { recursive: true });
	const deadline = Date.now() + giveUpAfterMs;
	while (!tryTake(file)) {
		if (Date.now() > deadline)
			throw new Error(`${file} is held by another process for too long; delete it if none is.`);
		await wait(100);
	}
	return { [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

function tryTake(file: string): boolean {
	try {
		writeFileSync(file, String(process.pid), { flag: 'wx' });
		return true;
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
	}
	if (!isHeldByLiving(file)) rmSync(file, { force: true });
	return false;
}

function isHeldByLiving(file: string): boolean {
	try {
		const holder = Number(readFileSync(file, 'utf8'));
		// Empty for the moment between creation and writing.
		if (holder === 0) return true;
		process.kill(holder, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
