/** Measures the volume itself, over the browser's private files, without a kernel above it. */
import { hostClock } from '#hosts/common/host-clock.ts';
import { hostRandom } from '#hosts/common/host-random.ts';
import { startEngine } from '#hosts/web/open-web-volume.ts';
import { OpfsBlockStore } from '#hosts/web/opfs-block-store.ts';
import { type OpenedVolume, openVolume } from '#volume/open-volume.ts';
import { fileCount, largeMegabytes, someBytes, timeOf, type VolumeFigures } from './figures.ts';

const engine = await startEngine();
const open = async (): Promise<OpenedVolume> =>
	openVolume(await OpfsBlockStore.open('measured'), { engine, clock: hostClock, random: hostRandom });

async function measure(): Promise<VolumeFigures> {
	let volume = await open();
	volume.settle();
	const text = someBytes(600);
	const directory = volume.create(volume.root, 'one by one', 'directory');
	const creates = await timeOf(() => {
		for (let count = 0; count < fileCount; count++) {
			volume.write(volume.create(directory, `file-${count}.txt`, 'file'), 0, text);
			volume.commit();
		}
	});
	const groupedCreates = await timeOf(() => createInGroups(volume, text));
	const { write, read } = await measureLarge(volume);
	volume.settle();
	volume.close();
	const openTime = await timeOf(async () => {
		volume = await open();
		volume.list(volume.root, '', 100);
	});
	const list = await timeOf(() => listAll(volume));
	const search = await timeOf(() => volume.search(volume.root, 'e-49', 50));
	volume.close();
	return { open: openTime, creates, groupedCreates, write, read, list, search };
}

/** As many as a program has waiting for an answer: 100 share a commit. */
function createInGroups(volume: OpenedVolume, text: Uint8Array): void {
	const directory = volume.create(volume.root, 'in groups', 'directory');
	for (let count = 0; count < fileCount; count++) {
		volume.write(volume.create(directory, `file-${count}.txt`, 'file'), 0, text);
		if (count % 100 === 99) volume.commit();
	}
}

async function measureLarge(volume: OpenedVolume): Promise<{ write: number; read: number }> {
	const part = someBytes(1 << 20);
	const file = volume.create(volume.root, 'large', 'file');
	const writeTime = await timeOf(() => {
		for (let at = 0; at < largeMegabytes; at++) {
			volume.write(file, at << 20, part);
			volume.commit();
		}
	});
	const readTime = await timeOf(() => {
		for (let at = 0; at < largeMegabytes; at++) volume.read(file, at << 20, part);
	});
	return { write: (largeMegabytes / writeTime) * 1000, read: (largeMegabytes / readTime) * 1000 };
}

/** Lists a folder of `fileCount`, as Explorer does. */
function listAll(volume: OpenedVolume): void {
	const directory = volume.find(volume.root, 'one by one') ?? volume.root;
	for (let cursor = 'start'; cursor !== ''; ) {
		const page = volume.list(directory, cursor === 'start' ? '' : cursor, 1000);
		cursor = page.next;
	}
}

measure().then(
	(figures) => postMessage({ figures }),
	(error: unknown) => postMessage({ failure: String(error) }),
);
