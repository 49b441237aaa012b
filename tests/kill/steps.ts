/**
 * Numbered steps through system calls, each acknowledged to the test; after a kill they tell how many of them what is
 * there amounts to.
 *
 * An odd step writes a new file, an even one removes the file that is `kept` files older. Sizes and bytes follow from
 * the number, so what should be there after n steps is known without notes.
 */
import type { System } from '#runtime/system.ts';

const folder = '/steps';
const kept = 40;
const largest = 300_000;

function contentOf(file: number): Uint8Array<ArrayBuffer> {
	const bytes = new Uint8Array((Math.imul(file, 0x9e3779b1) >>> 0) % largest);
	for (let at = 0; at < bytes.length; at++) bytes[at] = file + at * 31 + (at >>> 7);
	return bytes;
}

async function doStep(system: System, step: number): Promise<void> {
	const file = Math.ceil(step / 2);
	if (step % 2 === 1) await system.pathWrite(`${folder}/${file}`, contentOf(file), 'create-new');
	else if (file > kept) await system.pathUnlink(`${folder}/${file - kept}`);
}

/** The files that are there after so many steps. */
function filesAfter(steps: number): Set<string> {
	const newest = Math.ceil(steps / 2);
	const oldest = Math.max(1, Math.floor(steps / 2) - kept + 1);
	return new Set(Array.from({ length: Math.max(0, newest - oldest + 1) }, (_, index) => String(oldest + index)));
}

/** Which of `candidates` fits what is there, with every byte compared; or what is wrong. */
async function findSteps(from: System, candidates: readonly number[]): Promise<number | string> {
	const { names } = await from.pathList(folder, '', 1000);
	const steps = candidates.find((count) => {
		const wanted = filesAfter(count);
		return wanted.size === names.length && names.every((name) => wanted.has(name));
	});
	if (steps === undefined) return `after step ${candidates.join(' or ')} there are the files ${names.join(' ')}`;
	for (const name of names) {
		const found = await from.pathRead(`${folder}/${name}`, largest);
		const wanted = contentOf(Number(name));
		if (found.length !== wanted.length || found.some((byte, at) => byte !== wanted[at])) return `${name} is wrong`;
	}
	const damaged = await from.volumeCheck();
	return damaged.length === 0 ? steps : `damaged: ${damaged.join(' ')}`;
}

/** Checks what earlier steps left; the answer is the number of steps done, or what is wrong. */
export async function resume(system: System, acknowledged: number): Promise<number | string> {
	if (acknowledged === 0 && !(await system.pathList('/', '', 100)).names.includes('steps'))
		await system.pathMakeDirectory(folder);
	// The step after the last that was acknowledged may have been done, its answer lost with the browser.
	return findSteps(system, [acknowledged, acknowledged + 1]);
}

export interface WorkOptions {
	/** The last step that was done. */
	readonly from: number;
	/** So many steps are acknowledged before they are done, which the test must find out. */
	readonly ahead: number;
	/** Resolves when the number is noted where the kill does not reach. */
	readonly acknowledge: (step: number) => Promise<void> | void;
}

/** Never ends by itself: the kill ends it. */
export async function work(system: System, { from, ahead, acknowledge }: WorkOptions): Promise<void> {
	for (let step = from + 1; ; step++) {
		await doStep(system, step);
		await acknowledge(step + ahead);
	}
}
