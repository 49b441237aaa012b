/**
 * Copies and moves items to a folder, within the system: one job of `FileOperations`.
 *
 * - A copy appears whole; a move is one rename, between file systems a copy after which the original goes.
 * - Folders of the same name are merged when the person says so, child by child.
 *
 * Invariant: an original is removed only when every part of it stands at the target.
 */
import { OsError } from '#abi/errors.ts';
import { baseName, directoryName, isWithin, joinPath } from '#base/path.ts';
import { listPages } from '#runtime/directory-pages.ts';
import { forEachBounded, mapBounded } from './bounded.ts';
import type { ConflictSide } from './conflict.ts';
import { entriesOfPage, entryOfStat, type FileEntry } from './file-entry.ts';
import { refuseNeededFolder } from './needed-folders.ts';
import { type PlacedItem, Placement, type PlacementServices } from './placement.ts';
import type { Staging } from './staging.ts';
import { TreeCopy } from './tree-copy.ts';

const callsUnderWay = 32;

interface Source extends ConflictSide {
	readonly entry: FileEntry;
}

export class Relocation {
	readonly #services: PlacementServices;
	readonly #copy: TreeCopy;

	constructor(services: PlacementServices, staging: Staging) {
		this.#services = services;
		this.#copy = new TreeCopy(services.system, staging, services.transfer);
	}

	async copy(paths: readonly string[], directory: string): Promise<void> {
		const sources = await this.#find(paths);
		await this.#countContent(sources);
		const placement = await Placement.open(this.#services, directory, sources.map(nameOf));
		await this.#forEach(sources, (source) => placement.place(this.#copied(source, directory)));
	}

	/** What stands in `directory` already stays there. */
	async move(paths: readonly string[], directory: string): Promise<void> {
		const { transfer } = this.#services;
		const sources = await this.#find(paths.filter((path) => directoryName(path) !== directory));
		transfer.expect(sources.length, 0);
		transfer.counted = true;
		const placement = await Placement.open(this.#services, directory, sources.map(nameOf));
		await this.#forEach(sources, async (source) => {
			await placement.place(this.#moved(source, directory));
			transfer.advance(1, 0);
		});
	}

	async #find(paths: readonly string[]): Promise<Source[]> {
		const { system, transfer } = this.#services;
		const found = await mapBounded(paths, callsUnderWay, async (path): Promise<Source | undefined> => {
			await transfer.checkpoint();
			try {
				const entry = entryOfStat(baseName(path), await system.pathStatLink(path));
				return { path, kind: entry.kind, size: entry.size, modifiedTime: entry.modifiedTime, entry };
			} catch (error) {
				transfer.fail(path, error);
				return undefined;
			}
		});
		return found.filter((source) => source !== undefined);
	}

	async #countContent(sources: readonly Source[]): Promise<void> {
		const { system, transfer } = this.#services;
		await forEachBounded(sources, callsUnderWay, async (source) => {
			await transfer.checkpoint();
			if (source.kind !== 'directory') return transfer.expect(1, source.size);
			const usage = await system.pathUsage(source.path);
			transfer.expect(usage.files + usage.directories, usage.bytes);
		});
		transfer.counted = true;
	}

	#copied(source: Source, directory: string): PlacedItem {
		const { steps, transfer } = this.#services;
		return {
			incoming: source,
			keepBoth: directoryName(source.path) === directory,
			put: async (target, makeWay) => {
				refuseOwnInside(source, directory);
				await this.#copy.copyTo({ ...source.entry, path: source.path }, target, makeWay);
				steps.push({ kind: 'appeared', path: target });
			},
			merge: async (target) => {
				refuseOwnInside(source, target);
				await this.#mergeChildren(source.path, target, (child) => this.#copied(child, target));
				transfer.advance(1, 0);
			},
		};
	}

	#moved(source: Source, directory: string): PlacedItem {
		const { system, steps } = this.#services;
		return {
			incoming: source,
			put: async (target, makeWay) => {
				refuseOwnInside(source, directory);
				refuseNeededFolder(source.path);
				await makeWay();
				await this.#moveOne(source, target);
			},
			merge: async (target) => {
				refuseOwnInside(source, target);
				refuseNeededFolder(source.path);
				await this.#mergeChildren(source.path, target, (child) => this.#moved(child, target));
				if ((await system.pathList(source.path, '', 1)).names.length > 0) return;
				await system.pathRemoveDirectory(source.path);
				steps.push({ kind: 'folder-removed', path: source.path });
			},
		};
	}

	async #moveOne(source: Source, target: string): Promise<void> {
		const { system, steps, transfer } = this.#services;
		try {
			await system.pathRename(source.path, target, false);
			steps.push({ kind: 'moved', from: source.path, to: target });
		} catch (error) {
			if (!(error instanceof OsError) || error.code !== 'EXDEV') throw error;
			const failuresBefore = transfer.failures.length;
			await this.#copy.copyTo({ ...source.entry, path: source.path }, target);
			steps.push({ kind: 'appeared', path: target });
			if (transfer.failures.length === failuresBefore) await system.pathRemoveTree(source.path);
		}
	}

	async #mergeChildren(from: string, target: string, itemOf: (child: Source) => PlacedItem): Promise<void> {
		const children: Source[] = [];
		for await (const page of listPages(this.#services.system, from)) {
			for (const entry of entriesOfPage(page)) children.push({ ...entry, path: joinPath(from, entry.name), entry });
		}
		const placement = await Placement.open(this.#services, target, children.map(nameOf));
		await this.#forEach(children, (child) => placement.place(itemOf(child)));
	}

	/** What fails is reported for its item; the others go on. */
	async #forEach(sources: readonly Source[], task: (source: Source) => Promise<void>): Promise<void> {
		const { transfer } = this.#services;
		await forEachBounded(sources, callsUnderWay, async (source) => {
			await transfer.checkpoint();
			transfer.startItem(source.path);
			await task(source).catch((error: unknown) => transfer.settleFailure(source.path, error));
		});
	}
}

function nameOf(source: Source): string {
	return baseName(source.path);
}

/** A folder goes neither into itself nor below itself. */
function refuseOwnInside(source: Source, directory: string): void {
	if (isWithin(directory, source.path)) throw new OsError('EINVAL', source.path);
}
