/**
 * The drives that people plug into the PC, as folders of `/Drives`.
 *
 * Rules of use: `open` mounts a drive, `eject` takes it away again. A drive that was pulled out is let go of by the next
 * `list`.
 *
 * Invariants:
 * - `/Drives` stands in memory: nothing of a drive is left on the volume. What is mounted there belongs to nobody in
 *   particular, as on every system: who is before the PC holds the stick.
 * - One mount a drive, and its name is free of what a path cannot hold.
 */
import { executeAccess, readAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { Change, PcDrive } from '#abi/structures.generated.ts';
import { findNameProblem } from '#base/path.ts';
import type { Clock } from '#base/ports.ts';
import { MemoryFileSystem } from '#fs/memory-file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { sids } from '#security/sid.ts';
import type { Namespace } from '../namespace.ts';
import type { PcHost } from './pc-host.ts';

const folderName = 'Drives';

const lookOnly = formatDescriptor({
	owner: sids.system,
	group: sids.system,
	dacl: [{ type: 'allow', flags: 0, mask: readAccess | executeAccess, sid: sids.everyone }],
	sacl: [],
	isProtected: true,
});

interface OpenDrive {
	readonly name: string;
	readonly path: string;
}

export interface RemovableDrivesParts {
	readonly pc: PcHost;
	readonly namespace: Namespace;
	readonly clock: Clock;
	publish(changes: readonly Change[]): void;
}

export class RemovableDrives {
	readonly #parts: RemovableDrivesParts;
	readonly #folder: MemoryFileSystem;
	readonly #open = new Map<string, OpenDrive>();
	/** Being opened now: who asks again gets the same. */
	readonly #opening = new Map<string, Promise<string>>();

	constructor(parts: RemovableDrivesParts) {
		this.#parts = parts;
		this.#folder = new MemoryFileSystem({ clock: parts.clock });
		this.#folder.setDescriptor(this.#folder.root, lookOnly);
		this.#folder.commit();
		parts.namespace.attach(folderName, this.#folder);
	}

	async list(): Promise<PcDrive[]> {
		const found = await this.#parts.pc.ask('drive.list', {});
		const there = new Set(found.map(({ identifier }) => identifier));
		for (const identifier of [...this.#open.keys()]) if (!there.has(identifier)) this.#letGo(identifier);
		return found.map((drive) => ({ ...drive, path: this.#open.get(drive.identifier)?.path ?? '' }));
	}

	/** Where the files of the drive are. */
	open(identifier: string): Promise<string> {
		const open = this.#open.get(identifier);
		if (open !== undefined) return Promise.resolve(open.path);
		const begun = this.#opening.get(identifier) ?? this.#mount(identifier);
		this.#opening.set(identifier, begun);
		return begun.finally(() => this.#opening.delete(identifier));
	}

	/** When it resolves, everything is on the drive. EBUSY while a file of it is open. */
	async eject(identifier: string): Promise<void> {
		if (!this.#open.has(identifier)) throw new OsError('ENOENT', identifier);
		await this.#parts.pc.ask('drive.unmount', { drive: identifier });
		this.#letGo(identifier);
	}

	/** Ejects what is open of a disk: a drive is named by its part of the disk and by the number of the disk's appearance. */
	async ejectDisk(disk: string): Promise<void> {
		const appearance = disk.slice(disk.indexOf('@'));
		for (const identifier of [...this.#open.keys()]) if (identifier.endsWith(appearance)) await this.eject(identifier);
	}

	async #mount(identifier: string): Promise<string> {
		const { pc, namespace, publish } = this.#parts;
		if (pc.openDrive === undefined) throw new OsError('ENOTSUP', identifier);
		const drive = (await this.list()).find((candidate) => candidate.identifier === identifier);
		if (drive === undefined) throw new OsError('ENOENT', identifier);
		const { readOnly } = await pc.ask('drive.mount', { drive: identifier });
		const name = this.#freeName(drive.name);
		this.#folder.create(this.#folder.root, name, 'directory', lookOnly);
		this.#folder.commit();
		const path = `/${folderName}/${name}`;
		namespace.mount(path, pc.openDrive(identifier, readOnly));
		this.#open.set(identifier, { name, path });
		publish([{ kind: 'created', path }]);
		return path;
	}

	#letGo(identifier: string): void {
		const open = this.#open.get(identifier);
		if (open === undefined) return;
		this.#open.delete(identifier);
		this.#parts.namespace.unmount(open.path);
		this.#folder.removeDirectory(this.#folder.root, open.name);
		this.#folder.commit();
		this.#parts.publish([{ kind: 'removed', path: open.path }]);
	}

	#freeName(wanted: string): string {
		const clean = wanted.replaceAll(/[/\p{Cc}]/gu, ' ').trim();
		const base = findNameProblem(clean) === undefined ? clean : 'Drive';
		const isTaken = (name: string) => [...this.#open.values()].some((open) => open.name === name);
		for (let number = 1; ; number++) {
			const name = number === 1 ? base : `${base} (${number})`;
			if (!isTaken(name)) return name;
		}
	}
}
