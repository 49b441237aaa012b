/**
 * Encrypts or decrypts files and folders with all that is in them, or does something else to each encrypted file there, as the
 * job of a transfer.
 *
 * Invariants:
 * - A folder is marked before what stands in it is worked on, so that nothing made meanwhile is forgotten.
 * - Cancelling turns the file in hand round and waits until it is as it was; what was finished before stays so.
 * - What fails is reported for its file, and the others go on.
 */
import type { EncryptionChange, EncryptionProgress, Stat } from '#abi/structures.generated.ts';
import { joinPath } from '#base/path.ts';
import { listDirectory } from '#runtime/directory-pages.ts';
import type { System } from '#runtime/system.ts';
import { forEachBounded } from '../files/bounded.ts';
import { isEncrypted } from '../files/file-entry.ts';
import type { PlacementServices } from '../files/placement.ts';
import { type Transfer, TransferCancelled } from '../files/transfer.ts';

/** A file is worked on by the kernel in large steps, so few at once keep it busy. */
const filesAtOnce = 4;

export interface EncryptionWish {
	readonly change: EncryptionChange;
	/** Also what stands in folders, not only what is made there from now on. */
	readonly below: boolean;
}

export async function changeEncryption(
	services: PlacementServices,
	paths: readonly string[],
	{ change, below }: EncryptionWish,
): Promise<void> {
	const { system, steps, transfer } = services;
	const isToBe = change !== 'decrypt';
	await walk(services, paths, {
		below,
		folder: async (path, stat) => {
			if (change === 'renew' || isEncrypted(stat) === isToBe) return;
			await system.encryptionBegin(path, change);
			steps.push({ kind: 'encryption-set', path, change });
		},
		file: async (path, stat) => {
			if (change === 'renew' ? !isEncrypted(stat) : isEncrypted(stat) === isToBe) return;
			await changeFile({ system, transfer }, path, change);
			if (change !== 'renew') steps.push({ kind: 'encryption-set', path, change });
		},
	});
}

/** Does something to each encrypted file at and below the paths: shares it, say. */
export async function forEachEncrypted(
	services: PlacementServices,
	paths: readonly string[],
	task: (path: string) => Promise<unknown>,
): Promise<void> {
	await walk(services, paths, {
		below: true,
		folder: async () => undefined,
		file: async (path, stat) => {
			if (isEncrypted(stat)) await task(path);
		},
	});
}

/** Changes one file, step by step; ECANCELED-like by `TransferCancelled` when the person wants it no longer. */
export async function changeFile(
	{ system, transfer }: { readonly system: System; readonly transfer: Transfer },
	path: string,
	change: EncryptionChange,
): Promise<void> {
	let progress = await system.encryptionBegin(path, change);
	while (!progress.finished) {
		try {
			await transfer.checkpoint();
		} catch (error) {
			// A new key is only given to the end: half a file of each would need both.
			if (error instanceof TransferCancelled) await turnRound(system, path, change);
			throw error;
		}
		progress = await system.encryptionContinue(path);
	}
}

async function turnRound(system: System, path: string, change: EncryptionChange): Promise<void> {
	let progress: EncryptionProgress =
		change === 'renew' ? await system.encryptionContinue(path) : await system.encryptionCancel(path);
	while (!progress.finished) progress = await system.encryptionContinue(path);
}

interface Walk {
	readonly below: boolean;
	folder(path: string, stat: Stat): Promise<void>;
	file(path: string, stat: Stat): Promise<void>;
}

async function walk({ system, transfer }: PlacementServices, paths: readonly string[], tasks: Walk): Promise<void> {
	await forEachBounded(paths, filesAtOnce, async (path) => {
		const { kind, size } = await system.pathStatLink(path);
		const isTree = kind === 'directory' && tasks.below;
		const { files, bytes } = isTree ? await system.pathUsage(path) : { files: 1, bytes: size };
		transfer.expect(files, bytes);
	});
	transfer.counted = true;
	const visit = async (path: string): Promise<void> => {
		await transfer.checkpoint();
		transfer.startItem(path);
		try {
			const stat = await system.pathStatLink(path);
			if (stat.kind === 'file') {
				await tasks.file(path, stat);
				transfer.advance(1, stat.size);
			} else if (stat.kind === 'directory') await visitFolder(path, stat);
		} catch (error) {
			transfer.settleFailure(path, error);
		}
	};
	const visitFolder = async (path: string, stat: Stat): Promise<void> => {
		await tasks.folder(path, stat);
		if (!tasks.below) return;
		const entries = await listDirectory(system, path);
		await forEachBounded(entries, filesAtOnce, ({ name }) => visit(joinPath(path, name)));
	};
	await forEachBounded(paths, filesAtOnce, visit);
}
