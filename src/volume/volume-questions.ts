/** What can be asked of a volume: the part of `FileSystem` that changes nothing, over the tables. */
import { attributeBits } from '#abi/attributes.ts';
import { OsError } from '#abi/errors.ts';
import type {
	ByteRange,
	DescriptorText,
	Entry,
	EntryPage,
	Inode,
	NameHit,
	NodeKind,
	NodeStat,
	TreeDescriptors,
	Usage,
} from '#fs/file-system.ts';
import { Contents } from './contents.ts';
import type { Database } from './database.ts';
import { Descriptors } from './descriptors.ts';
import { Entries } from './entries.ts';
import { ExtendedAttributes } from './extended-attributes.ts';
import { type InodeRow, Inodes, toStat } from './inodes.ts';
import { rootInode } from './schema.ts';
import { TreeQueries } from './search.ts';
import { toOsError } from './sqlite-failure.ts';

export abstract class VolumeQuestions {
	readonly root = rootInode;
	protected readonly inodes: Inodes;
	protected readonly entries: Entries;
	protected readonly contents: Contents;
	protected readonly descriptors: Descriptors;
	protected readonly extended: ExtendedAttributes;
	readonly #queries: TreeQueries;

	constructor(database: Database) {
		this.inodes = new Inodes(database);
		this.entries = new Entries(database);
		this.contents = new Contents(database);
		this.descriptors = new Descriptors(database);
		this.extended = new ExtendedAttributes(database);
		this.#queries = new TreeQueries(database, this.inodes);
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.findEntry(directory, name)?.inode;
	}

	findEntry(directory: Inode, name: string): Entry | undefined {
		return this.ask(() => {
			const inode = this.entries.find(directory, name);
			if (inode !== undefined) return { name, inode };
			return ignoresCase(this.inodes.getDirectory(directory)) ? this.entries.findFolded(directory, name) : undefined;
		});
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		return this.ask(() => {
			this.inodes.getDirectory(directory);
			return this.entries.findFolded(directory, name);
		});
	}

	stat(inode: Inode): NodeStat {
		return this.ask(() => toStat(this.inodes.get(inode)));
	}

	kindOf(inode: Inode): NodeKind {
		return this.ask(() => this.inodes.get(inode).kind);
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		return this.ask(() => {
			this.inodes.getDirectory(directory);
			return this.entries.list(directory, cursor, limit);
		});
	}

	read(inode: Inode, offset: number, into: Uint8Array): number {
		return this.ask(() => {
			const { size } = this.inodes.getFile(inode);
			const count = Math.max(0, Math.min(into.length, size - offset));
			this.contents.read(inode, offset, into.subarray(0, count));
			return count;
		}, `inode ${inode}`);
	}

	readLink(inode: Inode): string {
		return this.ask(() => {
			const { kind, size } = this.inodes.get(inode);
			if (kind !== 'link') throw new OsError('EINVAL', 'not a link');
			const bytes = new Uint8Array(size);
			this.contents.read(inode, 0, bytes);
			return new TextDecoder().decode(bytes);
		}, `inode ${inode}`);
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		return this.ask(() => {
			this.inodes.getDirectory(directory);
			return this.#queries.search(directory, query, limit);
		});
	}

	usage(inode: Inode): Usage {
		return this.ask(() => {
			this.inodes.get(inode);
			return this.#queries.usage(inode);
		});
	}

	findData(inode: Inode, offset: number): ByteRange | undefined {
		return this.ask(() => {
			const { size } = this.inodes.getFile(inode);
			const found = offset < size ? this.contents.findData(inode, offset) : undefined;
			return found === undefined || found.start >= size ? undefined : { ...found, end: Math.min(size, found.end) };
		});
	}

	findExtended(inode: Inode, name: string): Uint8Array | undefined {
		return this.ask(() => {
			this.inodes.get(inode);
			return this.extended.find(inode, name);
		});
	}

	listExtended(inode: Inode): string[] {
		return this.ask(() => {
			this.inodes.get(inode);
			return this.extended.list(inode);
		});
	}

	descriptorOf(inode: Inode): DescriptorText | undefined {
		return this.ask(() => this.descriptors.find(inode));
	}

	descriptorsWithin(inode: Inode): TreeDescriptors {
		return this.ask(() => this.descriptors.within(inode));
	}

	/** Asks the tables; a failure of SQLite becomes one of ours. */
	protected ask<T>(question: () => T, detail = ''): T {
		try {
			return question();
		} catch (error) {
			throw toOsError(error, detail);
		}
	}
}

export function ignoresCase({ attributes }: InodeRow): boolean {
	return (attributes & attributeBits.ignoresCase) !== 0;
}
