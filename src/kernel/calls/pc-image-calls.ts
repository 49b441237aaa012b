/**
 * The calls that write an image to a stick: `pc_judge_image`, `pc_write_image`.
 *
 * Invariants: the file stays open until the job is over, whatever its process does; never more than a piece of it is in memory.
 */
import { OsError } from '#abi/errors.ts';
import { rights } from '#abi/rights.ts';
import type { CallHandlers } from '../gate.generated.ts';
import type { Kernel } from '../kernel.ts';
import { OpenFile } from '../open-node.ts';
import type { PcHost, PcProgress, PcSource, PcWork } from '../pc/pc-host.ts';
import { PcJob } from '../pc/pc-job.ts';
import { readFile } from './file-calls.ts';
import { requirePc } from './pc-calls.ts';
import { requireDisks } from './pc-disk-calls.ts';

export type PcImageCalls = Pick<CallHandlers, 'pc_judge_image' | 'pc_write_image'>;
type Parts = Pick<Kernel, 'pc' | 'log' | 'access' | 'leases' | 'drives'>;

export function createPcImageCalls(kernel: Parts): PcImageCalls {
	return {
		pc_judge_image: (_, signature, sizeBytes) => requirePc(kernel).ask('image.judge', { signature, sizeBytes }),
		pc_write_image({ process }, handle, signature, disk) {
			const pc = requireDisks(kernel, process);
			const file = process.handles.getOf(handle, OpenFile);
			process.handles.requireRoom();
			const name = file.path ?? 'an image';
			kernel.access.note('information', `${process.label} writes ${name} to ${disk}`);
			const source = sourceOf(kernel, file);
			file.retain();
			const job = new PcJob(
				(onProgress) => writeImage({ pc, drives: kernel.drives, source, signature, disk, onProgress }),
				({ error }) => {
					file.release();
					if (error === undefined) kernel.log.write('information', 'pc', `${name} was written to ${disk}.`);
					else kernel.log.write('warning', 'pc', `${name} was not written to ${disk}: ${error.message}`);
				},
			);
			return process.handles.add(job, rights.wait);
		},
	};
}

function sourceOf({ leases }: Pick<Kernel, 'leases'>, file: OpenFile): PcSource {
	leases.settle(file.fileSystem, file.inode);
	return {
		sizeBytes: file.fileSystem.stat(file.inode).size,
		read(place, length) {
			leases.settle(file.fileSystem, file.inode);
			const bytes = readFile(file, place, length);
			if (bytes.length < length) throw new OsError('EIO', 'the image became shorter while it was read');
			return bytes;
		},
	};
}

interface ImageWork extends Pick<Kernel, 'drives'> {
	readonly pc: PcHost;
	readonly source: PcSource;
	readonly signature: string;
	readonly disk: string;
	readonly onProgress: (progress: PcProgress) => void;
}

/** Nothing of the stick is touched before the image was found to be what was signed. */
function writeImage({ pc, drives, source, signature, disk, onProgress }: ImageWork): PcWork<unknown> {
	const image = { signature, sizeBytes: source.sizeBytes };
	return doInTurn([
		() => pc.begin('image.check', image, onProgress, source),
		() => ({ done: drives?.ejectDisk(disk) ?? Promise.resolve(), cancel: () => undefined }),
		() => pc.begin('image.write', { ...image, disk }, onProgress, source),
	]);
}

function doInTurn(begins: readonly (() => PcWork<unknown>)[]): PcWork<unknown> {
	let work: PcWork<unknown> | undefined;
	let isCancelled = false;
	const run = async () => {
		for (const begin of begins) {
			if (isCancelled) throw new OsError('ECANCELED');
			work = begin();
			await work.done;
		}
	};
	const cancel = () => {
		isCancelled = true;
		work?.cancel();
	};
	return { done: run(), cancel };
}
