/** Looking after the volume: reading all of it, mending, giving room back, a copy as one file; and who may not. */
import { OsError } from '#abi/errors.ts';
import type { ScrubState } from '#abi/structures.generated.ts';
import type { System } from '#runtime/system.ts';
import { sids } from '#security/sid.ts';
import { bytes, ensure, equal, equalBytes, fails, isPending } from './assertions.ts';
import type { ContractCase } from './machine.ts';

/** Begins a scrub; `undefined` on a volume in memory, of which there is nothing to read. */
async function beginScrub(system: System): Promise<number | undefined> {
	try {
		return await system.volumeScrub();
	} catch (error) {
		if (error instanceof OsError && error.code === 'ENOTSUP') return undefined;
		throw error;
	}
}

async function untilOver(system: System, handle: number): Promise<ScrubState> {
	let state = await system.volumeScrubState(handle, 0);
	while (state.phase === 'running') state = await system.volumeScrubState(handle, state.sequence);
	return state;
}

export const volumeCases: readonly ContractCase[] = [
	{
		title: 'a scrub tells how far it is, joins who asks meanwhile, and ends with its last handle',
		async run({ system, folder }) {
			await system.pathWrite(`${folder}/some`, new Uint8Array(3 << 20), 'create-new');
			const first = await beginScrub(system);
			if (first === undefined) return;
			const second = await system.volumeScrub();
			const { phase, damaged, damagedPages, problem } = await untilOver(system, first);
			equal({ phase, damaged, damagedPages, problem }, { phase: 'done', damaged: [], damagedPages: 0, problem: '' });
			equal((await system.volumeScrubState(second, 0)).phase, 'done', 'the same seen by the other handle');
			const { sequence } = await system.volumeScrubState(first, 0);
			const waiting = system.volumeScrubState(first, sequence);
			ensure(await isPending(waiting, () => system.systemInfo()), 'nothing changes any more');
			await system.handleClose(first);
			await fails('ECANCELED', waiting, 'what waited at the closed handle');
			await system.handleClose(second);
			const again = await system.volumeScrub();
			await system.handleClose(again);
		},
	},
	{
		title: 'an export is of the moment at which it was opened, and there is one at a time',
		async run({ system, folder }) {
			const before = bytes('before the export');
			await system.pathWrite(`${folder}/f`, before, 'create-new');
			const scrub = await beginScrub(system);
			if (scrub === undefined) return fails('ENOTSUP', system.volumeExport());
			await system.handleClose(scrub);
			const { handle, size, identifier } = await system.volumeExport();
			equal(identifier, (await system.volumeStatus()).identifier);
			await fails('EBUSY', system.volumeExport(), 'another');
			await system.pathWrite(`${folder}/f`, bytes('later'), 'replace');
			const head = await system.volumeExportRead(handle, 0, 100);
			equalBytes(head.subarray(0, 15), bytes('SQLite format 3'));
			const last = await system.volumeExportRead(handle, size - 10, 100);
			equal(last.length, 10, 'bytes at the end');
			await fails('EINVAL', system.volumeExportRead(handle, 0, 32 << 20), 'too much at once');
			await system.handleClose(handle);
			const next = await system.volumeExport();
			await system.handleClose(next.handle);
		},
	},
	{
		title: 'a standard user, and a program without rights, neither export nor repair the volume',
		async run({ system, start }) {
			const scrub = await beginScrub(system);
			if (scrub === undefined) return;
			await system.handleClose(scrub);
			const user = await start({ restriction: { privileges: [], groups: [sids.administrators] } });
			await fails('EACCES', user.system.volumeExport(), 'an export');
			await fails('EACCES', user.system.volumeRepair(), 'a repair');
			const { handle } = await system.volumeExport();
			await fails('EBADF', user.system.volumeExportRead(handle, 0, 10), 'reading another’s export');
			await system.handleClose(handle);
		},
	},
	{
		title: 'a repair of a whole volume does nothing, and the room that was freed is given back',
		async run({ system, folder }) {
			const scrub = await beginScrub(system);
			if (scrub === undefined) return fails('ENOTSUP', system.volumeCompact());
			await system.handleClose(scrub);
			equal(await system.volumeRepair(), { rebuiltPages: 0, damagedPages: 0 });
			await system.pathWrite(`${folder}/large`, new Uint8Array(8 << 20).fill(1), 'create-new');
			await system.pathUnlink(`${folder}/large`);
			ensure((await system.volumeCompact()) >= 0, 'bytes that were given back');
			equal(await system.volumeCompact(), 0, 'bytes that are left to give back');
		},
	},
	{
		title: 'an export ends with the process that reads it',
		async run({ system, start }) {
			const scrub = await beginScrub(system);
			if (scrub === undefined) return;
			await system.handleClose(scrub);
			const other = await start();
			await other.system.volumeExport();
			await fails('EBUSY', system.volumeExport());
			await other.system.processExit(0).catch((error: unknown) => {
				if (!(error instanceof OsError)) throw error;
			});
			await other.ended;
			const { handle } = await system.volumeExport();
			await system.handleClose(handle);
		},
	},
];
