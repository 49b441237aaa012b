/**
 * Updates of an installed disk, as the keeper does them (`hosts/pc/update`).
 *
 * Rules of use: `update.healthy` is for the host service: the screen has stood for a minute.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type ErrorName, OsError } from '#abi/errors.ts';
import type { PcUpdate, PcUpdateOffer } from '#abi/structures.generated.ts';
import { FileBlockDevice } from '../installed-disk/block-device.ts';
import { otherSlot } from '../installed-disk/layout.ts';
import { findOffers } from '../update/find-offers.ts';
import { readImageFacts, readRunningSlot, type SystemRoot, withUpdater } from '../update/installed-system.ts';
import { withMounted } from '../update/removable-media.ts';
import { readSignedRelease, UpdateRefusal } from '../update/signed-release.ts';
import type { Updater } from '../update/updater.ts';
import { defineDiskVerb, defineVerb, oneOf, textLike, type Verb, type VerbWork } from './verb.ts';

const choices = {
	keep: (updater: Updater) => updater.keep(),
	'try-other': (updater: Updater) => updater.tryOther(),
	withdraw: (updater: Updater) => updater.withdraw(),
} as const;

/** A device and a path on it, as `findOffers` names them. */
const identifier = /([a-z0-9]{1,32}):([^\0]{1,400})/i;

export function makeUpdateVerbs(system: SystemRoot): Readonly<Record<string, Verb>> {
	return {
		'update.state': defineVerb({}, () => readState(system)),
		'update.find': defineVerb({}, () => find(system)),
		'update.install': defineDiskVerb({ offer: textLike(identifier, 500) }, async ({ offer }, work) => {
			await install(system, offer, work);
			return {};
		}),
		'update.choose': defineVerb({ choice: oneOf('keep', 'try-other', 'withdraw') }, async ({ choice }) => {
			await withUpdater(system, choices[choice]);
			return {};
		}),
		'update.healthy': defineVerb({}, () => noteHealthy(system)),
	};
}

export const updateVerbs = makeUpdateVerbs({ root: '/' });

async function readState(system: SystemRoot): Promise<PcUpdate> {
	const { version, key } = await readImageFacts(system);
	const facts = { version, verifiable: key !== undefined };
	if ((await readRunningSlot(system)) === undefined)
		return { ...facts, installed: false, isDefault: true, otherVersion: '', pending: 'none' };
	return await withUpdater(system, async (updater) => {
		const { good, pending, mayTry, versions } = await updater.readState();
		const { slot, isTrial } = updater.running;
		const state = {
			...facts,
			installed: true,
			isDefault: good === slot,
			otherVersion: versions[otherSlot(slot)] ?? '',
		};
		if (pending === undefined) return { ...state, pending: 'none' };
		return { ...state, pending: mayTry ? 'next-start' : isTrial ? 'trial' : 'failed' };
	});
}

/** Where Vitrine is not installed updates are found all the same: they can be written to a stick. */
async function find(system: SystemRoot): Promise<PcUpdateOffer[]> {
	const { version, key } = await readImageFacts(system);
	if (key === undefined) throw new OsError('ENOTSUP', 'this image was built without a key for updates');
	if ((await readRunningSlot(system)) !== undefined)
		return await withUpdater(system, (updater) => findOffers(system, version, (text) => updater.judge(text)));
	return await findOffers(system, version, async (text) => readSignedRelease(text, key));
}

async function install(system: SystemRoot, offer: string, { signal, report }: VerbWork): Promise<void> {
	const offers = await find(system);
	const chosen = offers.find((found) => found.identifier === offer);
	if (chosen === undefined) throw new OsError('ENOENT', offer);
	const device = offer.slice(0, offer.indexOf(':'));
	await withUpdater(system, (updater) =>
		withMounted(system, device, async (folder) => {
			const file = path.join(folder, chosen.file);
			await using image = await FileBlockDevice.open(file, 'read');
			const signature = await readFile(`${file}.minisig`, 'latin1');
			await updater.install(image, signature, { signal, report }).catch(rethrow);
		}),
	);
}

const codes: Readonly<Record<UpdateRefusal['reason'], ErrorName>> = {
	unreadable: 'EPROTO',
	foreign: 'EPERM',
	forged: 'EPERM',
	'below-floor': 'EPERM',
	'too-large': 'EFBIG',
	damaged: 'EILSEQ',
};

function rethrow(error: unknown): never {
	throw error instanceof UpdateRefusal ? new OsError(codes[error.reason], error.message, { cause: error }) : error;
}

/** A trial that has come this far is kept. The guard that would have ended it (`distro/initramfs/init`) goes home. */
async function noteHealthy(system: SystemRoot): Promise<{ kept: boolean }> {
	const slot = await readRunningSlot(system);
	if (slot === undefined || !slot.isTrial) return { kept: false };
	await withUpdater(system, (updater) => updater.keep());
	const guard = path.join(system.root, 'run/vitrine-trial-guard');
	const pid = Number(await readFile(guard, 'utf8').catch(() => ''));
	if (pid > 1) process.kill(pid);
	await rm(guard, { force: true });
	return { kept: true };
}
