/**
 * Performs the inverse of recorded steps, last first, and notes what it did, so that it can be done again.
 *
 * Rules of use: a step that cannot be taken back (the file is gone, the old name is taken) is reported and left
 * out; the others go on. Nothing is ever overwritten.
 */
import { OsError } from '#abi/errors.ts';
import { directoryName } from '#base/path.ts';
import { forEachBounded } from './bounded.ts';
import type { PlacementServices } from './placement.ts';
import { ensureDirectory } from './staging.ts';
import type { UndoStep } from './undo-history.ts';

const callsUnderWay = 32;

export async function takeBack(done: readonly UndoStep[], services: PlacementServices): Promise<void> {
	for (const run of independentRuns([...done].reverse())) {
		await forEachBounded(run, callsUnderWay, async (step) => {
			await services.transfer.checkpoint();
			try {
				services.steps.push(await inverseOf(step, services));
			} catch (error) {
				services.transfer.settleFailure(pathOf(step), error);
			}
			services.transfer.advance(1, 0);
		});
	}
}

/** Neighbouring steps of one kind between the same folders do not depend on each other: they may run at once. */
function independentRuns(steps: readonly UndoStep[]): UndoStep[][] {
	const runs: UndoStep[][] = [];
	let lastPlace = '';
	for (const step of steps) {
		const place = placeOf(step);
		if (place === lastPlace) runs.at(-1)?.push(step);
		else runs.push([step]);
		lastPlace = place ?? '';
	}
	return runs;
}

/** A key of the folders a step touches, or `undefined` when it must run alone. */
function placeOf(step: UndoStep): string | undefined {
	if (step.kind !== 'moved') return `${step.kind} ${directoryName(step.path)}`;
	const [from, to] = [directoryName(step.from), directoryName(step.to)];
	return from === to ? undefined : `moved ${from} ${to}`;
}

async function inverseOf(step: UndoStep, { system, recycleBin, transfer }: PlacementServices): Promise<UndoStep> {
	transfer.startItem(pathOf(step));
	switch (step.kind) {
		case 'moved':
			await ensureDirectory(system, directoryName(step.from));
			await system.pathRename(step.to, step.from, false);
			return { kind: 'moved', from: step.to, to: step.from };
		case 'appeared':
			return { kind: 'recycled', path: step.path, item: await recycleBin.add(step.path) };
		case 'recycled':
			if ((await recycleBin.find(step.item)) === undefined) throw new OsError('ENOENT', step.path);
			await recycleBin.restore(step.item, step.path);
			return { kind: 'appeared', path: step.path };
		case 'folder-removed':
			await system.pathMakeDirectory(step.path);
			return { kind: 'appeared', path: step.path };
		case 'attributes-set':
			await system.pathSetAttributes(step.path, step.before);
			return { ...step, before: step.after, after: step.before };
		case 'permissions-set': {
			const { changePermissions } = await import('./change-permissions.ts');
			await changePermissions(system, step.path, step.before);
			return { ...step, before: step.after, after: step.before };
		}
		case 'version-restored':
			return { ...step, held: await system.versionRestore(step.path, step.held) };
		case 'encryption-set': {
			const { changeFile } = await import('../encryption/encryption-job.ts');
			const change = step.change === 'encrypt' ? 'decrypt' : 'encrypt';
			await changeFile({ system, transfer }, step.path, change);
			return { ...step, change };
		}
	}
}

function pathOf(step: UndoStep): string {
	return step.kind === 'moved' ? step.to : step.path;
}
