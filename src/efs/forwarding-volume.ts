/** A volume that hands every question and change to another. Who extends it answers some of them otherwise. */
import type { VolumeStatus } from '#abi/structures.generated.ts';
import type {
	ByteRange,
	DescriptorText,
	Entry,
	EntryPage,
	Inode,
	NameHit,
	NewTimes,
	NodeKind,
	NodeStat,
	TreeDescriptors,
	Usage,
} from '#fs/file-system.ts';
import type { PreviousVersions } from '#fs/previous-versions.ts';
import type { SystemVolume, VolumeCare } from '#fs/system-volume.ts';

export interface NamePlace {
	directory: Inode;
	name: string;
}

export abstract class ForwardingVolume implements SystemVolume {
	readonly root: Inode;
	readonly readOnly: boolean;
	readonly keepsDescriptors: boolean;
	/** The volume below, on which everything is as it is stored. */
	readonly inner: SystemVolume;

	constructor(inner: SystemVolume) {
		this.inner = inner;
		this.root = inner.root;
		this.readOnly = inner.readOnly;
		this.keepsDescriptors = inner.keepsDescriptors;
	}

	get care(): VolumeCare | undefined {
		return this.inner.care;
	}

	abstract readonly versions: PreviousVersions | undefined;

	get dirty(): boolean {
		return this.inner.dirty;
	}

	find(directory: Inode, name: string): Inode | undefined {
		return this.inner.find(directory, name);
	}

	findEntry(directory: Inode, name: string): Entry | undefined {
		return this.inner.findEntry(directory, name);
	}

	findFolded(directory: Inode, name: string): Entry | undefined {
		return this.inner.findFolded(directory, name);
	}

	stat(inode: Inode): NodeStat {
		return this.inner.stat(inode);
	}

	kindOf(inode: Inode): NodeKind {
		return this.inner.kindOf(inode);
	}

	list(directory: Inode, cursor: string, limit: number): EntryPage {
		return this.inner.list(directory, cursor, limit);
	}

	readLink(inode: Inode): string {
		return this.inner.readLink(inode);
	}

	descriptorOf(inode: Inode): DescriptorText | undefined {
		return this.inner.descriptorOf(inode);
	}

	descriptorsWithin(inode: Inode): TreeDescriptors {
		return this.inner.descriptorsWithin(inode);
	}

	search(directory: Inode, query: string, limit: number): NameHit[] {
		return this.inner.search(directory, query, limit);
	}

	retain(inode: Inode): void {
		this.inner.retain(inode);
	}

	status(): VolumeStatus {
		return this.inner.status();
	}

	check(): string[] | Promise<string[]> {
		return this.inner.check();
	}

	eraseFreed(): void | Promise<void> {
		return this.inner.eraseFreed();
	}

	close(): void {
		this.inner.close();
	}

	createLink(directory: Inode, name: string, target: string, descriptor?: DescriptorText): Inode {
		return this.pass(() => this.inner.createLink(directory, name, target, descriptor));
	}

	link(inode: Inode, directory: Inode, name: string): void {
		this.pass(() => this.inner.link(inode, directory, name));
	}

	unlink(directory: Inode, name: string): void {
		this.pass(() => this.inner.unlink(directory, name));
	}

	removeDirectory(directory: Inode, name: string): void {
		this.pass(() => this.inner.removeDirectory(directory, name));
	}

	removeTree(directory: Inode, name: string): Inode[] {
		return this.pass(() => this.inner.removeTree(directory, name));
	}

	setTimes(inode: Inode, times: NewTimes): void {
		this.pass(() => this.inner.setTimes(inode, times));
	}

	setDescriptor(inode: Inode, descriptor: DescriptorText): void {
		this.pass(() => this.inner.setDescriptor(inode, descriptor));
	}

	/** Makes a change of the volume below; it may throw `GroupLost`. */
	abstract pass<T>(change: () => T): T;

	abstract create(directory: Inode, name: string, kind: 'file' | 'directory', descriptor?: DescriptorText): Inode;
	abstract rename(from: NamePlace, to: NamePlace, replace: boolean): void;
	abstract copy(inode: Inode, directory: Inode, name: string, descriptor?: DescriptorText): Inode;
	abstract read(inode: Inode, offset: number, into: Uint8Array): number;
	abstract write(inode: Inode, offset: number, bytes: Uint8Array): void;
	abstract truncate(inode: Inode, size: number): void;
	abstract findData(inode: Inode, offset: number): ByteRange | undefined;
	abstract allocate(inode: Inode, offset: number, length: number): void;
	abstract clear(inode: Inode, offset: number, length: number): void;
	abstract setAttributes(inode: Inode, attributes: number): void;
	abstract findExtended(inode: Inode, name: string): Uint8Array | undefined;
	abstract setExtended(inode: Inode, name: string, value: Uint8Array | undefined): void;
	abstract listExtended(inode: Inode): string[];
	abstract usage(inode: Inode): Usage;
	abstract release(inode: Inode): void;
	abstract commit(): void;
	abstract rollback(): void;
}
