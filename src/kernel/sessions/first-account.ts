/**
 * The account of a system that has none: of one from before there were accounts, or of one that shall ask nobody.
 *
 * Rules of use: the host calls `ensureFirstAccount` once, before anybody logs on.
 *
 * Invariants:
 * - A volume from before there were accounts goes on as it was: its person is an administrator without a password, who has
 *   the home, the files and the recycle bin that were there.
 * - A full disk keeps nobody out: then the account lives as long as the system runs, and is stored another time.
 */
import { firstAccountName, foldersOf, recycleBins, usersFolder } from '#base/known-folders.ts';
import { baseName } from '#base/path.ts';
import type { Inode } from '#fs/file-system.ts';
import type { Changes } from '../change-groups.ts';
import type { Kernel } from '../kernel.ts';
import { SystemFiles } from '../system-files.ts';
import { homeDescriptor } from './home-folders.ts';

const home = `${usersFolder}/${firstAccountName}`;

/** `ask`: a new system waits for somebody to say who they are. */
export function ensureFirstAccount(kernel: Kernel, setUp: 'ask' | 'automatic'): void {
	const { accounts, accountFiles, groups, volume, log } = kernel;
	for (const damage of accounts.book.damage) log.write('error', 'accounts', damage);
	if (accounts.book.all.length > 0) return;
	const isOld = new SystemFiles(volume).find(home) !== undefined;
	if (!isOld && setUp === 'ask') return;
	const wish = {
		...({ name: firstAccountName, kind: 'administrator', hint: '', mustChange: false } as const),
		password: new Uint8Array(),
	};
	const place = { sid: accounts.book.claimSid(), home, now: kernel.clock.now() };
	const keepUnstored = (error: unknown): void => {
		log.write('warning', 'accounts', `The account ${firstAccountName} could not be stored: ${error}`);
		accounts.book.putUnstored(accounts.compose(wish, place));
	};
	groups
		.run((changes) => {
			accounts.create(wish, place, accountFiles.writer(changes));
			if (isOld) moveBin(kernel, changes, homeDescriptor(place.sid));
		})
		.catch(keepUnstored);
}

/** What was deleted when there was one recycle bin belongs to its only person. */
function moveBin({ volume }: Kernel, changes: Changes, descriptor: string): void {
	const bins = new SystemFiles(volume).find(recycleBins);
	if (bins === undefined || volume.kindOf(bins) !== 'directory') return;
	const name = baseName(foldersOf(home).recycleBin);
	const make = <T>(change: () => T): T => changes.make(volume, change);
	// Something that was deleted may have this very name.
	const passing = `${name} (moving)`;
	const bin = make(() => volume.create(bins, passing, 'directory', descriptor));
	for (const item of namesIn(volume, bins))
		if (item !== passing)
			make(() => volume.rename({ directory: bins, name: item }, { directory: bin, name: item }, false));
	make(() => volume.rename({ directory: bins, name: passing }, { directory: bins, name }, false));
}

function namesIn(volume: Kernel['volume'], directory: Inode): string[] {
	return volume.list(directory, '', Number.MAX_SAFE_INTEGER).names;
}
