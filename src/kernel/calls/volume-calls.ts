/** The calls about looking after the volume: `volume_scrub` … `volume_compact`. */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { OpenedExport, ScrubState } from '#abi/structures.generated.ts';
import type { VolumeCare } from '#fs/system-volume.ts';
import { isAdministrator } from '#security/token.ts';
import type { Answer, Caller } from '../caller.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenExport } from '../open-export.ts';
import type { Process } from '../process.ts';
import { SlicedRun } from '../sliced-run.ts';
import { VolumeScrub } from '../volume-scrub.ts';

export type VolumeCalls = Pick<
	CallHandlers,
	'volume_scrub' | 'volume_scrub_state' | 'volume_repair' | 'volume_export' | 'volume_export_read' | 'volume_compact'
>;

const longestRead = 16 << 20;

export function createVolumeCalls(kernel: Kernel): VolumeCalls {
	let running: VolumeScrub | undefined;
	return {
		volume_scrub({ process }) {
			process.handles.requireRoom();
			running ??= new VolumeScrub(requireCare(kernel).scrub(), kernel.clock, () => {
				running = undefined;
			});
			return process.handles.add(running, rights.wait);
		},
		volume_scrub_state: (caller, handle, seen) => tellState(caller, handle, seen),
		volume_repair({ process }) {
			requireAdministrator(process);
			const report = requireCare(kernel).repair();
			const { rebuiltPages, damagedPages } = report;
			if (rebuiltPages > 0 || damagedPages > 0)
				kernel.log.write(
					damagedPages > 0 ? 'warning' : 'information',
					'volume',
					`The volume was repaired: ${rebuiltPages} pages were made anew, ${damagedPages} stay damaged.`,
				);
			return report;
		},
		volume_export: ({ process }) => openExport(kernel, process),
		volume_export_read({ process }, handle, offset, length) {
			if (length > longestRead) throw new OsError('EINVAL', 'more than 16 MiB');
			const { exported } = process.handles.getOf(handle, OpenExport);
			const bytes = new Uint8Array(Math.max(0, Math.min(length, exported.size - offset)));
			exported.read(offset, bytes);
			return bytes;
		},
		volume_compact: ({ process }) => compact(kernel, process),
	};
}

/** What is done is done to what is stored. */
function requireCare(kernel: Kernel): VolumeCare {
	const { care } = kernel.volume;
	if (care === undefined) throw new OsError('ENOTSUP', 'this volume is in memory only');
	kernel.groups.commitAll();
	return care;
}

function requireAdministrator({ token }: Process): void {
	if (!isAdministrator(token)) throw new OsError('EACCES', 'what concerns the whole volume needs an administrator');
}

function tellState({ process }: Caller, handle: number, seen: number): Answer<ScrubState> {
	const scrub = process.handles.getOf(handle, VolumeScrub);
	if (scrub.state.sequence !== seen) return scrub.state;
	const wait = process.handles.waitOn<ScrubState>(handle);
	scrub.admit(wait);
	return wait;
}

function openExport(kernel: Kernel, process: Process): OpenedExport {
	requireAdministrator(process);
	process.handles.requireRoom();
	const exported = requireCare(kernel).openExport();
	const handle = process.handles.add(new OpenExport(exported), rights.read);
	kernel.access.note('information', `${process.label} exports the whole volume`);
	return { handle, size: exported.size, identifier: kernel.volume.status().identifier };
}

function compact(kernel: Kernel, process: Process): Answer<number> {
	const wait = process.wait<number>();
	const run = new SlicedRun(requireCare(kernel).compact(), kernel.clock, {
		onProgress: () => undefined,
		onEnd: (end) => {
			if (end.kind === 'done') wait.resolve(end.value);
			else if (end.error instanceof OsError) wait.reject(end.error);
			else wait.reject(new OsError('EIO', String(end.error)));
		},
	});
	wait.whenOver(() => run.stop());
	return wait;
}
