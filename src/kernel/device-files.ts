/** `/dev`: the devices that programs expect. */
import { executeAccess, readAccess, writeAccess } from '#abi/access.ts';
import { OsError } from '#abi/errors.ts';
import type { Clock, Random } from '#base/ports.ts';
import { SyntheticFileSystem, type SyntheticNode } from '#fs/synthetic-file-system.ts';
import { formatDescriptor } from '#security/security-descriptor.ts';
import { sids } from '#security/sid.ts';

/** Devices hold nothing of anybody's. */
const forEverybody = formatDescriptor({
	owner: sids.system,
	group: sids.system,
	dacl: [{ type: 'allow', flags: 0, mask: readAccess | writeAccess | executeAccess, sid: sids.everyone }],
	sacl: [],
	isProtected: true,
});

const zeros = (into: Uint8Array): number => {
	into.fill(0);
	return into.length;
};

export function createDeviceFiles(random: Random, clock: Clock): SyntheticFileSystem {
	const device = (read: (into: Uint8Array) => number, write: (bytes: Uint8Array) => void): SyntheticNode => ({
		kind: 'device',
		read,
		write,
	});
	const ignore = (): void => undefined;
	const fillRandom = (into: Uint8Array): number => {
		into.set(random.bytes(into.length));
		return into.length;
	};
	const refuse = (): never => {
		throw new OsError('ENOSPC');
	};
	const entries = new Map<string, SyntheticNode>([
		['null', device(() => 0, ignore)],
		['zero', device(zeros, ignore)],
		['full', device(zeros, refuse)],
		['random', device(fillRandom, ignore)],
		['urandom', device(fillRandom, ignore)],
		// Who opens it gets the terminal of its process instead (`calls/open-place.ts`).
		['tty', device(() => 0, ignore)],
	]);
	return new SyntheticFileSystem({ kind: 'directory', entries: () => entries }, clock, forEverybody);
}
