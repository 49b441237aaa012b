/** The PC's disks: `disk.*`, and the data partition of this session: `data.*`. */
import type { PcDisk } from '#abi/structures.generated.ts';
import { sectorBytes } from '../installed-disk/layout.ts';
import { readLoaderFiles } from '../installed-disk/write-loader.ts';
import { openMediumImage } from './disks/copy-image.ts';
import { leaveDataAlone, readDataState, setDataPassphrase, unlockData } from './disks/data-state.ts';
import { installTo } from './disks/install.ts';
import { type Disk, findDisk, listDisks } from './disks/list-disks.ts';
import { makeDataOn } from './disks/make-data.ts';
import { planData, planInstall, planWrite } from './disks/plan-use.ts';
import { runTool } from './run-tool.ts';
import { defineDiskVerb, defineVerb, textLike, type Verb } from './verb.ts';

const loaderFolder = '/usr/share/vitrine/loader';
const options = { kinds: ['disk'] };

const identifier = textLike(/[a-z][a-z0-9]{1,30}@[0-9]{1,15}/);
/** Any characters; the lengths are those of `kernel/calls/pc-disk-calls.ts`. */
const passphrase = textLike(/.{8,512}/s, 512);
const passphraseOrNone = textLike(/(?:.{8,512})?/s, 512);

export const diskVerbs: Readonly<Record<string, Verb>> = {
	'disk.list': defineVerb({}, async () => Promise.all((await listDisks(options)).map(describe))),
	'disk.install': defineDiskVerb({ disk: identifier, passphrase: passphraseOrNone }, async (wish, work) => {
		const disk = await findDisk(wish.disk, options);
		await using opened = await openMediumImage();
		const loader = await readLoaderFiles(loaderFolder);
		await installTo(disk, { image: opened.image, loader, passphrase: wish.passphrase }, work);
	}),
	'disk.make-data': defineDiskVerb({ disk: identifier, passphrase: passphraseOrNone }, async (wish, work) => {
		await makeDataOn(await findDisk(wish.disk, options), wish.passphrase, work);
	}),
	'data.state': defineVerb({}, () => readDataState(options)),
	'data.unlock': defineDiskVerb({ passphrase: textLike(/.{1,512}/s, 512) }, async (given) => ({
		state: await unlockData(given.passphrase),
	})),
	'data.leave-alone': defineDiskVerb({}, leaveDataAlone),
	'data.set-passphrase': defineDiskVerb({ present: textLike(/.{1,512}/s, 512), next: passphrase }, (given) =>
		setDataPassphrase(given.present, given.next),
	),
	// Its profile is another one from now on.
	'desktop.start-anew': defineVerb({}, async () => {
		await runTool('sv', ['-w', '20', 'force-restart', '/run/service/desktop']);
	}),
};

async function describe(disk: Disk): Promise<PcDisk> {
	const { use, erases, partition } = await planData(disk);
	const { identifier: name, device, model, connection, sizeBytes, removable, startedFrom, parts } = disk;
	return {
		identifier: name,
		device,
		model,
		connection,
		sizeBytes,
		removable,
		startedFrom,
		parts: parts.map(({ path: _path, mounts: _mounts, ...part }) => part),
		install: planInstall(disk),
		makeData: use,
		dataErases: erases,
		writeImage: planWrite(disk),
		dataBytes: (partition?.sectors ?? 0) * sectorBytes,
	};
}
